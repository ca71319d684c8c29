import AlarmFigures
package import Alarms
import Escalation
import HeapModule
package import Registry
package import Telemetry

/// The one owner of the truth: takes in samples, operator commands and the passing of time, one after the
/// other, and says what follows from them.
///
/// It does no I/O and asks no clock: the same inputs in the same order give the same effects. Its owner
/// commits `effects`, calls `didCommit()`, and only then lets anybody outside know.
/// Used by one thread.
package final class Engine {
    package let registry: Registry
    package let options: EngineOptions
    /// What has followed from the inputs since the last commit.
    package internal(set) var effects = Effects()
    /// Finds a value recorded earlier than what the rings hold; asked for late samples only.
    package var journalLookup: (_ point: PointIndex, _ time: Int64) -> Double? = { _, _ in nil }

    var points: PointTable
    var gateways: [GatewayState]
    var tags: ByteKeyTable
    var gatewayNames: ByteKeyTable
    var recent = RecentMessages()
    var accounting: Accounting
    var random: RandomState

    /// Alarms that are not normal.
    var alarms = AlarmTable()
    /// Their climbs, each marked with its alarm's place.
    var climbs = EscalationBook()
    /// The policies that standing episodes were born under.
    var birthPolicies: [ULID: FrozenPolicy] = [:]
    /// What is shelved or out of service, whether it stands or not.
    var withdrawals: [AlarmSubject: Withdrawal] = [:]
    /// Alarms that stand together, by `site/source`.
    var firstOutGroups: [String: FirstOutGroup] = [:]
    /// Special periods that have begun and not ended.
    var periodsInForce: [SpecialPeriod] = []
    /// When the next one begins or ends, on the monotonic clock.
    var periodDeadline: Int64 = .max
    /// The quantities that points measure, by the point's position.
    let inventories: [Int: InventoryLimit]
    var timers = Heap<EngineTimer>()
    var staleTimers = Heap<StaleTimer>()
    var lastSequence: Int64
    var lastSequenceBySite: [String: Int64]

    /// Silence is counted from here where nothing came since: the start, or the broker's return.
    var livenessFloor: Int64
    /// What the wall clock showed beyond the monotonic one when it was last followed.
    var wallOffset: Int64
    /// How far the wall clock may drift before deadlines are moved along, in milliseconds.
    static let tolerableStep: Int64 = 500
    private let siteNumbers: [String: Int]
    /// The sites' areas, by their names.
    let areas: [String: [String]]
    var isBrokerLost = false
    var isOffline: [Bool]
    var isClockDoubted: [Bool]
    /// The minute of receipt in which a late violation was last reported, by rule.
    var lateReports: [Int: Int64] = [:]
    /// Rules whose limit is not the one their standing alarm was raised with, while restoring only.
    var changedRules: Set<Int> = []
    /// Whether the past is being taken up: climbs may not be there yet.
    var isRestoring = true
    /// The points that stored alarms and delays are of, by `site/point`, while restoring only.
    var restoreTargets: [String: Int] = [:]
    /// The last time given to a gateway's message that had none of its own, by gateway.
    var assignedTimes: [Int64]
    /// Nil without a rule for floods.
    var flood: FloodWatch?

    /// Takes up where `state` leaves off; alarms whose rule is gone from the registry are retired, and
    /// changed limits are held against the last values at once.
    /// - Parameter tables: those of this registry, if they were made already.
    package init(
        registry: Registry, options: EngineOptions, state: EngineState, tables: () -> EngineTables? = { nil },
        at now: Instant
    ) {
        self.registry = registry
        self.options = options
        (points, tags, gatewayNames) = Engine.parts(of: tables() ?? EngineTables(registry, at: now))
        gateways = registry.gateways.map {
            GatewayState(record: state.gateways[$0.name] ?? GatewayRecord(), startedAt: now.monotonic)
        }
        isOffline = [Bool](repeating: false, count: gateways.count)
        isClockDoubted = isOffline
        assignedTimes = [Int64](repeating: .min, count: gateways.count)
        accounting = state.accounting
        effects.accounting = accounting
        flood = options.flood.map { FloodWatch($0, PositionMap(registry)) }
        random = RandomState(seed: options.seed)
        lastSequence = state.lastSequence
        lastSequenceBySite = state.lastSequenceBySite
        livenessFloor = now.monotonic
        wallOffset = now.wall - now.monotonic
        siteNumbers = Dictionary(
            registry.sites.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        areas = Dictionary(registry.sites.map { ($0.name, $0.area) }, uniquingKeysWith: { first, _ in first })
        inventories = Dictionary(
            registry.inventoryLimits.map { ($0.point.position, $0) }, uniquingKeysWith: { first, _ in first })
        for point in points.indices where points.staleAfter[point] > 0 {
            let gateway = Int(points[point].gateway)
            gateways[gateway].shortestStale = min(gateways[gateway].shortestStale, points.staleAfter[point])
        }
        restoreFlood(state, at: now)
        restore(state, at: now)
    }

    /// Nobody else holds the tables afterwards, so that they are changed in place.
    private static func parts(
        of tables: consuming EngineTables
    ) -> (PointTable, ByteKeyTable, ByteKeyTable) {
        (tables.points, tables.tags, tables.gatewayNames)
    }

    /// The totals of the accounting sum.
    package var totals: Accounting { accounting }

    /// When `advance` next has something to do, on the monotonic clock.
    package var nextDeadline: Int64? {
        let deadlines = [timers.min?.deadline, staleTimers.min?.deadline, flood?.deadline, climbs.nextDeadline]
        return deadlines.compactMap { $0 }.min()
    }

    /// Gateways that are OFFLINE.
    package var offlineCount: Int { isOffline.count { $0 } }

    /// Every alarm that is not normal.
    package var standing: [Alarm] { Array(alarms.values) }

    /// Forgets the effects: they are on disk.
    package func didCommit() {
        effects.removeAll()
    }

    package func gatewayIndex(_ name: UnsafeRawBufferPointer) -> Int? {
        unsafe gatewayNames.find(scope: 0, name)
    }

    /// The newest sample's time and quality of a point, for commissioning.
    package func lastSample(_ point: PointIndex) -> (time: Int64, value: Double, quality: Quality)? {
        let place = point.position
        guard points[place].lastTime != .min else { return nil }
        return (points[place].lastTime, points[place].lastValue, Quality(rawValue: points[place].lastQuality))
    }

    /// What the rules of points need of the past, to be kept across restarts.
    package var watches: [(point: PointIndex, watch: Watch)] {
        points.indices.compactMap { place in points.watch(of: place).map { (PointIndex(place), $0) } }
    }

    /// The gateway's clock epoch in which a point's newest sample came.
    package func epoch(_ point: PointIndex) -> UInt8 { points[point.position].epoch }

    /// What is kept of a gateway across restarts.
    package func record(ofGateway gateway: Int) -> GatewayRecord { gateways[gateway].record }

    /// Hashes of the messages by which a second delivery is recognised, oldest first.
    package var recentMessages: [UInt64] { recent.all }

    func site(_ name: String) -> Site? { siteNumbers[name].map { registry.sites[$0] } }

    /// Nothing can be heard just now for a reason of the daemon's own, so no silence counts.
    package func suspendLiveness(at now: Instant) {
        livenessFloor = now.monotonic
    }

    func schedule(_ purpose: EngineTimer.Purpose, at deadline: Int64) {
        timers.insert(EngineTimer(deadline: deadline, purpose: purpose))
    }

    func changeRecord(_ gateway: Int, _ change: (inout GatewayRecord) -> Void) {
        change(&gateways[gateway].record)
        effects.gateways.insert(gateway)
    }
}
