import AlarmFigures
import Alarms
import Telemetry
import Testing

@Suite("Proposals for chattering alarms")
struct ChatterProposalTests {
    private typealias Log = FigureLog

    /// Transitions of one alarm: seconds, value, and the source's own seconds where they are not the same.
    private static func proposal(
        _ transitions: [(at: Double, value: Double?, sampledAt: Double?)], _ subject: String = "LT-1",
        condition: String = "H", limit: Double = 9.5
    ) throws -> ChatterProposal? {
        var log = FigureLog()
        for (number, transition) in transitions.enumerated() {
            log.add(number % 2 == 0 ? .raised : .returned, subject, at: transition.at) { event in
                event.subject = "shengli/\(subject)/\(condition)"
                event.value = transition.value
                event.limit = limit
                event.unit = "m"
                event.sampledAt = Log.time(transition.sampledAt ?? transition.at)
            }
        }
        return log.report(0, Log.hour).whole.chattering.first?.proposal
    }

    @Test("are a deadband wider than the values went back, and an off-delay longer than the longest pause, as worked")
    func both() throws {
        let proposal = try #require(
            try ChatterProposalTests.proposal([
                (0, 9.51, nil), (10, 9.45, nil), (14, 9.52, nil), (20, 9.4, nil), (29, 9.5, nil),
            ]))
        // 9.5 - 9.4 = 0.1, times 1.2; from 20 s to 29 s, times 1.2 is 10.8 s.
        #expect(proposal.deadband == 0.12 && proposal.unit == "m")
        #expect(proposal.offDelayLongerBy == 11_000)
        #expect(
            proposal.working == [
                "deadband: values that ended it lay at most 0.1 m off the limit; times 1.2, rounded up, 0.12 m, "
                    + "at least.",
                "off_delay_s: it came again at most 9 s after it returned; times 1.2, rounded up, 11 s longer than now.",
            ])
    }

    @Test("go by the stretches of chattering alone, not by how the alarm returns otherwise")
    func stretchesOnly() throws {
        let proposal = try #require(
            try ChatterProposalTests.proposal([
                (0, 9.51, nil), (10, 9.49, nil), (12, 9.51, nil), (300, 2, nil), (900, 9.6, nil), (1_500, 1, nil),
            ]))
        #expect(proposal.deadband == 0.012)
        #expect(proposal.offDelayLongerBy == 3_000)
    }

    @Test("take the source's clock for pauses, by which off-delays go")
    func sourceTime() throws {
        let proposal = try #require(
            try ChatterProposalTests.proposal([(0, 9.6, 0), (1, 9.4, 20), (2, 9.6, 45)]))
        #expect(proposal.offDelayLongerBy == 30_000)
    }

    @Test("mirror for low limits, have no deadband without a limit or value, and none for what has no delay")
    func conditions() throws {
        let low = try ChatterProposalTests.proposal(
            [(0, 0.9, nil), (5, 1.1, nil), (9, 0.95, nil)], condition: "LL", limit: 1)
        #expect(low?.deadband == 0.12)
        let stale = try #require(
            try ChatterProposalTests.proposal([(0, 1, nil), (5, 2, nil), (9, 1, nil)], condition: "STALE"))
        #expect(stale.deadband == nil && stale.offDelayLongerBy == 5_000)
        let bare = try #require(try ChatterProposalTests.proposal([(0, nil, nil), (5, nil, nil), (9, nil, nil)]))
        #expect(bare.deadband == nil && bare.offDelayLongerBy == 5_000)
        let gateway = try #require(
            try ChatterProposalTests.proposal([(0, nil, nil), (5, nil, nil), (9, nil, nil)], condition: "OFFLINE"))
        #expect(gateway.deadband == nil && gateway.offDelayLongerBy == nil)
        #expect(gateway.working == ["no deadband or off-delay can be set for it: look for the cause."])
    }

    @Test("are not made for an alarm that does not chatter")
    func calm() throws {
        #expect(try ChatterProposalTests.proposal([(0, 9.6, nil), (30, 9.4, nil), (60, 9.6, nil)]) == nil)
    }
}
