import Broker
import TestKit
import Testing

@Suite("connecting")
struct ConnectorTests {
    @Test("addresses are tried in order, and the first that answers is taken")
    func order() async throws {
        let server = try MosquittoServer()
        let dead = BrokerAddress(host: "127.0.0.1", port: try FreePort.find())
        let options = SessionOptions(clientID: "c", urls: [dead, server.address])
        let connector = Connector(options: options, random: SystemRandomNumberGenerator())
        #expect(connector.take() == nil)
        connector.request()
        #expect(Poll.wait([PollInterest(connector.descriptor)], timeout: 10_000)[0].canRead)
        let session = try #require(connector.take())
        #expect(session.address == server.address)
        #expect(connector.take() == nil)
        #expect(connector.failures == 1)
        #expect(connector.lastFailure?.context.contains(dead.description) == true)
        connector.succeeded()
        #expect(connector.lastFailure == nil)
        try SessionDriving.settle(session)
    }

    @Test("a broker that comes back later is found without asking again")
    func comesBack() async throws {
        let port = try FreePort.find()
        let address = BrokerAddress(host: "127.0.0.1", port: port)
        let connector = Connector(
            options: SessionOptions(clientID: "c", urls: [address]), backOff: BackOff(base: 20, limit: 100),
            random: SystemRandomNumberGenerator())
        connector.request()
        try await eventually("three failures") { connector.failures >= 3 }
        let server = try MosquittoServer(port: port)
        try await eventually("a session") { connector.take()?.address == server.address }
    }

    @Test("a connection that never proved itself does not reset the back-off")
    func noReset() throws {
        let server = try MosquittoServer()
        let connector = Connector(
            options: SessionOptions(clientID: "c", urls: [server.address]), backOff: BackOff(base: 600, limit: 600),
            random: LargestNumbers())
        func connect() throws -> Duration {
            let start = ContinuousClock.now
            connector.request()
            #expect(Poll.wait([PollInterest(connector.descriptor)], timeout: 10_000)[0].canRead)
            try #require(connector.take()).abandon()
            return ContinuousClock.now - start
        }
        _ = try connect()
        #expect(try connect() >= .milliseconds(590))
        connector.succeeded()
        #expect(try connect() < .milliseconds(400))
    }

    @Test("a stopped connector hands over nothing more")
    func stopping() throws {
        let server = try MosquittoServer()
        let connector = Connector(
            options: SessionOptions(clientID: "c", urls: [server.address]), random: SystemRandomNumberGenerator())
        connector.stop()
        connector.request()
        #expect(!Poll.wait([PollInterest(connector.descriptor)], timeout: 300)[0].canRead)
        #expect(connector.take() == nil)
    }

    @Test("back-off doubles its ceiling up to the limit and starts afresh after a success")
    func backOff() {
        var backOff = BackOff()
        var largest = LargestNumbers()
        let ceilings = (0..<10).map { _ in backOff.next(using: &largest) }
        #expect(ceilings == [0, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 15_000, 15_000])
        backOff.reset()
        #expect(backOff.next(using: &largest) == 0)
        #expect(backOff.next(using: &largest) == 200)
        var random = SystemRandomNumberGenerator()
        var jittered = BackOff(base: 10_000, limit: 10_000)
        let waits = Set((0..<50).map { _ in jittered.next(using: &random) })
        #expect(waits.count > 20 && waits.allSatisfy { (0...10_000).contains($0) })
    }

    @Test("a listener that never answers, or hangs up, is given up in time", arguments: [false, true])
    func unresponsive(hangsUp: Bool) throws {
        let listener = try MuteListener(hangsUp: hangsUp)
        for tls in [false, true] {
            let address = BrokerAddress(tls: tls, host: "127.0.0.1", port: listener.port)
            var options = SessionOptions(clientID: "c", urls: [address])
            options.connectTimeout = 700
            let session = MQTTSession(options: options)
            let start = ContinuousClock.now
            let error = #expect(throws: BrokerError.self) { try session.connect(to: address) }
            #expect(ContinuousClock.now - start < .seconds(3))
            #expect(error?.context.contains(address.description) == true)
            #expect(error?.context.contains("\"c\"") == true)
            if hangsUp {
                #expect(ContinuousClock.now - start < .milliseconds(600))
            }
        }
    }

    @Test("an address that swallows packets is given up after the connect timeout")
    func swallowed() throws {
        // With its queue of one filled, Linux drops every further SYN.
        let listener = try MuteListener(backlog: 0)
        #expect(FreePort.isListening(listener.port))
        let address = BrokerAddress(host: "127.0.0.1", port: listener.port)
        var options = SessionOptions(clientID: "c", urls: [address])
        options.connectTimeout = 500
        let session = MQTTSession(options: options)
        let start = ContinuousClock.now
        let error = #expect(throws: BrokerError.self) { try session.connect(to: address) }
        #expect(ContinuousClock.now - start < .seconds(3))
        #expect(error?.context.contains("timed out") == true)
    }

    @Test("an unknown host and a closed port are named")
    func unreachable() throws {
        let closed = BrokerAddress(host: "127.0.0.1", port: try FreePort.find())
        let unknown = BrokerAddress(host: "no-such-host.invalid", port: 1883)
        for address in [closed, unknown] {
            let session = MQTTSession(options: SessionOptions(clientID: "c", urls: [address]))
            let error = #expect(throws: BrokerError.self) { try session.connect(to: address) }
            #expect(error?.context.contains(address.description) == true)
        }
        let session = MQTTSession(options: SessionOptions(clientID: "c", urls: [closed]))
        #expect(throws: BrokerError.self) { try session.read() }
        #expect(throws: BrokerError.self) { try session.write() }
        #expect(session.descriptor == -1)
    }
}

/// Draws the largest number of every range.
private struct LargestNumbers: RandomNumberGenerator, Sendable {
    mutating func next() -> UInt64 {
        .max
    }
}
