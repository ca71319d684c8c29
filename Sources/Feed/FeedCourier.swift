import Alarms
import Broker
import DequeModule
import Figures
import Logging
import Pipeline
import Store
import Telemetry

/// The feed's work, on the feed's thread.
final class FeedCourier {
    let node: String
    let acceptsCommands: Bool
    let surroundings: Feed.Surroundings
    let logger: Logger
    private let wake: WakeUp
    private let mailbox: EventMailbox
    /// Up to which event it is known that none was passed over, so that the store need not be asked.
    private var newest: Int64?
    /// Events handed over in memory for which there has been no room yet.
    private var fresh: Deque<(event: Event, commit: CommittedEvents)> = []
    private let connector: Connector
    var session: MQTTSession?
    var delivery: Delivery
    /// Whether the standing alarms are still to be published as the broker may have lost them.
    private var owesStanding = true
    private var standing: [(subject: String, body: String)] = []
    /// The newest seal the session was given.
    private var publishedSeal: String?
    private var nextBeat: Int64 = 0
    private var beats: Int64 = 0
    private var nextKeepAlive: Int64 = 0
    private var reported: Int64

    private static let heartbeatEvery: Int64 = 10_000
    private static let page = 200
    /// The most events kept in memory until there is room for them.
    private static let mostFresh = 5_000

    init(
        node: String, options: SessionOptions, acceptsCommands: Bool, surroundings: Feed.Surroundings, wake: WakeUp,
        mailbox: EventMailbox,
        seed: UInt64, logger: Logger
    ) {
        self.node = node
        self.acceptsCommands = acceptsCommands
        self.surroundings = surroundings
        self.wake = wake
        self.mailbox = mailbox
        self.logger = logger
        connector = Connector(options: options, backOff: BackOff(limit: 5_000), random: RandomState(seed: seed))
        let cursor = (try? surroundings.reader.cursor("feed")) ?? 0
        delivery = Delivery(cursor: cursor)
        reported = cursor
    }

    func run(until isStopping: () -> Bool) {
        connector.request()
        while !isStopping() { turn() }
        farewell()
        connector.stop()
    }

    private func turn() {
        let now = SystemClock.now().monotonic
        var interests = [PollInterest(wake.descriptor), PollInterest(connector.descriptor)]
        if let session { interests.append(PollInterest(session.descriptor, write: session.wantsWrite)) }
        let hasMore = session?.mayHaveMore ?? false
        let timeout = hasMore ? 0 : max(0, min(1_000, (session == nil ? now + 1_000 : nextBeat) - now))
        _ = Poll.wait(interests, timeout: Int(timeout))
        wake.drain()
        if let fresh = connector.take() { adopt(fresh) }
        guard let session else { return }
        do {
            try serve(session)
        } catch {
            logger.warning("feed-lost: \(error)")
            session.abandon()
            self.session = nil
            delivery.restart()
            surroundings.board.update { $0.isFeedConnected = false }
            connector.request()
        }
    }

    private func adopt(_ fresh: MQTTSession) {
        session = fresh
        owesStanding = true
        standing = []
        publishedSeal = nil
        nextBeat = 0
        do {
            try fresh.publish(
                topic: FeedTopic.status(node), payload: statusBody(isOnline: true), qos: 1, retain: true)
            if acceptsCommands {
                try fresh.subscribe([Subscription(topic: FeedTopic.commands + "+", retainAsPublished: true)])
            }
            connector.succeeded()
            surroundings.board.update { $0.isFeedConnected = true }
            logger.info("feed-connected: events go to \(fresh.address?.description ?? "the broker")")
        } catch {
            logger.warning("feed-refused: \(error)")
        }
    }

    private func serve(_ session: MQTTSession) throws {
        // A command's acknowledgement leaves with the next write, so commands are carried out first.
        repeat {
            try session.read()
            try takeCommands(session)
        } while session.mayHaveMore
        for publication in session.acknowledged { delivery.acknowledged(publication) }
        session.acknowledged.removeAll(keepingCapacity: true)
        for refusal in session.refused {
            logger.error("feed-refused: the broker refused a publication with reason \(refusal.reason); check its ACL")
            // Not authorised, topic or payload not accepted: the same again would be refused the same.
            guard [0x87, 0x90, 0x99].contains(refusal.reason) else {
                throw BrokerError(code: refusal.reason, context: "a publication was refused and will be sent again")
            }
            delivery.acknowledged(refusal.mid)
        }
        session.refused.removeAll(keepingCapacity: true)
        try publishEvents(session)
        try beat(session)
        surroundings.board.update { $0.publicationsUnderWay = delivery.underWay }
        if delivery.cursor != reported {
            reported = delivery.cursor
            surroundings.advance(reported)
        }
        let now = SystemClock.now().monotonic
        if now >= nextKeepAlive {
            nextKeepAlive = now + 1_000
            try session.keepAlive()
        }
        if session.wantsWrite { try session.write() }
    }

    private func publishEvents(_ session: MQTTSession) throws {
        try publishCommitted(session)
        // Alarms leave before whatever else there is to do.
        if session.wantsWrite { try session.write() }
        while !delivery.isFull, newest != delivery.sent {
            // No more than there is room for: what is read and not sent is read again.
            let limit = min(FeedCourier.page, Delivery.window - delivery.underWay)
            let events = try surroundings.reader.events(
                after: delivery.sent, limit: limit, withAlarms: FeedCourier.isOfAlarm)
            for (event, alarm) in events where !delivery.isFull { try attempt(event, alarm, session) }
            if events.count < limit { break }
        }
        guard owesStanding, !delivery.isFull else { return }
        try publishStanding(session)
    }

    /// Publishes what was handed over in memory, if it is what comes next and there is room; anything else is read from the
    /// store.
    private func publishCommitted(_ session: MQTTSession) throws {
        takeCommitted()
        while !delivery.isFull, let (event, commit) = fresh.first, event.sequence <= delivery.sent + 1 {
            fresh.removeFirst()
            guard event.sequence > delivery.sent else { continue }
            let alarm =
                FeedCourier.isOfAlarm(event)
                ? try commit.body(of: event.subject) ?? surroundings.reader.alarmBody(event.subject) ?? "" : nil
            try attempt(event, alarm, session)
        }
    }

    private func takeCommitted() {
        let committed = mailbox.takeAll()
        if committed.hasGap { newest = nil }
        for commit in committed.commits {
            newest = commit.events.last?.sequence
            for event in commit.events { fresh.append((event, commit)) }
        }
        // What does not fit is in the store.
        if fresh.count > FeedCourier.mostFresh { fresh = [] }
    }

    /// Whether the event comes with its alarm on the retained topic.
    private static func isOfAlarm(_ event: Event) -> Bool {
        event.type.hasPrefix("hazard.alarm.") && event.type != AlarmEventKind.late.type
    }

    /// Publishes an event; one that cannot be sent at all is passed over, so that it does not stop those behind it.
    /// - Parameter alarm: the alarm as it stands, for its retained topic; nil for events that are about none.
    private func attempt(_ event: Event, _ alarm: String?, _ session: MQTTSession) throws {
        do {
            try publish(event, alarm, session)
        } catch {
            guard let fault = error as? BrokerError, fault.isAboutMessage else { throw error }
            logger.error("feed-unsendable: event \(event.sequence) stays in the store only: \(error)")
            delivery.began(event.sequence, publications: [])
        }
    }

    private func publish(_ event: Event, _ alarm: String?, _ session: MQTTSession) throws {
        var publications = [
            try session.publish(
                topic: FeedTopic.events(event.site), payload: event.body, qos: 1,
                contentType: "application/cloudevents+json")
        ]
        if let alarm {
            publications.append(
                try session.publish(topic: FeedTopic.alarm(event.subject), payload: alarm, qos: 1, retain: true))
        }
        if let route = event.route {
            publications.append(
                try session.publish(
                    topic: FeedTopic.escalation(route), payload: event.body, qos: 1,
                    contentType: "application/cloudevents+json"))
        }
        delivery.began(event.sequence, publications: publications)
    }

    /// A broker that lost its retained messages is told again which alarms stand, once the events are out.
    private func publishStanding(_ session: MQTTSession) throws {
        if standing.isEmpty {
            standing = try surroundings.reader.standingAlarms().reversed()
        }
        for _ in 0..<Delivery.window {
            guard let alarm = standing.popLast() else { break }
            // It may have changed since the list was made; what is published is how it stands now.
            let body = try surroundings.reader.alarmBody(alarm.subject) ?? ""
            try session.publish(topic: FeedTopic.alarm(alarm.subject), payload: body, qos: 1, retain: true)
        }
        owesStanding = !standing.isEmpty
    }

    private func beat(_ session: MQTTSession) throws {
        let now = SystemClock.now()
        guard now.monotonic >= nextBeat else { return }
        nextBeat = now.monotonic + FeedCourier.heartbeatEvery
        beats += 1
        let figures = surroundings.board.current
        var json = JSONText()
        json.member("node", node)
        json.member("ts", now.wall)
        json.member("beat", beats)
        json.member("sequence", try surroundings.reader.lastSequence())
        json.member("published", delivery.cursor)
        json.member("received", figures.accounting.received)
        json.member("stored", figures.accounting.stored)
        json.member("duplicate", figures.accounting.duplicate)
        json.member("unmapped", figures.accounting.unmapped)
        json.member("quarantined", figures.accounting.quarantined)
        json.member("lag_ms", figures.lag / 1_000_000)
        json.member("pipeline_idle_ms", max(0, now.monotonic - figures.lastTurn))
        try session.publish(topic: FeedTopic.heartbeat(node), payload: json.object, qos: 0)
        try publishSeal(session)
    }

    /// Hands the newest seal to whoever listens, to be kept out of this machine's reach.
    private func publishSeal(_ session: MQTTSession) throws {
        guard let seal = try surroundings.reader.newestSeal(), seal != publishedSeal else { return }
        try session.publish(topic: FeedTopic.seal(node), payload: seal, qos: 1, retain: true)
        publishedSeal = seal
    }

    /// What is committed leaves before the last word; a broker that does not answer is not waited for.
    private func farewell() {
        guard let session else { return }
        let deadline = SystemClock.now().monotonic + 800
        do {
            while SystemClock.now().monotonic < deadline {
                try serve(session)
                let isDone = try delivery.isIdle && surroundings.reader.lastSequence() == delivery.sent
                if isDone { break }
                _ = Poll.wait(
                    [PollInterest(session.descriptor, write: session.wantsWrite)],
                    timeout: Int(max(0, deadline - SystemClock.now().monotonic)))
            }
            try publishSeal(session)
            try session.publish(
                topic: FeedTopic.status(node), payload: statusBody(isOnline: false), qos: 1, retain: true)
            try session.write()
        } catch {
            logger.warning("feed-lost: \(error)")
        }
        session.disconnectGracefully()
    }

    private func statusBody(isOnline: Bool) -> String {
        var json = JSONText()
        json.member("online", isOnline)
        json.member("ts", SystemClock.now().wall)
        return json.object
    }
}
