import Alarms
import Telemetry
import Testing

@Suite("What a command on alarms is about")
struct AlarmTargetTests {
    @Test("is an object, or one of its alarms")
    func reading() {
        #expect(AlarmTarget("shengli/LT-1") == AlarmTarget(site: "shengli", object: "LT-1"))
        #expect(AlarmTarget("shengli/LT-1/HH") == AlarmTarget(site: "shengli", object: "LT-1", condition: .highHigh))
        #expect(AlarmTarget("shengli/LT-1/HH")?.description == "shengli/LT-1/HH")
        for text in ["", "shengli", "shengli/", "/LT-1", "shengli/LT-1/", "shengli/LT-1/hh", "a/b/HH/c"] {
            #expect(AlarmTarget(text) == nil, "\(text)")
        }
    }

    @Test("covers all conditions of an object, or the one that it names")
    func covering() {
        let high = AlarmSubject(site: "shengli", object: "LT-1", condition: .high)
        #expect(AlarmTarget(site: "shengli", object: "LT-1").covers(high))
        #expect(AlarmTarget(site: "shengli", object: "LT-1", condition: .high).covers(high))
        #expect(!AlarmTarget(site: "shengli", object: "LT-1", condition: .low).covers(high))
        #expect(!AlarmTarget(site: "shengli", object: "LT-2").covers(high))
        #expect(!AlarmTarget(site: "kenli", object: "LT-1").covers(high))
    }
}
