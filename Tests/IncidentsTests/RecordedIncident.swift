import Alarms
import Evidence
import Foundation
import Historian
import Incidents
import Pipeline
import Registry
import Settings
import Store
import Telemetry
import TestKit

/// An hour of a node's record with one alarm in it, made without a daemon and at any time one likes.
final class RecordedIncident {
    /// 2025-11-23T07:00:00Z: 15:00 in the node's zone
    static let start: Int64 = 29_398_020 * 60_000
    static let subject = AlarmSubject(site: "shengli", object: "LT-1", condition: .highHigh)

    let temporary: TemporaryFolder
    let folder: StateFolder
    let configuration: Configuration
    let database: StateDatabase
    private(set) var files: [IncidentCapsule.ConfigurationFile] = []
    private let sealer: Sealer
    private var sequence: Int64 = 0
    private var random = RandomState(seed: 7)
    private(set) var episode = ULID(high: 0, low: 0)
    private var capsules = 0

    init() throws {
        temporary = try TemporaryFolder("incident")
        try temporary.write("secret word\n", to: "broker.password")
        try temporary.write(
            """
            node: n1
            state_directory: state
            timezone: Asia/Shanghai
            broker: {urls: ["mqtt://127.0.0.1:1"], username: li, password_file: broker.password}
            registry: sites
            """, to: "hazardd.yaml")
        try temporary.write(
            """
            site: shengli
            name: {zh: 胜利罐区, en: "Tank <farm>"}
            area: a/b/c
            hazard_sources: [{source: TF-1, name: {zh: 罐组, en: Tanks}}, {source: TF-2}]
            points_file: points.csv
            """, to: "sites/shengli.yaml")
        try temporary.write(
            """
            point,source,gateway,tag,kind,unit,HH,priority
            LT-1,TF-1,gw1,LT-1,level,m,9,critical
            PT-1,TF-1,gw1,PT-1,pressure,MPa,,
            XT-1,TF-2,gw1,XT-1,other,,,

            """, to: "sites/points.csv")
        var read: [IncidentCapsule.ConfigurationFile] = []
        configuration = try Configuration.load(
            settingsFile: temporary.file("hazardd.yaml"), environment: [:]
        ) { read.append(IncidentCapsule.ConfigurationFile(name: $0, bytes: $1)) }
        files = read
        folder = StateFolder(configuration.settings.stateDirectory)
        try folder.create()
        database = try StateDatabase(folder, durability: .normal)
        try database.adopt(configuration.registry)
        sealer = try Sealer(database, node: "n1")
        try commit(Effects(), at: 0, records: [sealer.introduction].compactMap { $0 })
    }

    /// UTC milliseconds of a minute of the hour.
    static func time(_ minute: Double) -> Int64 { start + Int64(minute * 60_000) }

    /// The whole hour without the seal at its end.
    func commitUnsealed() throws { try record(sealingAt: [5]) }

    /// The whole hour: a sample a second of each point, seals at minutes 5 and 55, the alarm from 20 to 30.
    func record(sealingAt seals: Set<Int> = [5, 55]) throws {
        episode = ULID(time: RecordedIncident.time(20), random: &random)
        try commit(
            event("hazard.config.applied.v1", site: "_node", subject: "_node/n1", data: configured, at: 0), at: 0)
        for minute in 0..<60 {
            var effects = samples(minute)
            switch minute {
            case 20: raise(&effects)
            case 25: add("acknowledged", .acknowledged, to: &effects, at: 25, comment: "<script>x</script>")
            case 30:
                add("returned", .normal, to: &effects, at: 30)
                add("cleared", .normal, to: &effects, at: 30)
                effects.alarms.updateValue(nil, forKey: RecordedIncident.subject)
                effects.holds[episode] = HoldChange(hold(through: 30), begins: false)
            default: break
            }
            try commit(effects, at: Double(minute) + 0.99)
            if seals.contains(minute) { try seal(at: Double(minute)) }
        }
    }

    func seal(at minute: Double) throws { try sealer.seal(at: RecordedIncident.time(minute)) }

    func commit(_ effects: Effects, at minute: Double, records: [ChainRecord] = []) throws {
        try database.commit(
            effects, gatewayRecord: { _ in GatewayRecord() }, records: records, at: RecordedIncident.time(minute))
    }

    /// Compacts all there is and, if asked, closes the day.
    func compact(at minute: Double, sealingDays: Bool) throws {
        let engine = Engine(
            registry: configuration.registry,
            options: EngineOptions(
                node: "n1", policies: [:], futureLimit: 1, lagLimit: 1, escalationHold: 0, seed: 1),
            state: try database.load(), at: Instant(wall: RecordedIncident.time(minute), monotonic: 0))
        try database.save(snapshotOf: engine, at: RecordedIncident.time(minute))
        let chores = try HistoryChores(
            reader: database.reader, state: folder, node: "n1", timeZone: "Asia/Shanghai"
        ) { try self.commit(Effects(), at: minute, records: $0) }
        _ = try chores.compact(points: 3, isForced: true, at: RecordedIncident.time(minute))
        if sealingDays { _ = try chores.sealDays(endedBefore: .max) }
        while try database.deleteCompacted() {}
    }

    /// A late message: one sample that is on record already with another value, and one that is new.
    func addLate() throws {
        var effects = Effects()
        effects.journal.begin(JournalBatch.Message(gateway: 0, receivedAt: RecordedIncident.time(58)))
        effects.journal.append(0, time: RecordedIncident.time(20), value: -1, quality: .good, isLate: true)
        effects.journal.append(0, time: RecordedIncident.time(20) + 500, value: .nan, quality: .bad, isLate: true)
        effects.journal.endMessage()
        try commit(effects, at: 58)
    }

    func capsule(_ name: String? = nil, now minute: Double = 3_000) throws -> (path: String, IncidentCapsule.Summary) {
        capsules += 1
        let path = temporary.file("capsule-\(capsules)")
        let capsule = IncidentCapsule(folder, configuration: configuration, files: files)
        return (path, try capsule.write(name ?? "\(episode)", to: path, at: RecordedIncident.time(minute)))
    }

    func publicKey() throws -> PublicKey {
        let name = try FileManager.default.contentsOfDirectory(atPath: folder.keys).first { $0.hasSuffix(".pub.pem") }
        let text = try String(contentsOfFile: folder.keys + "/" + (name ?? ""), encoding: .utf8)
        guard let key = PublicKey(pem: text) else { throw TestKitError("no public key in \(folder.keys)") }
        return key
    }

    private var configured: String { #"{"version":1,"fingerprint":"\#(configuration.fingerprint)"}"# }

    private func samples(_ minute: Int) -> Effects {
        var effects = Effects()
        for second in 0..<60 {
            let time = RecordedIncident.time(Double(minute)) + Int64(second) * 1_000
            effects.journal.begin(JournalBatch.Message(gateway: 0, receivedAt: time + 40))
            for point in 0..<3 {
                let value = point == 0 && (20..<30).contains(minute) ? 9.5 : Double(point) + Double(second) / 8
                effects.journal.append(point, time: time, value: value, quality: .good, isLate: false)
            }
            effects.journal.endMessage()
        }
        return effects
    }

    private func alarm(_ state: AlarmState) -> Alarm {
        Alarm(
            subject: RecordedIncident.subject, episode: episode, machine: AlarmMachine(state: state),
            priority: .critical, source: "TF-1", point: "LT-1", unit: "m", value: 9.5, limit: 9,
            receivedAt: RecordedIncident.time(20), raisedAt: RecordedIncident.time(20))
    }

    private func hold(through minute: Double) -> Hold {
        Hold(
            of: alarm(.unacknowledged),
            times: HoldRule().times(raisedAt: RecordedIncident.time(20), latest: RecordedIncident.time(minute)))
    }

    private func raise(_ effects: inout Effects) {
        add("raised", .unacknowledged, to: &effects, at: 20)
        effects.alarms[RecordedIncident.subject] = alarm(.unacknowledged)
        effects.holds[episode] = HoldChange(hold(through: 20), begins: true)
    }

    private func add(
        _ kind: String, _ state: AlarmState, to effects: inout Effects, at minute: Double, comment: String? = nil
    ) {
        effects.events +=
            event(
                "hazard.alarm.\(kind).v1", site: "shengli", subject: "\(RecordedIncident.subject)",
                data: alarm(state).json(actor: comment.map { _ in "li" }, comment: comment), at: minute
            ).events
    }

    private func event(_ type: String, site: String, subject: String, data: String, at minute: Double) -> Effects {
        sequence += 1
        let time = RecordedIncident.time(minute)
        var effects = Effects()
        effects.events = [
            Event(
                node: "n1", sequence: sequence, previous: nil, id: ULID(time: time, random: &random), type: type,
                site: site, subject: subject, time: time, data: data)
        ]
        return effects
    }
}
