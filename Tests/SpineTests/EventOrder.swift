import Broker
import Foundation
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

    /// A consumer that was there from the start has got the whole log: without what came again, by source and id, the
    /// same events in the same order.
    static func checkDelivery(
        of events: [EventRecord], to listener: SubscribingClient, from deployment: Deployment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let last = events.last?.number ?? 0
        var known: Set<String> = []
        var firsts: [EventRecord] = []
        var place = 0
        try await deployment.until("every event is published", within: .seconds(30), every: .milliseconds(20)) {
            try listener.pump(milliseconds: 50)
            for message in listener.received[place...] where message.topic.hasPrefix("hazard/v1/events/") {
                let event = try EventRecord(Data(message.payload))
                let isFirst = known.insert("\(event.source) \(event.id)").inserted
                if isFirst, event.number <= last { firsts.append(event) }
            }
            place = listener.received.count
            return firsts.count >= events.count
        }
        let wrong = zip(firsts, events).first { $0.id != $1.id || $0.sequence != $1.sequence }
        #expect(
            firsts.count == events.count && wrong == nil,
            "\(firsts.count) of \(events.count) events, the first wrong one \(wrong?.0.sequence ?? "none")",
            sourceLocation: sourceLocation)
    }
}
