import Broker
import TestKit

/// Publishes samples that can be told apart: every one has a time and a value of its own, and one point crosses its
/// limit again and again. Remembers which of them the broker acknowledged.
final class NumberedTelemetry {
    static let plainPoints = ["PT-1", "PT-2", "PT-3", "PT-4"]
    static let crossingPoint = "LT-901"
    static let points = plainPoints.map { PointRow($0) } + [PointRow(crossingPoint, ["H": "8"])]
    /// Messages on each side of the limit.
    private static let swing = 20

    let client: PublishingClient
    /// The messages' times, by publication.
    private(set) var times: [Int64] = []
    private var acknowledged: Set<Int> = []
    /// The first message's time and what lies between two; nil: they are published as of now.
    private let course: (first: Int64, step: Int64)?

    init(_ client: PublishingClient, course: (first: Int64, step: Int64)? = nil) {
        self.client = client
        self.course = course
        client.onAcknowledged = { [unowned self] in acknowledged.insert($0) }
    }

    /// Publishes the next message.
    func publishNext() throws {
        let number = times.count
        let time = course.map { $0.first + Int64(number) * $0.step } ?? max((times.last ?? 0) + 1, Spine.now)
        times.append(time)
        var values = NumberedTelemetry.plainPoints.enumerated().map { place, point in
            "\"\(point)\":\(NumberedTelemetry.plainValue(number, place))"
        }
        values.append("\"\(NumberedTelemetry.crossingPoint)\":\(NumberedTelemetry.crossingValue(number))")
        try client.publish(
            "hazard/v1/gateways/gw1/telemetry", "{\"ts\":\(time),\"values\":{\(values.joined(separator: ","))}}")
        try client.pump()
    }

    /// What a point must have: the samples whose acknowledgement this publisher holds, in order of time.
    func acknowledgedSamples(_ point: String) -> [StoredSample] {
        times.indices.filter { acknowledged.contains($0) }.map { number in
            let place = NumberedTelemetry.plainPoints.firstIndex(of: point)
            let value =
                place.map { NumberedTelemetry.plainValue(number, $0) } ?? NumberedTelemetry.crossingValue(number)
            return StoredSample(time: times[number], value: value)
        }
    }

    /// The times at which the crossing point's value went beyond its limit.
    var crossings: [Int64] {
        times.indices.filter {
            NumberedTelemetry.isBeyond($0) && ($0 == 0 || !NumberedTelemetry.isBeyond($0 - 1))
        }.map { times[$0] }
    }

    private static func plainValue(_ number: Int, _ place: Int) -> Double {
        Double(number) + Double(place) * 0.25
    }

    private static func crossingValue(_ number: Int) -> Double {
        (isBeyond(number) ? 9 : 5) + Double(number) / 1_048_576
    }

    private static func isBeyond(_ number: Int) -> Bool {
        number / swing % 2 == 1
    }
}
