import Pipeline
import Store

/// An episode as the event log has it.
struct Incident {
    let episode: String
    /// `SITE/OBJECT/CONDITION`
    let subject: String
    /// By sequence; at least one.
    let events: [EvidenceReader.StoredEvent]
    /// The first raise.
    let raised: EventFacts
    let raisedAt: Int64
    let times: ClosedRange<Int64>

    /// - Parameters:
    ///   - name: an episode, or the subject of a standing alarm or of the last episode on record.
    ///   - rule: what is held where the episode has no hold.
    init(_ name: String, rule: HoldRule, in state: EvidenceReader) throws {
        let (episode, subject) = try Incident.find(name, state)
        let hold = try state.hold(of: episode)
        let events = try state.events(ofEpisode: episode, subject: subject ?? hold?.subject)
        let facts = try events.map { try EventFacts(body: $0.body) }
        guard let place = facts.firstIndex(where: { $0.kind == "raised" }) ?? facts.indices.first else {
            throw IncidentError(
                "no episode \(name) is in the event log; valid: an EPISODE, or SITE/OBJECT/CONDITION, as "
                    + "`hazardctl alarms`, `hazardctl holds` and `hazardctl events` have them")
        }
        self.episode = episode
        self.subject = events[place].subject
        self.events = events
        raised = facts[place]
        raisedAt = facts[place].data.raisedAt ?? events[place].time
        let turns = zip(events, facts).filter { ["raised", "returned", "cleared"].contains($0.1.kind) }
        times = hold?.times ?? rule.times(raisedAt: raisedAt, latest: turns.map(\.0.time).max() ?? raisedAt)
    }

    private static func find(_ name: String, _ state: EvidenceReader) throws -> (episode: String, subject: String?) {
        guard name.contains("/") else { return (name.uppercased(), nil) }
        if let episode = try state.standingEpisode(name) { return (episode, name) }
        let site = String(name.prefix { $0 != "/" })
        let last = try state.newestEvent(ofType: "hazard.alarm.%", site: site, subject: name)
        guard let episode = try last.flatMap({ try EventFacts(body: $0.body).data.episode }) else {
            throw IncidentError(
                "alarm \(name) does not stand and is not in the event log; valid: SITE/OBJECT/CONDITION as "
                    + "`hazardctl events` has it, or an EPISODE")
        }
        return (episode, name)
    }
}
