import Alarms
import Pipeline
import Registry
import Settings
import Store
import Telemetry
import TestKit

/// A state directory of its own with points `shengli/P-0` to `P-3`, two a gateway, and a database on it.
final class StoreFixture {
    let temporary: TemporaryFolder
    let folder: StateFolder
    private(set) var database: StateDatabase

    static let start: Int64 = 1_763_880_000_000

    static let registry = Registry(
        sites: [Site(name: "shengli")],
        points: (0..<4).map { place in
            Point(
                site: 0, name: "P-\(place)", gateway: place / 2, tag: "T\(place)",
                rules: [AlarmRule(condition: .high, limit: 8)])
        },
        gateways: [Gateway(name: "gw1", sites: [0]), Gateway(name: "gw2", sites: [0])])

    init() throws {
        temporary = try TemporaryFolder("hazardd-store")
        folder = StateFolder(temporary.file("state"))
        try folder.create()
        database = try StateDatabase(folder, durability: .full)
        try database.adopt(StoreFixture.registry)
    }

    /// Opens the files anew, as a start does; what was committed must be in them.
    func reopen(_ registry: Registry = StoreFixture.registry) throws {
        try database.close()
        database = try StateDatabase(folder, durability: .full)
        try database.adopt(registry)
    }

    func commit(_ effects: Effects, at now: Int64 = StoreFixture.start, cursors: [String: Int64] = [:]) throws {
        try database.commit(effects, gatewayRecord: { _ in GatewayRecord() }, cursors: cursors, at: now)
    }

    func recorded(_ point: Int, at time: Int64) throws -> Double? {
        try database.recordedValue(PointIndex(point), gateway: point / 2, at: time)
    }

    /// The times of all stored samples of a point.
    func storedTimes(_ point: Int) throws -> [Int64] {
        guard let number = try database.reader.pointNumber("shengli/P-\(point)") else { return [] }
        return try database.reader.samples(ofNumber: number, from: .min, through: .max).map(\.time)
    }

    /// Adds a message with one late sample.
    static func addLate(
        _ point: Int, at time: Int64, _ value: Double, quality: Quality = .good, to effects: inout Effects
    ) {
        effects.journal.begin(JournalBatch.Message(gateway: Int32(point / 2), receivedAt: start))
        effects.journal.append(point, time: time, value: value, quality: quality, isLate: true)
        effects.journal.endMessage()
    }

    /// The effects of one message with these samples of one point.
    static func samples(_ point: Int, _ samples: [(time: Int64, value: Double)], receivedAt: Int64 = start) -> Effects {
        var effects = Effects()
        effects.journal.begin(JournalBatch.Message(gateway: Int32(point / 2), receivedAt: receivedAt))
        for sample in samples {
            effects.journal.append(point, time: sample.time, value: sample.value, quality: .good, isLate: false)
        }
        effects.journal.endMessage()
        return effects
    }

    static func event(_ sequence: Int64, _ site: String = "shengli", route: String? = nil) -> Event {
        var random = RandomState(seed: UInt64(sequence))
        return Event(
            node: "n1", sequence: sequence, previous: sequence > 1 ? sequence - 1 : nil,
            id: ULID(time: start, random: &random), type: "hazard.alarm.raised.v1", site: site,
            subject: site + "/P-0/H", time: start + sequence, route: route, data: #"{"value":9.5,"note":"液氨"}"#)
    }

    static func action(_ outcome: String, comment: String? = nil, requestID: String? = nil) -> OperatorActionRecord {
        OperatorActionRecord(
            at: start,
            command: OperatorCommand(
                action: .acknowledge, episode: ULID(high: 1, low: 2), actor: "li", comment: comment,
                requestID: requestID), outcome: outcome)
    }
}
