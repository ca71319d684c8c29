import Alarms
import Foundation

/// Something on record that the daemon lived through besides samples, and that an engine has to be told.
struct RecordedTurn {
    enum Kind {
        case started
        case brokerLost
        case brokerRestored
        /// By its status topic.
        case gatewayOffline(String)
        /// The daemon worked then: time had passed until there.
        case passed
    }

    /// UTC milliseconds.
    let at: Int64
    let kind: Kind

    private struct Body: Decodable {
        struct Details: Decodable {
            let gateway: String?
            let cause: String?
        }

        let data: Details
    }

    /// Nil for events that follow from samples.
    init?(_ event: Event) {
        at = event.time
        switch event.type {
        case "hazard.node.started.v1": kind = .started
        case "hazard.node.stopped.v1": kind = .passed
        case AlarmEventKind.raised.type where RecordedTurn.isBroker(event): kind = .brokerLost
        case AlarmEventKind.returned.type where RecordedTurn.isBroker(event): kind = .brokerRestored
        case "hazard.gateway.offline.v1":
            let details = (try? JSONDecoder().decode(Body.self, from: Data(event.body.utf8)))?.data
            guard details?.cause == "status", let gateway = details?.gateway else { return nil }
            kind = .gatewayOffline(gateway)
        default: return nil
        }
    }

    private static func isBroker(_ event: Event) -> Bool {
        event.site == AlarmSubject.nodeSite && event.subject.hasSuffix("/BROKER")
    }
}
