import Decoding
import Settings

/// Says of an arriving topic which source it belongs to and which part of it names the gateway, on the topic's
/// bytes.
struct TopicRouter {
    enum Destination: Equatable {
        case telemetry(source: Int, gateway: Range<Int>)
        case status(gateway: Range<Int>)
        case none
    }

    static let statusFilter = "hazard/v1/gateways/+/status"

    private struct Filter {
        let levels: [[UInt8]]
        let gatewayLevel: Int
        let isOpenEnded: Bool
    }

    private let sources: [Filter]
    private let status: Filter

    init(_ sources: [TelemetrySource]) {
        self.sources = sources.map { TopicRouter.filter($0.topic) }
        status = TopicRouter.filter(TopicRouter.statusFilter)
    }

    func route(_ topic: UnsafeRawBufferPointer) -> Destination {
        if let gateway = unsafe TopicRouter.match(status, topic) { return .status(gateway: gateway) }
        for (number, source) in sources.enumerated() {
            if let gateway = unsafe TopicRouter.match(source, topic) {
                return .telemetry(source: number, gateway: gateway)
            }
        }
        return .none
    }

    private static func filter(_ topic: String) -> Filter {
        var levels = topic.split(separator: "/", omittingEmptySubsequences: false).map { Array($0.utf8) }
        let isOpenEnded = levels.last == Array("#".utf8)
        if isOpenEnded { levels.removeLast() }
        return Filter(
            levels: levels, gatewayLevel: levels.firstIndex(of: Array("+".utf8)) ?? 0, isOpenEnded: isOpenEnded)
    }

    /// Where the gateway's name lies in the topic, if the filter covers it.
    private static func match(_ filter: Filter, _ topic: UnsafeRawBufferPointer) -> Range<Int>? {
        var place = 0
        var gateway: Range<Int>?
        for (number, level) in filter.levels.enumerated() {
            guard place <= topic.count else { return nil }
            var end = place
            while end < topic.count, unsafe topic[end] != UInt8(ascii: "/") { end += 1 }
            if number == filter.gatewayLevel {
                gateway = place..<end
            } else if unsafe !topic[place..<end].elementsEqual(level) {
                return nil
            }
            place = end + 1
        }
        let isWhole = place == topic.count + 1
        return isWhole || filter.isOpenEnded ? gateway : nil
    }
}
