/// The columns of a point list, in the order the documentation names them.
package enum PointColumn: Int, CaseIterable, Sendable {
    case point, source, gateway, tag, kind, unit, low, high
    case limitLowLow, limitLow, limitHigh, limitHighHigh
    case deadband, onDelay, offDelay, rateLimit, rateWindow, staleAfter, flatlineAfter
    case profile, substance, priority, latching
    case consequenceZh, consequenceEn, actionZh, actionEn, nameZh, nameEn

    /// As written in the header; case matters, since `L` and `LL` stand beside `low`.
    package var name: String {
        switch self {
        case .point: "point"
        case .source: "source"
        case .gateway: "gateway"
        case .tag: "tag"
        case .kind: "kind"
        case .unit: "unit"
        case .low: "low"
        case .high: "high"
        case .limitLowLow: "LL"
        case .limitLow: "L"
        case .limitHigh: "H"
        case .limitHighHigh: "HH"
        case .deadband: "deadband"
        case .onDelay: "on_delay_s"
        case .offDelay: "off_delay_s"
        case .rateLimit: "rate_limit"
        case .rateWindow: "rate_window_s"
        case .staleAfter: "stale_after_s"
        case .flatlineAfter: "flatline_after_s"
        case .profile: "profile"
        case .substance: "substance"
        case .priority: "priority"
        case .latching: "latching"
        case .consequenceZh: "consequence_zh"
        case .consequenceEn: "consequence_en"
        case .actionZh: "action_zh"
        case .actionEn: "action_en"
        case .nameZh: "name_zh"
        case .nameEn: "name_en"
        }
    }

    /// A header must have these.
    package static let required: [PointColumn] = [.point, .gateway, .tag]

    /// What is wrong with a cell of it, as faults say it.
    func message(_ what: String, valid: String) -> String { "column \(name): \(what); valid: \(valid)" }
}
