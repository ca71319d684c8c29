import AlarmFigures
import Alarms
import Foundation
import Telemetry
import Testing

@Suite("The scanner of event bodies")
struct EventScannerTests {
    private static func event() -> LoggedEvent {
        LoggedEvent(.raised, at: 5, site: "shengli", subject: "shengli/LT-101/HH")
    }

    private static func scan(_ body: String) -> LoggedEvent? {
        var event = event()
        return EventScanner.read(body, into: &event) ? event : nil
    }

    private static func body(
        _ alarm: Alarm, actor: String? = nil, comment: String? = nil, kind: AlarmEventKind = .raised
    ) -> String {
        Event(
            node: "kenli-1", sequence: 12, previous: 9, id: ULID(high: 3, low: 4), type: kind.type, site: "shengli",
            subject: alarm.subject.description, time: 5, data: alarm.json(actor: actor, comment: comment)
        ).body
    }

    @Test("reads what the daemon writes, whatever the texts hold")
    func written() throws {
        var alarm = Alarm(
            subject: AlarmSubject(site: "shengli", object: "LT-101", condition: .highHigh),
            episode: ULID(high: 7, low: 8), machine: AlarmMachine(state: .returnedUnacknowledged),
            suppression: .outOfService, priority: .critical, source: #"罐"组\1"#, point: "LT-101", unit: "m", value: 9.51,
            limit: 9.5, sampledAt: 123, receivedAt: 130, raisedAt: 1_763_880_000_123, cause: "BROKER",
            consequence: BilingualText(zh: #"溢罐,"exercise":true}"#, en: "a\\"),
            action: BilingualText(zh: nil, en: "{[\"}"))
        let found = try #require(
            EventScannerTests.scan(
                EventScannerTests.body(alarm, actor: "li", comment: #"seen "state":"normal" \"#)))
        var expected = EventScannerTests.event()
        expected.source = alarm.source
        expected.priority = .critical
        expected.state = .returnedUnacknowledged
        expected.suppression = .outOfService
        expected.raisedAt = 1_763_880_000_123
        expected.hasActor = true
        expected.hasComment = true
        expected.hasCause = true
        expected.value = 9.51
        expected.unit = "m"
        expected.limit = 9.5
        expected.sampledAt = 123
        #expect(found == expected)
        alarm.cause = nil
        alarm.source = ""
        let bare = try #require(EventScannerTests.scan(EventScannerTests.body(alarm, comment: "")))
        #expect(bare.source == "" && !bare.hasActor && !bare.hasComment && !bare.hasCause && !bare.isExercise)
        for state in AlarmState.allCases {
            alarm.machine = AlarmMachine(state: state)
            #expect(EventScannerTests.scan(EventScannerTests.body(alarm))?.state == state)
        }
    }

    @Test("reads any JSON that says the same, in any order, with members it does not know")
    func foreign() throws {
        let found = try #require(
            EventScannerTests.scan(
                """
                { "more" : [1, {"data": 5}, "]"], "n": -1.5e3 , "data":{ "exercise" : true,"state":"acknowledged",
                  "priority":"low" , "deep":{"state":"normal"}, "raised_at": -7, "source":"A\\u00e9\\n\\"\\ud83d\\ude00",
                  "suppression":"shelved" } }
                """))
        #expect(found.isExercise && found.state == .acknowledged && found.priority == .low)
        #expect(found.raisedAt == -7 && found.suppression == .shelved)
        #expect(found.source == "Aé\n\"😀")
    }

    @Test("reads values of raises and returns alone, as written; none where there is none")
    func values() {
        func value(_ text: String, _ kind: AlarmEventKind = .raised) -> Double? {
            var event = LoggedEvent(kind, at: 5, site: "shengli", subject: "shengli/LT-101/HH")
            let body = #"{"data":{"value":\#(text),"state":"normal","priority":"low","suppression":"none"}}"#
            return EventScanner.read(body, into: &event) ? event.value : -1
        }
        #expect(value("-1.25e-3") == -0.00125 && value("7") == 7 && value("7", .returned) == 7)
        #expect(value("null") == nil && value("\"7\"") == nil && value("7", .acknowledged) == nil)
    }

    @Test(
        "refuses what does not say how the alarm stands",
        arguments: [
            "", "{", "[]", "null", "{}", #"{"data":5}"#, #"{"data":{}}"#, #"{"data":{"state":"normal"}}"#,
            #"{"data":{"state":"odd","priority":"low","suppression":"none"}}"#,
            #"{"data":{"state":"normal","priority":"low","suppression":"none""#,
            #"{"data":{"state":"normal","priority":"low","suppression":none}}"#,
            #"{"data":{"state":"normal" "priority":"low","suppression":"none"}}"#,
        ])
    func refused(body: String) {
        #expect(EventScannerTests.scan(body) == nil)
    }

    @Test("stays within bodies cut off anywhere and changed at random")
    func hostile() {
        let alarm = Alarm(
            subject: AlarmSubject(site: "shengli", object: "LT-101", condition: .highHigh),
            episode: ULID(high: 7, low: 8), machine: AlarmMachine(state: .unacknowledged), priority: .high,
            source: "TF-1", receivedAt: 130, raisedAt: 5, action: BilingualText(en: "stop \"it\" \\ now"))
        let whole = Array(EventScannerTests.body(alarm, actor: "li").utf8)
        #expect(EventScannerTests.scan(String(decoding: whole, as: UTF8.self)) != nil)
        var event = EventScannerTests.event()
        // All but the envelope's own closing brace is needed.
        for length in 0..<(whole.count - 1) {
            let part = Array(whole[..<length])
            let isRead = EventScanner.read(part.span, into: &event)
            #expect(!isRead, "\(length) bytes")
        }
        var random = RandomState(seed: 5)
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<(1 + random.next() % 4) {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            _ = EventScanner.read(bytes.span, into: &event)
        }
    }
}
