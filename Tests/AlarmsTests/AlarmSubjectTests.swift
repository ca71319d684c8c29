import Alarms
import Telemetry
import Testing

@Suite("Alarm subjects")
struct AlarmSubjectTests {
    @Test("are read back as written, for every condition", arguments: Condition.allCases)
    func roundTrip(condition: Condition) {
        let subject = AlarmSubject(site: "shengli", object: "LT-101", condition: condition)
        #expect(subject.description == "shengli/LT-101/\(condition.name)")
        #expect(AlarmSubject(subject.description) == subject)
    }

    @Test(
        "are read of anything else as nothing",
        arguments: ["", "shengli", "shengli/LT-101", "shengli/LT-101/HHH", "shengli/LT-101/hh", "shengli/LT-101/"])
    func notASubject(text: String) {
        #expect(AlarmSubject(text) == nil)
    }

    @Test("of the node and of shared gateways are read too")
    func reserved() {
        #expect(AlarmSubject("_node/n1/STORE")?.condition == .store)
        #expect(AlarmSubject("_gateways/gw1/OFFLINE")?.site == AlarmSubject.sharedGatewaySite)
    }
}
