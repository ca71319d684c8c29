import Decoding
import Simulation

/// A farm's telemetry as it would come from the broker, all of it made beforehand, with its topics.
final class CoreTelemetry {
    struct Message {
        let payload: Range<Int>
        let gateway: Int
        /// UTC milliseconds of the scan it belongs to.
        let time: Int64
    }

    private(set) var messages: [Message] = []
    private(set) var samples = 0
    private(set) var bytes: [UInt8] = []
    let topics: [[UInt8]]
    /// Where each gateway's name stands in its topic.
    let names: [Range<Int>]

    /// As many whole scans of the plan as make at least so many samples, one a second from `start` on.
    init(_ plan: FarmPlan, samples wanted: Int, start: Int64) throws {
        let head = "hazard/v1/gateways/"
        topics = (0..<plan.sites).map { Array("\(head)\(plan.gatewayName($0))/telemetry".utf8) }
        names = (0..<plan.sites).map { head.utf8.count..<(head.utf8.count + plan.gatewayName($0).utf8.count) }
        let gateways = Dictionary(uniqueKeysWithValues: (0..<plan.sites).map { (plan.gatewayName($0), $0) })
        var world = try World(plan, start: start)
        bytes.reserveCapacity(wanted * 18)
        while samples < wanted {
            let time = world.nextScan
            for message in world.advance(to: time) {
                let first = bytes.count
                bytes.append(contentsOf: message.payload)
                messages.append(
                    Message(payload: first..<bytes.count, gateway: gateways[message.gateway] ?? 0, time: time))
                samples += message.samples
                bytes.append(contentsOf: repeatElement(0, count: payloadPadding))
            }
        }
    }
}
