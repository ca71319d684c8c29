import Foundation
import Simulation
import Testing

@Suite("A stream of load")
struct LoadStreamTests {
    private struct Payload: Decodable {
        enum Value: Decodable, Equatable {
            case number(Double)
            case flag(Bool)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let flag = try? container.decode(Bool.self) {
                    self = .flag(flag)
                } else {
                    self = .number(try container.decode(Double.self))
                }
            }
        }

        let seq: Int64
        let ts: Int64
        let values: [String: Value]
    }

    private static func read(_ bytes: [UInt8]) throws -> Payload {
        try JSONDecoder().decode(Payload.self, from: Data(bytes))
    }

    @Test("has every point of the plan report once a round, at the time it is told, with another value each round")
    func rounds() throws {
        let plan = try FarmPlan(sites: 2, pointsPerSite: 25, batch: 10)
        var stream = LoadStream(plan)
        #expect(stream.messagesPerRound == 6)
        var seen: [[String: Payload.Value]] = []
        for round in 0..<3 {
            var values: [String: Payload.Value] = [:]
            #expect(stream.isAtRoundStart)
            for _ in 0..<stream.messagesPerRound {
                let message = stream.message(at: 1_763_880_000_000 + Int64(round))
                let payload = try LoadStreamTests.read(message.payload)
                #expect(payload.ts == 1_763_880_000_000 + Int64(round))
                #expect(payload.seq == 1_000_000_000 + Int64(round))
                #expect(payload.values.count == message.samples)
                for (tag, value) in payload.values {
                    values["\(stream.gatewayName(message.gateway))/\(tag)"] = value
                }
            }
            #expect(values.count == 50)
            seen.append(values)
        }
        #expect(seen[0]["gw1/LT-101"] == .number(5.001))
        #expect(seen[1]["gw1/LT-101"] == .number(5.002))
        #expect(seen[2]["gw2/XV-101-IN"] == .flag(true))
    }

    @Test("stays within every limit of the registry that goes with it")
    func quiet() throws {
        let plan = try FarmPlan(sites: 1, pointsPerSite: 400, batch: 400)
        var stream = LoadStream(plan)
        for round in 0..<10 {
            let payload = try LoadStreamTests.read(stream.message(at: 1_763_880_000_000 + Int64(round)).payload)
            for (tag, value) in payload.values where tag.hasPrefix("LT-") {
                guard case .number(let level) = value else { continue }
                #expect((1.0..<8.5).contains(level), "\(tag) \(level)")
            }
        }
    }
}
