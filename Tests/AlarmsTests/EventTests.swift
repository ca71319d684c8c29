import Alarms
import Foundation
import Telemetry
import Testing

@Suite("Events")
struct EventTests {
    @Test("count in 20 digits that sort as text")
    func padding() {
        #expect(Event.padded(1042) == "00000000000000001042")
        #expect(Event.padded(Int64.max) == "09223372036854775807")
        let numbers: [Int64] = [0, 1, 9, 10, 99, 100, 12_345, .max]
        let texts = numbers.map { Event.padded($0) }
        #expect(texts == texts.sorted())
        #expect(texts.allSatisfy { $0.count == 20 })
    }

    @Test("are CloudEvents with every attribute of the contract")
    func envelope() throws {
        var random = RandomState(seed: 1)
        let id = ULID(time: 1_763_880_000_123, random: &random)
        let event = Event(
            node: "kenli-1", sequence: 12, previous: 9, id: id, type: "hazard.alarm.raised.v1", site: "shengli",
            subject: "shengli/LT-101/HH", time: 1_763_880_000_123, data: #"{"value":9.51}"#)
        let body = try JSONSerialization.jsonObject(with: Data(event.body.utf8)) as? [String: Any] ?? [:]
        #expect(body["specversion"] as? String == "1.0")
        #expect(body["id"] as? String == id.description)
        #expect(body["source"] as? String == "/hazardd/kenli-1")
        #expect(body["type"] as? String == "hazard.alarm.raised.v1")
        #expect(body["subject"] as? String == "shengli/LT-101/HH")
        #expect(body["time"] as? String == "2025-11-23T06:40:00.123Z")
        #expect(body["sequence"] as? String == "00000000000000000012")
        #expect(body["previous"] as? String == "00000000000000000009")
        #expect(body["datacontenttype"] as? String == "application/json")
        #expect((body["data"] as? [String: Any])?["value"] as? Double == 9.51)
    }

    @Test("of a site's first have no previous")
    func first() throws {
        var random = RandomState(seed: 1)
        let event = Event(
            node: "n1", sequence: 1, previous: nil, id: ULID(time: 0, random: &random), type: "t", site: "s",
            subject: "s/o/H", time: 0, data: "{}")
        #expect(!event.body.contains("previous"))
    }

    @Test("carry the alarm with every member of the contract")
    func alarmData() throws {
        var random = RandomState(seed: 2)
        var machine = AlarmMachine()
        _ = machine.activate()
        let alarm = Alarm(
            subject: AlarmSubject(site: "shengli", object: "LT-101", condition: .highHigh),
            episode: ULID(time: 5, random: &random), machine: machine, priority: .critical, source: "TF-1",
            point: "LT-101", unit: "m", value: 9.51, limit: 9.5, sampledAt: 123, receivedAt: 130, raisedAt: 130,
            consequence: BilingualText(zh: "溢罐"), action: BilingualText(en: "stop the pump"))
        let text = alarm.json(actor: "li", comment: "seen", tier: "county")
        let data = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        for member in [
            "episode", "site", "source", "point", "condition", "priority", "state", "suppression", "value", "unit",
            "limit", "sampled_at", "received_at", "actor", "comment", "tier", "consequence", "action", "cause",
            "exercise",
        ] { #expect(data[member] != nil, "\(member)") }
        #expect(data["state"] as? String == "unacknowledged")
        #expect(data["priority"] as? String == "critical")
        #expect(data["value"] as? Double == 9.51)
        #expect(data["sampled_at"] as? Int == 123)
        #expect(data["cause"] is NSNull)
        #expect((data["consequence"] as? [String: Any])?["zh"] as? String == "溢罐")
        #expect(data["exercise"] as? Bool == false)
    }

    @Test("have the types of the contract")
    func types() {
        #expect(AlarmEventKind.allCases.allSatisfy { $0.type == "hazard.alarm.\($0.rawValue).v1" })
    }
}
