import Testing

/// What must hold of every event log.
enum EventOrder {
    /// The sequence counts from 1 without a gap, and `previous` names the event before on the same topic.
    static func check(_ events: [EventRecord], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(events.map(\.number) == Array(1...Int64(max(1, events.count))), sourceLocation: sourceLocation)
        #expect(Set(events.map(\.id)).count == events.count, "an id stands twice", sourceLocation: sourceLocation)
        var last: [String: String] = [:]
        for event in events {
            #expect(
                event.previous == last[event.topicSite], "previous of \(event.sequence) on \(event.topicSite)",
                sourceLocation: sourceLocation)
            last[event.topicSite] = event.sequence
        }
    }
}
