import Alarms
import Broker
import Logging
import Pipeline
import Store
import Telemetry

extension FeedCourier {
    /// How long a command's identifier is remembered, in milliseconds.
    private static let memory: Int64 = 86_400_000

    /// Carries out the commands that arrived, one after the other, each up to its commit.
    func takeCommands(_ session: MQTTSession) throws {
        for place in 0..<session.incoming.count {
            let topic = session.incoming.topicText(place)
            guard topic.hasPrefix(FeedTopic.commands) else { continue }
            let user = String(topic.dropFirst(FeedTopic.commands.count))
            let payload = unsafe [UInt8](session.incoming.payload(place))
            let record = session.incoming.records[place]
            let response = unsafe String(decoding: session.incoming.bytes(record.responseTopic), as: UTF8.self)
            let correlation = unsafe [UInt8](session.incoming.bytes(record.correlation))
            let reply = try answer(payload, user: user, isRetained: record.retained)
            let answer = Answer(
                topic: FeedTopic.reply(user, asked: response), body: reply, correlation: correlation)
            try send(answer, session)
        }
        session.incoming.removeAll()
    }

    private struct Answer {
        let topic: String
        let body: String
        let correlation: [UInt8]
    }

    /// A response topic that cannot be published to costs the asker the answer, and nobody else anything.
    private func send(_ answer: Answer, _ session: MQTTSession) throws(BrokerError) {
        do throws(BrokerError) {
            try session.publish(
                topic: answer.topic, payload: Array(answer.body.utf8), qos: 1,
                correlation: answer.correlation.isEmpty ? nil : answer.correlation)
        } catch {
            guard error.isAboutMessage else { throw error }
            logger.warning("reply-unsendable: the answer on \(answer.topic): \(error)")
        }
    }

    private func answer(_ payload: [UInt8], user: String, isRetained: Bool) throws -> String {
        guard !isRetained else {
            return reply(id: nil, outcome: "refused", detail: "a retained command is refused: it would repeat itself")
        }
        let message: CommandMessage
        do {
            message = try CommandMessage(payload, actor: user)
        } catch {
            return reply(id: error.id, outcome: "invalid", detail: error.reason)
        }
        let earliest = SystemClock.now().wall - FeedCourier.memory
        if let known = try surroundings.reader.outcome(actor: user, requestID: message.id, since: earliest) {
            return reply(id: message.id, outcome: "repeated", detail: known)
        }
        switch surroundings.execute(message.command) {
        case .done(let alarm): return reply(id: message.id, outcome: "done", alarm: alarm)
        case .notFound(let reason): return reply(id: message.id, outcome: "unknown", detail: reason)
        case .refused(let reason): return reply(id: message.id, outcome: "refused", detail: reason)
        case nil:
            // Not committed: the session is given up without acknowledging, and the broker delivers it again.
            throw BrokerError(code: 0, context: "a command could not be committed now; it stays with the broker")
        }
    }

    private func reply(id: String?, outcome: String, detail: String? = nil, alarm: String? = nil) -> String {
        var json = JSONText()
        json.member("id", id)
        json.member("outcome", outcome)
        if let detail { json.member("detail", detail) }
        if let alarm { json.member("alarm", json: alarm) }
        return json.object
    }
}
