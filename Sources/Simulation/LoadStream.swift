/// Telemetry made for load: the plan's gateways report in turn, every message a full one, as fast as it is asked for.
///
/// A message is its gateway's first scan with another sequence number, another time and another last digit in every
/// number, patched into bytes that are written once. Times are those it is told, so that none comes twice.
package struct LoadStream: Sendable {
    private struct Template: Sendable {
        let gateway: Int
        var bytes: [UInt8]
        let sequence: Int
        let time: Int
        /// Where the last digit of each number stands.
        let digits: [Int32]
        let samples: Int
    }

    private var templates: [Template] = []
    private let gateways: [String]
    private var next = 0
    private var round: Int64 = 0

    /// The first sequence number, and the digits every one has.
    private static let firstSequence: Int64 = 1_000_000_000
    private static let someTime: Int64 = 1_000_000_000_000

    package init(_ plan: FarmPlan) {
        gateways = (0..<plan.sites).map { plan.gatewayName($0) }
        for site in 0..<plan.sites {
            for first in stride(from: 0, to: plan.pointsPerSite, by: plan.batch) {
                let positions = first..<min(first + plan.batch, plan.pointsPerSite)
                templates.append(LoadStream.template(positions, site, plan))
            }
        }
    }

    /// Messages until every point has reported once.
    package var messagesPerRound: Int { templates.count }
    package var isAtRoundStart: Bool { next == 0 }

    package func gatewayName(_ gateway: Int) -> String { gateways[gateway] }

    /// The next message, which is good until the one after it.
    /// - Parameter time: UTC milliseconds with 13 digits; later in every round than in the one before.
    package mutating func message(at time: Int64) -> (gateway: Int, payload: [UInt8], samples: Int) {
        let digit = UInt8(ascii: "1") + UInt8(round % 9)
        LoadStream.patch(LoadStream.firstSequence + round, at: templates[next].sequence, &templates[next].bytes)
        LoadStream.patch(time, at: templates[next].time, &templates[next].bytes)
        for place in templates[next].digits.indices {
            templates[next].bytes[Int(templates[next].digits[place])] = digit
        }
        let template = templates[next]
        next += 1
        if next == templates.count {
            next = 0
            round += 1
        }
        return (template.gateway, template.bytes, template.samples)
    }

    private static func template(_ positions: Range<Int>, _ site: Int, _ plan: FarmPlan) -> Template {
        var writer = ScanWriter()
        writer.beginRecord(sequence: firstSequence, time: someTime)
        let head = writer.take()
        writer.append(head)
        var digits: [Int32] = []
        for position in positions {
            let key = Array("\"\(plan.pointName(position))\":".utf8)
            let instrument = plan.instrument(position)
            if instrument.isSwitch {
                writer.value(key: key, isOn: true)
            } else {
                writer.value(key: key, thousandths: instrument.usualThousandths + Int64(position % 40) * 10 + 1)
                digits.append(Int32(writer.count - 1))
            }
        }
        writer.endRecord()
        let sequence = head.firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
        let time = head[(sequence + 1)...].firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
        return Template(
            gateway: site, bytes: writer.take(), sequence: sequence, time: time, digits: digits,
            samples: positions.count)
    }

    private static func patch(_ number: Int64, at place: Int, _ bytes: inout [UInt8]) {
        var end = place
        while bytes[end] >= UInt8(ascii: "0"), bytes[end] <= UInt8(ascii: "9") { end += 1 }
        var rest = number
        while end > place {
            end -= 1
            bytes[end] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}
