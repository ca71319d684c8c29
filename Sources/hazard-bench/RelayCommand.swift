import ArgumentParser
import Broker
import Foundation
import GRDB
import Telemetry

/// `hazard-bench relay`: the floor of an alarm's latency: a message is put on disk in one small transaction and
/// published again. It takes the telemetry in as well, and throws it away.
struct RelayCommand: ParsableCommand {
    static let readyMark = "subscribed"
    static let probeTopic = "bench/probe"
    static let answerTopic = "bench/answer"
    static let configuration = CommandConfiguration(
        commandName: "relay", abstract: "Commit each probe and publish it again.", shouldDisplay: false)

    @Option var broker: String
    @Option var database: String

    func run() throws {
        let options = SessionOptions(clientID: "hazard-bench-relay", urls: [try BrokerAddress(url: broker)])
        let session = MQTTSession(options: options)
        try session.connect(to: options.urls[0])
        try session.subscribe([
            Subscription(topic: RelayCommand.probeTopic), Subscription(topic: "hazard/v1/gateways/+/telemetry"),
        ])
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        }
        let queue = try DatabaseQueue(path: database, configuration: configuration)
        try queue.write { try $0.execute(sql: "CREATE TABLE probe (id INTEGER PRIMARY KEY, body BLOB)") }
        var answers = 0
        while true {
            try serve(session, queue)
            answers += session.subscribed.count
            session.subscribed.removeAll()
            if answers == 2 {
                answers = 0
                try? FileHandle.standardOutput.write(contentsOf: Data((RelayCommand.readyMark + "\n").utf8))
            }
        }
    }

    private func serve(_ session: MQTTSession, _ queue: DatabaseQueue) throws {
        _ = Poll.wait([PollInterest(session.descriptor, write: session.wantsWrite)], timeout: 1_000)
        repeat { try session.read() } while session.mayHaveMore && session.incoming.count < 1_000
        for place in 0..<session.incoming.count where session.incoming.topicText(place) == RelayCommand.probeTopic {
            let body = unsafe [UInt8](session.incoming.payload(place))
            try queue.write {
                try $0.cachedStatement(sql: "INSERT INTO probe (body) VALUES (?)").execute(arguments: [Data(body)])
            }
            try session.publish(topic: RelayCommand.answerTopic, payload: body)
        }
        session.incoming.removeAll()
        session.acknowledged.removeAll()
        try session.keepAlive()
        if session.wantsWrite { try session.write() }
    }
}
