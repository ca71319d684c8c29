import NIOCore
import NIOHTTP1
import OperatorAPI
import Registry
import Telemetry
import TestKit
import Testing

@Suite("The event stream", .timeLimit(.minutes(FullCounts.patienceMinutes)))
struct EventStreamTests {
    private let secret: TokenSecret
    private let tokens: [AccessToken]

    init() {
        var random = SystemRandomNumberGenerator()
        secret = TokenSecret(from: &random)
        tokens = [
            AccessToken(name: "crm", digest: secret.digest, role: .consumer, rate: AccessToken.highestRate)
        ]
    }

    /// A fixture whose ring is so short that most of what a consumer misses has left it.
    private func makeFixture(ring: Int = 32, _ change: (inout EventTail.Bounds) -> Void = { _ in }) throws
        -> ControlFixture
    {
        var bounds = EventTail.Bounds()
        bounds.events = ring
        bounds.pageEvents = 7
        change(&bounds)
        return try ControlFixture(tokens: tokens, bounds: bounds)
    }

    private func add(_ count: Int, padding: Int = 0, to fixture: ControlFixture) throws {
        try fixture.log.add(count, site: "shengli", padding: padding)
        fixture.tail.eventsCommitted()
    }

    @Test("loses and repeats nothing, however often a consumer comes back and however far it was behind")
    func resumption() async throws {
        let fixture = try makeFixture()
        var random = SystemRandomNumberGenerator()
        let rounds = FullCounts.areAsked ? 400 : 60
        try await fixture.whileListening { address in
            var had: [Int64] = []
            for _ in 0..<rounds {
                // Up to three times what the ring holds is missed; more comes while it is listened to.
                try add(Int.random(in: 0...100, using: &random), to: fixture)
                let socket = try StreamSocket(
                    address, token: secret.text, after: had.isEmpty ? 0 : nil, lastEventID: had.last)
                let wanted = Int64.random(in: 1...120, using: &random)
                try await eventually("\(wanted) events more") {
                    if Bool.random(using: &random) { try add(Int.random(in: 1...20, using: &random), to: fixture) }
                    socket.pump()
                    return socket.ids.count >= wanted
                }
                had += socket.ids
            }
            let last = try StreamSocket(address, token: secret.text, lastEventID: had.last)
            try add(1, to: fixture)
            try await eventually("the rest") {
                last.pump()
                return last.ids.last == fixture.log.newest
            }
            had += last.ids
            #expect(had == Array(1...fixture.log.newest))
            print("stream: \(had.count) events over \(rounds + 1) connections, none lost, none twice")
        }
    }

    @Test("begins with what comes next where nothing is asked for, and says how long to wait before coming back")
    func fromNow() async throws {
        let fixture = try makeFixture()
        try await fixture.whileListening { address in
            let socket = try StreamSocket(address, token: secret.text)
            try await eventually("the stream stands") {
                socket.pump()
                return socket.others.contains("retry: 2000")
            }
            #expect(socket.others.first == "HTTP/1.1 200 OK")
            #expect(socket.others.contains { $0.lowercased() == "content-type: text/event-stream" })
            try add(3, to: fixture)
            try await eventually("the new events") {
                socket.pump()
                return socket.ids == [3, 4, 5]
            }
        }
    }

    @Test(
        "refuses what it cannot resume from, and more streams than its bound, as problems; a place is free again after use"
    )
    func refusals() async throws {
        let fixture = try makeFixture { $0.streams = 2 }
        try await fixture.whileListening { address in
            let url = address + "/v1/events/stream"
            #expect(try await ControlFixture.ask(.GET, url + "?after=x", token: secret.text).status == 400)
            for (id, status) in [("x", UInt(400)), ("-1", 400), ("99", 409)] {
                let answer = try await ControlFixture.ask(
                    .GET, url, token: secret.text, headers: [("Last-Event-ID", id)])
                #expect(answer.status == status && answer.type == "application/problem+json", "\(id)")
            }
            var sockets = [
                try StreamSocket(address, token: secret.text), try StreamSocket(address, token: secret.text),
            ]
            try await eventually("two streams stand") { fixture.tail.streamCount == 2 }
            let third = try await ControlFixture.ask(.GET, url, token: secret.text)
            #expect(third.status == 503 && third.headers.first(name: "retry-after") == "10")
            sockets.removeLast()
            try await eventually("one has gone") { fixture.tail.streamCount == 1 }
            #expect(try await ControlFixture.ask(.GET, url, token: secret.text).status == 200)
            #expect(sockets.count == 1)
        }
    }

    @Test("ends with a word about it once the token no longer holds")
    func withdrawn() async throws {
        let fixture = try makeFixture()
        try await fixture.whileListening { address in
            let socket = try StreamSocket(address, token: secret.text, after: 0)
            try await eventually("the stream stands") {
                socket.pump()
                return socket.ids == [1, 2]
            }
            fixture.desk.adopt([], at: SystemClock.now())
            try add(1, to: fixture)
            try await eventually("the stream ends") {
                socket.pump()
                return socket.others.contains("event: error") && fixture.tail.streamCount == 0
            }
            #expect(socket.ids == [1, 2], "nothing is shown to who may not see it any more")
        }
    }

    @Test("says that it is there while nothing happens")
    func silence() async throws {
        let fixture = try makeFixture { $0.silence = 0 }
        let heart = Task { [tail = fixture.tail] in await tail.beat(every: .milliseconds(5)) }
        defer { heart.cancel() }
        try await fixture.whileListening { address in
            let socket = try StreamSocket(address, token: secret.text)
            try await eventually("three comments") {
                socket.pump()
                return socket.others.filter { $0.hasPrefix(":") }.count >= 3
            }
        }
    }

    @Test("tells at once of what is committed, and together of what follows within a moment")
    func pace() async throws {
        // With one stream a second passes between two wakes.
        let fixture = try makeFixture { $0.wakes = 1 }
        try await fixture.whileListening { address in
            let socket = try StreamSocket(address, token: secret.text, after: 0)
            func events(_ count: Int) async throws {
                try await eventually("\(count) events") {
                    socket.pump()
                    return socket.ids.count >= count
                }
            }
            try await events(2)
            // However late this thread sees it, the third is told after this moment, and the fourth a second after that.
            let began = ContinuousClock.now
            try add(1, to: fixture)
            try await events(3)
            for _ in 0..<4 { try add(1, to: fixture) }
            try await events(4)
            #expect(ContinuousClock.now - began > .milliseconds(900))
            socket.pump()
            #expect(socket.ids == Array(1...7), "all of them have come with the first")
        }
    }

    @Test("disconnects who does not read, and holds up nobody else meanwhile")
    func slowConsumer() async throws {
        let fixture = try makeFixture(ring: 4_096) { $0.pageEvents = 128 }
        try await fixture.whileListening(patience: .seconds(2)) { address in
            let slow = try StreamSocket(address, token: secret.text, after: 0, room: 4_096)
            let fast = try StreamSocket(address, token: secret.text, after: 0)
            try await eventually("two streams stand") { fixture.tail.streamCount == 2 }
            var added = 0
            try await eventually(within: .seconds(60), "the slow one is disconnected") {
                if added < 40 {
                    try add(50, padding: 8_192, to: fixture)
                    added += 1
                }
                fast.pump()
                return fixture.tally.current.cut == 1
            }
            // It has as long to read the last word as it had to read the rest.
            try await eventually("the slow one finds what it was sent, and why there is no more of it") {
                slow.pump()
                return slow.isClosed
            }
            #expect(slow.others.contains("event: error"), "\(slow.others)")
            #expect(slow.others.contains { $0.contains("unread") && $0.contains("resume with Last-Event-ID") })
            try await eventually("the slow one's place is free") { fixture.tail.streamCount == 1 }
            try await eventually("the fast one has everything") {
                fast.pump()
                return fast.ids.last == fixture.log.newest
            }
            #expect(fast.ids == Array(1...fixture.log.newest) && !fast.isClosed)
            let resumed = try StreamSocket(address, token: secret.text, lastEventID: slow.ids.last ?? 0)
            try await eventually("the slow one has come back for the rest") {
                resumed.pump()
                return resumed.ids.last == fixture.log.newest
            }
            #expect(slow.ids + resumed.ids == Array(1...fixture.log.newest))
        }
    }
}
