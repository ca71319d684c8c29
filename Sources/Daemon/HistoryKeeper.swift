import Dispatch
import Foundation
import Historian
import Logging
import OperatorAPI
import Settings
import Store
import Synchronization
import Telemetry

/// The thread that keeps history: compacts the journal, seals days. It reads what is committed and asks the pipeline's
/// thread to commit what it did; a slow or failing one costs nobody a sample.
final class HistoryKeeper: HistoryControl {
    /// What somebody asked for.
    private struct Request {
        let reply: @Sendable (Result<HistoryOutcome, any Error>) -> Void
    }

    private struct State {
        var settings: Settings
        /// Points in force.
        var points: Int
        /// Whether the settings are others than those the chores were made with.
        var isChanged = false
        var isStopped = false
        var requests: [Request] = []
    }

    /// How often it looks whether there is something to do.
    private static let every: DispatchTimeInterval = .seconds(5)
    /// How often days past their time are looked for, in milliseconds.
    private static let retentionEvery: Int64 = 3_600_000
    /// The most requests that wait.
    private static let bound = 16

    private let reader: StateReader
    private let folder: StateFolder
    private let inbox: Inbox
    private let logger: Logger
    private let state: Mutex<State>
    private let wake = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)

    init(reader: StateReader, folder: StateFolder, settings: Settings, points: Int, inbox: Inbox, logger: Logger) {
        self.reader = reader
        self.folder = folder
        state = Mutex(State(settings: settings, points: points))
        self.inbox = inbox
        self.logger = logger
    }

    /// Goes on under other settings.
    func adopt(_ settings: Settings, points: Int) {
        state.withLock { state in
            state.settings = settings
            state.points = points
            state.isChanged = true
        }
    }

    func start() {
        let thread = Thread { [self] in
            ThreadName.adopt("history")
            ThreadPriority.giveWay()
            run()
            done.signal()
        }
        thread.start()
    }

    /// Ends the thread; what it was at is finished or undone at the next start.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake.signal()
        done.wait()
    }

    /// Compacts all there is and seals every day that has ended.
    func compact() async throws -> HistoryOutcome {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = state.withLock { state in
                guard !state.isStopped, state.requests.count < HistoryKeeper.bound else { return false }
                state.requests.append(Request { continuation.resume(with: $0) })
                return true
            }
            guard isTaken else {
                continuation.resume(throwing: HistoryError(.failed, "history is busy or stopping; try again"))
                return
            }
            wake.signal()
        }
    }

    private func run() {
        var chores: HistoryChores?
        var nextRetention: Int64 = 0
        while !state.withLock({ $0.isStopped }) {
            let requests = state.withLock { state in
                defer { state.requests = [] }
                return state.requests
            }
            let result = Result<HistoryOutcome, any Error> {
                let fresh = state.withLock { state in
                    defer { state.isChanged = false }
                    return (settings: state.settings, points: state.points, isChanged: state.isChanged)
                }
                if chores == nil || fresh.isChanged {
                    chores = try makeChores(fresh.settings)
                    try chores?.recover()
                }
                guard let chores else { return HistoryOutcome() }
                let space = try retain(chores, fresh.settings, &nextRetention)
                return try work(chores, fresh.points, isForced: !requests.isEmpty, space)
            }
            if case .failure(let error) = result {
                chores = nil
                logger.error("history-failed: \(error); it is tried again, and nothing is lost meanwhile")
            }
            for request in requests { request.reply(result) }
            _ = wake.wait(timeout: .now() + HistoryKeeper.every)
        }
        let left = state.withLock { $0.requests }
        for request in left { request.reply(.failure(HistoryError(.failed, "the daemon is stopping"))) }
    }

    private func makeChores(_ settings: Settings) throws -> HistoryChores {
        try HistoryChores(
            reader: reader, state: folder, node: settings.node, timeZone: settings.timeZone
        ) { [inbox] records in
            guard inbox.commitAndWait(records) else {
                throw HistoryError(.failed, "the record of what was done could not be committed")
            }
        }
    }

    /// Lets days go whose time is over: every hour, and whenever space is short.
    /// - Returns: how much space there is.
    private func retain(_ chores: HistoryChores, _ settings: Settings, _ next: inout Int64) throws -> Retention.Space {
        let floor = Int64(settings.retention.diskFloor) << 20
        let free = folder.freeBytes ?? .max
        let space = Retention.Space(free: free, floor: floor)
        let now = SystemClock.now()
        guard now.monotonic >= next || space >= .short else { return space }
        let missing = space >= .short ? floor - free : 0
        for record in try chores.purge(rawDays: settings.retention.rawDays, missing: missing, at: now.wall) {
            let samples = record.files.reduce(0) { $0 + $1.samples }
            logger.notice("days-purged: \(record.files.count) files with \(samples) samples, reason \(record.reason)")
        }
        if now.monotonic >= next {
            try chores.purgeRollups(days: settings.retention.rollupDays, at: now.wall)
            next = now.monotonic + HistoryKeeper.retentionEvery
        }
        return space
    }

    private func work(
        _ chores: HistoryChores, _ points: Int, isForced: Bool, _ space: Retention.Space
    ) throws -> HistoryOutcome {
        var outcome = HistoryOutcome()
        guard space < .last else {
            logger.warning(
                "compaction-waits: less than half of retention.disk_floor_mb is free; samples stay in the journal")
            return outcome
        }
        if isForced, !inbox.snapshotAndWait() { throw HistoryError(.failed, "no snapshot could be made; try again") }
        let now = SystemClock.now().wall
        while !state.withLock({ $0.isStopped }),
            let record = try chores.compact(points: points, isForced: isForced, at: now)
        {
            outcome.samples += record.samples
            logger.debug("compacted: journal rows \(record.first) to \(record.last), \(record.samples) samples")
        }
        let time = isForced ? now : now - HistoryChores.sealAfter
        while !state.withLock({ $0.isStopped }), let day = try chores.sealDay(endedBefore: time) {
            outcome.days += 1
            logger.info("day-sealed: \(day.day), \(day.samples) samples in \(day.chunks) chunks")
        }
        if isForced, outcome.days > 0 { try chores.tighten() }
        return outcome
    }
}
