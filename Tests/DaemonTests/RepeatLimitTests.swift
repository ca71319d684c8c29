import Daemon
import Testing

@Suite("Repeated log lines")
struct RepeatLimitTests {
    @Test("are let through ten times a minute, then counted, and summed up with the next that is")
    func limit() {
        let limit = RepeatLimit()
        let admitted = (0..<30).filter { limit.admit("broker-lost", at: Int64($0) * 1_000).isAdmitted }
        #expect(admitted == Array(0..<10))
        #expect(limit.admit("store-failed", at: 29_000).isAdmitted, "another trouble is not held back")
        let next = limit.admit("broker-lost", at: 60_000)
        #expect(next.isAdmitted && next.heldBack == 20)
        #expect(limit.admit("broker-lost", at: 61_000).heldBack == 0)
    }
}
