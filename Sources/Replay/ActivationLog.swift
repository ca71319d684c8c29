import Alarms
import Foundation
import Telemetry

/// Gathers activations from events, as an engine gives them or as they are on record.
struct ActivationLog {
    /// Activations that are over, until they are taken.
    private(set) var over: [Activation] = []
    private(set) var open: [AlarmSubject: Activation] = [:]

    private struct Body: Decodable {
        struct Details: Decodable {
            let priority: String?
            let sampledAt: Int64?

            enum CodingKeys: String, CodingKey {
                case priority
                case sampledAt = "sampled_at"
            }
        }

        let data: Details
    }

    /// Conditions that a replay shows as they were, for they follow from samples and silence. What a gateway's counter,
    /// its clock and the node itself brought about is not in the samples.
    static func isReplayed(_ subject: AlarmSubject) -> Bool {
        subject.site != AlarmSubject.nodeSite && subject.condition != .gap && subject.condition != .clock
    }

    /// Takes an event in; all but raises and ends of alarms are passed over.
    mutating func take(_ event: Event) {
        let isRaise = event.type == AlarmEventKind.raised.type
        guard isRaise || event.type == AlarmEventKind.returned.type || event.type == AlarmEventKind.cleared.type,
            let subject = AlarmSubject(event.subject), ActivationLog.isReplayed(subject)
        else { return }
        if !isRaise, open[subject] == nil, event.type == AlarmEventKind.cleared.type { return }
        let details = (try? JSONDecoder().decode(Body.self, from: Data(event.body.utf8)))?.data
        if isRaise {
            end(subject, at: event.time, sampledAt: event.time)
            open[subject] = Activation(
                subject: subject, priority: details?.priority.flatMap { Priority(name: $0) } ?? .low,
                raisedAt: event.time, sampledAt: details?.sampledAt ?? event.time)
        } else if open[subject] != nil {
            end(subject, at: event.time, sampledAt: details?.sampledAt ?? event.time)
        } else {
            // Raised before the first event that was looked at.
            over.append(
                Activation(
                    subject: subject, priority: details?.priority.flatMap { Priority(name: $0) } ?? .low,
                    raisedAt: .min, sampledAt: .min, returnedAt: event.time,
                    returnSampledAt: details?.sampledAt ?? event.time))
        }
    }

    private mutating func end(_ subject: AlarmSubject, at time: Int64, sampledAt: Int64) {
        guard var activation = open.removeValue(forKey: subject) else { return }
        activation.returnedAt = time
        activation.returnSampledAt = sampledAt
        over.append(activation)
    }

    /// Hands over the activations that are over, in the order they ended.
    mutating func takeOver() -> [Activation] {
        defer { over = [] }
        return over
    }
}
