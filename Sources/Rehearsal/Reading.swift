import Alarms

/// A point's value in a rule test.
struct Reading: Sendable, Hashable {
    enum Value: Sendable, Hashable {
        case number(Double)
        /// From the first time of a series to its last in equal steps.
        case ramp(from: Double, to: Double)
        case flag(Bool)
        /// The source says that it has none.
        case none
        /// What is no value at all.
        case text(String)
    }

    /// `SITE/POINT`
    let point: String
    let value: Value
    /// The OPC quality byte; nil where the message names none.
    var quality: UInt8?
    /// The value's own time, milliseconds since the start; nil for the message's.
    var time: Int64?

    /// The value as it is at one time of a series.
    /// - Parameter share: how much of the series has passed, 0 to 1.
    func resolved(share: Double) -> Reading {
        guard case .ramp(let first, let last) = value else { return self }
        // Steps of a ramp are decimals, as an instrument's are.
        let number = ((first + (last - first) * share) * 1e6).rounded() / 1e6
        return Reading(point: point, value: .number(number), quality: quality, time: time)
    }

    /// As in the payload.
    func json(start: Int64) -> String {
        let plain =
            switch value {
            case .number(let number), .ramp(let number, _): JSONText.number(number)
            case .flag(let flag): flag ? "true" : "false"
            case .none: "null"
            case .text(let text): JSONText.string(text)
            }
        guard quality != nil || time != nil else { return plain }
        var object = JSONText()
        object.member("v", json: plain)
        if let quality { object.member("q", Int64(quality)) }
        if let time { object.member("ts", start + time) }
        return object.object
    }

    /// For people.
    var text: String {
        var text =
            switch value {
            case .number(let number): JSONText.number(number)
            case .ramp(let first, let last): "\(JSONText.number(first)) to \(JSONText.number(last))"
            case .flag(let flag): flag ? "true" : "false"
            case .none: "no value"
            case .text(let text): "\"\(text)\""
            }
        switch quality {
        case nil, 192: break
        case 64: text += " uncertain"
        case 0: text += " bad"
        case .some(let other): text += " quality \(other)"
        }
        if let time { text += " measured at \(OffsetText.text(time))" }
        return text
    }
}
