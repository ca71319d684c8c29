import Broker
import Decoding
import Figures
import Glibc
import Logging
import Pipeline
import Registry
import Settings
import Store
import Telemetry

extension IngestLane {
    /// Subscribes with a session that the connector brought; what came with its CONNACK is read next.
    func adopt(_ fresh: MQTTSession) {
        session?.abandon()
        session = fresh
        let place = fresh.address?.description ?? "the broker"
        if let connack = fresh.connack {
            logger.info("broker-connected: \(place), session \(connack.sessionPresent ? "kept" : "new")")
            for warning in Preflight.warnings(connack, options: fresh.options) {
                logger.warning("broker-preflight: \(warning)")
            }
        }
        do {
            try subscribe(fresh)
        } catch {
            lose(fresh, "\(error)")
        }
    }

    /// Subscribes to every source, whether or not the broker kept the session, and drops what left the settings.
    func subscribe(_ session: MQTTSession) throws {
        let topics = configuration.settings.sources.map(\.topic)
        let filters =
            topics.map { Subscription(topic: $0, qos: 1, retainHandlingNew: true) }
            + [Subscription(topic: TopicRouter.statusFilter, qos: 1)]
        subscriptionsFormer = try store.addSubscriptions(topics)
        if !subscriptionsFormer.isEmpty { try session.unsubscribe(subscriptionsFormer) }
        subscriptionsOwed = Set(try session.subscribe(filters))
    }

    func lose(_ session: MQTTSession, _ cause: String) {
        logger.warning("broker-lost: \(cause)")
        session.abandon()
        self.session = nil
        subscriptionsOwed = []
        engine.brokerLost(cause: "connection lost", at: SystemClock.now())
        board.update { figures in
            figures.isSubscribed = false
            figures.brokerLosses += 1
        }
        connector.request()
    }

    /// Reads what has arrived, up to a burst's bounds, and runs it through the engine. Nothing here writes to the
    /// socket. What was read stays in hand even when the connection ends meanwhile: the broker sends it again, and
    /// it is recognised.
    /// - Returns: whether there was anything.
    func readBurst(_ session: MQTTSession) -> Bool {
        let limits = configuration.settings.commit
        let end = SystemClock.now().monotonic + limits.maximumDelay
        let full = committedTotals.received + Int64(limits.maximumSamples)
        var messages = 0
        do {
            while true {
                messages += takeIn(session)
                guard engine.totals.received < full,
                    messages < Int(sessionOptions.receiveMaximum), SystemClock.now().monotonic <= end
                else { break }
                if !session.mayHaveMore, !canRead(session) { break }
                try session.read()
                try noteSubscribed(session)
            }
        } catch {
            messages += takeIn(session)
            lose(session, "\(error)")
            return messages > 0
        }
        guard messages > 0 else { return false }
        if faults.dropsBurst() { shutdown(session.descriptor, Int32(SHUT_RDWR)) }
        if faults.stalls() { while true { Glibc.pause() } }
        return true
    }

    private func canRead(_ session: MQTTSession) -> Bool {
        Poll.wait([PollInterest(session.descriptor)], timeout: 0)[0].canRead
    }

    private func noteSubscribed(_ session: MQTTSession) throws {
        guard !session.subscribed.isEmpty else { return }
        defer { session.subscribed.removeAll(keepingCapacity: true) }
        for answer in session.subscribed {
            guard !answer.isRefused else {
                throw BrokerError(
                    code: answer.codes.first ?? 0,
                    context: "the broker refused a telemetry subscription with reason \(answer.codes); "
                        + "its ACL must let client \(session.options.clientID) read the sources' topics")
            }
            subscriptionsOwed.remove(answer.mid)
        }
        guard subscriptionsOwed.isEmpty else { return }
        // The UNSUBSCRIBE went before, so the broker has carried it out.
        try store.removeSubscriptions(subscriptionsFormer)
        subscriptionsFormer = []
        connector.succeeded()
        schedule.brokerDeadline = nil
        engine.brokerRestored(at: SystemClock.now())
        isSubscribed = true
        board.update { $0.isSubscribed = true }
    }

    /// Runs every message that has arrived through the engine.
    private func takeIn(_ session: MQTTSession) -> Int {
        let count = session.incoming.count
        guard count > 0 else { return 0 }
        let now = SystemClock.now()
        lastMessage = now.monotonic
        if burstBegan == nil { burstBegan = SystemClock.nanoseconds() }
        for place in 0..<count {
            take(session.incoming, place, at: now)
        }
        session.incoming.removeAll()
        return count
    }

    private func take(_ arena: MessageArena, _ place: Int, at now: Instant) {
        let topic = unsafe arena.topic(place)
        let payload = unsafe arena.payload(place)
        let record = arena.records[place]
        switch unsafe router.route(topic) {
        case .telemetry(let source, let gateway):
            guard !record.oversize else {
                unsafe engine.refuse(
                    topic: topic, payload: payload, reason: "oversize",
                    detail: "\(record.fullLength) bytes exceed broker.max_message_bytes "
                        + "\(sessionOptions.maximumMessageBytes); send smaller batches or raise the limit", at: now)
                return
            }
            if let fault = unsafe decoders[source].decode(payload) {
                unsafe engine.refuse(
                    topic: topic, payload: payload, reason: "unparseable", detail: fault.reason, at: now)
                return
            }
            let message = unsafe ReceivedMessage(
                topic: topic, gateway: UnsafeRawBufferPointer(rebasing: topic[gateway]), payload: payload,
                isRetained: record.retained, records: decoders[source].records, values: decoders[source].values)
            engine.receive(message, at: now)
        case .status(let gateway):
            let name = unsafe UnsafeRawBufferPointer(rebasing: topic[gateway])
            guard let index = unsafe engine.gatewayIndex(name) else { return }
            guard let status = unsafe GatewayStatusMessage(payload) else {
                logger.warning(
                    "status-unreadable: gateway \(unsafe String(decoding: name, as: UTF8.self)) published a status that is not {\"online\":true|false}"
                )
                return
            }
            engine.gatewayStatus(index, isOnline: status.online, isRetained: record.retained, at: now)
        case .none:
            unsafe engine.refuse(
                topic: topic, payload: payload, reason: "topic",
                detail: "no source in the settings covers this topic; the broker still had it subscribed", at: now)
        }
    }
}
