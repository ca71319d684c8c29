import Alarms
import Figures
import Logging
import NIOPosix
import Settings
import Synchronization
import Telemetry

/// Delivers one target's events, from its cursor on, for as long as its task runs.
final class WebhookCourier {
    private enum Occurrence: Sendable {
        /// Events were committed, or a moment has come.
        case woken
        case answered(Event, WebhookReply)
    }

    /// Events read at once.
    private static let page = 200
    /// Events behind which a target has to be spoken of, and how often that is looked at and said, in milliseconds.
    private static let backlogBound: Int64 = 100_000
    private static let lookEvery: Int64 = 60_000
    private static let sayEvery: Int64 = 3_600_000
    /// How often the cursor is handed on, and a store that could not be read is tried again, in milliseconds.
    private static let reportEvery: Int64 = 200
    private static let readAgain: Int64 = 1_000

    private let target: WebhookTarget
    private let client: WebhookClient
    private let surroundings: WebhookSurroundings
    private let line: WebhookLine
    private let logger: Logger
    private var window: WebhookWindow
    private var random: RandomState
    private var figures: WebhookFigures
    private var shown: WebhookFigures?
    private var mayHaveMore = true
    private var nextRead = Int64.min
    private var reported: Int64
    private var nextReport = Int64.min
    private var nextLook = Int64.min
    private var nextSaying = Int64.min

    init(
        _ target: WebhookTarget, cursor: Int64, surroundings: WebhookSurroundings, line: WebhookLine,
        pause: RetryPause, seed: UInt64, logger: Logger
    ) {
        self.target = target
        client = WebhookClient(target)
        self.surroundings = surroundings
        self.line = line
        self.logger = logger
        window = WebhookWindow(cursor: cursor, concurrency: target.settings.concurrency, pause: pause)
        random = RandomState(seed: seed)
        figures = WebhookFigures(cursor: cursor)
        reported = cursor
    }

    private var now: Int64 { SystemClock.now().monotonic }

    /// Works until the task is cancelled, or told to end and nothing can be sent.
    /// - Returns: the cursor.
    func run() async -> Int64 {
        report()
        await withTaskGroup(of: Occurrence.self) { group in
            var armed: Int64?
            while !Task.isCancelled {
                let isEnding = line.isEnding.load(ordering: .acquiring)
                // What was committed before it was told so is still to be looked at.
                if isEnding { mayHaveMore = true }
                if now >= nextLook { await look() }
                await readOn()
                send(&group)
                report()
                if isEnding, window.attemptsUnderWay == 0, !canRead { break }
                let due = deadline
                if let moment = armed {
                    if due < moment { line.bell.ring() }
                } else {
                    armed = due
                    group.addTask { [line] in
                        await line.bell.wait(until: due)
                        return .woken
                    }
                }
                switch await group.next() {
                case .woken:
                    armed = nil
                    mayHaveMore = true
                case .answered(let event, let reply): take(reply, to: event)
                case nil: break
                }
            }
            group.cancelAll()
        }
        nextReport = .min
        handOn()
        await client.close()
        return window.cursor
    }

    // MARK: Reading and sending

    private var canRead: Bool {
        mayHaveMore && !window.isGone && (window.isEmpty || window.room >= WebhookCourier.page)
    }

    /// Takes in a page of the log, where there is room for one.
    private func readOn() async {
        guard canRead, now >= nextRead else { return }
        let limit = WebhookCourier.page
        do {
            let events = try await NIOThreadPool.singleton.runIfActive {
                [surroundings, after = window.read] in try surroundings.events(after, limit)
            }
            mayHaveMore = events.count == limit
            guard let last = events.last else { return }
            window.takeIn(events.filter { target.filter.wants($0) }, through: last.sequence)
        } catch {
            nextRead = now + WebhookCourier.readAgain
            logger.warning(
                "webhook-unreadable: webhook \(target.name): \(error); the event log is read again in a second")
        }
    }

    /// Says so where the target is far behind.
    private func look() async {
        nextLook = now + WebhookCourier.lookEvery
        let last = try? await NIOThreadPool.singleton.runIfActive { [surroundings] in try surroundings.lastSequence() }
        guard let last, last - window.cursor > WebhookCourier.backlogBound, now >= nextSaying else { return }
        nextSaying = now + WebhookCourier.sayEvery
        logger.warning(
            "webhook-behind: webhook \(target.name) is \(last - window.cursor) events behind; nothing is dropped")
    }

    private func send(_ group: inout TaskGroup<Occurrence>) {
        while let attempt = window.nextAttempt(at: now) {
            if attempt.failures > 0 { figures.retries += 1 }
            group.addTask { [client] in .answered(attempt.event, await client.deliver(attempt.event)) }
        }
    }

    /// When there may be something to do next without an event or an answer.
    private var deadline: Int64 {
        var due = min(window.deadline ?? .max, nextLook)
        if canRead { due = min(due, nextRead) }
        if window.cursor != reported { due = min(due, nextReport) }
        return due
    }

    // MARK: Answers

    private func take(_ reply: WebhookReply, to event: Event) {
        let change = window.answered(event.sequence, reply.answer, at: now, using: &random)
        switch reply.answer {
        case .delivered:
            figures.delivered += 1
        case .refused(let reason):
            figures.failures[.refused, default: 0] += 1
            let answer = reply.excerpt.isEmpty ? "" : ", \"\(reply.excerpt)\""
            let what =
                "\(event.type) of \(event.subject), event \(event.sequence), was refused for good: \(reason)\(answer)"
            logger.warning(
                "webhook-refused: webhook \(target.name): \(what); it is passed over and stays in the event log")
        case .failed(let failure, _):
            figures.failures[failure.kind, default: 0] += 1
            logger.debug("webhook-failed: webhook \(target.name): event \(event.sequence): \(failure)")
            if change == .opened {
                let what = "\(Circuit.threshold) failures in a row, the last: \(failure)"
                logger.warning(
                    "webhook-failing: webhook \(target.name): \(what); one message at a time tries whether it is back")
            }
        case .gone:
            figures.failures[.gone, default: 0] += 1
            line.isGone.store(true, ordering: .releasing)
            logger.error(
                "webhook-gone: webhook \(target.name) answers 410, it wants no more; it is sent nothing until a reload")
        }
        if change == .closed { logger.notice("webhook-recovered: webhook \(target.name) takes messages again") }
    }

    /// Has the cursor kept.
    private func handOn() {
        guard window.cursor != reported, now >= nextReport else { return }
        nextReport = now + WebhookCourier.reportEvery
        reported = window.cursor
        surroundings.advance(target.cursor, reported)
    }

    /// Hands the cursor on, and puts up the figures.
    private func report() {
        handOn()
        figures.cursor = window.cursor
        figures.isCircuitOpen = !window.circuit.isClosed
        figures.isGone = window.isGone
        guard figures != shown else { return }
        shown = figures
        surroundings.board.update { [figures, line] in
            if !line.isRetired.load(ordering: .acquiring) { $0.webhooks[target.name] = figures }
        }
    }
}

extension WebhookAnswer.Failure {
    /// The metric's word for it.
    fileprivate var kind: WebhookFigures.Failure {
        switch self {
        case .status(let status) where status < 400: .redirect
        case .status(408), .status(429): .throttled
        case .status: .server
        case .timeout: .timeout
        case .connection: .connection
        }
    }
}
