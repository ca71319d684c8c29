import Alarms
import Synchronization

/// An event log in memory, with its consumers' cursors.
final class MemoryLog: Sendable {
    private let state = Mutex<(events: [Event], cursors: [String: Int64])>(([], [:]))

    init(_ count: Int64 = 0) {
        if count > 0 { append((1...count).map { SampleEvent.make($0) }) }
    }

    func append(_ events: [Event]) {
        state.withLock { $0.events += events }
    }

    /// Appends an event that is made with the next sequence.
    func append(_ make: (_ sequence: Int64) -> Event) {
        state.withLock { $0.events.append(make(Int64($0.events.count) + 1)) }
    }

    func events(after sequence: Int64, limit: Int) -> [Event] {
        state.withLock { Array($0.events.dropFirst(Int(sequence)).prefix(limit)) }
    }

    var lastSequence: Int64 { state.withLock { Int64($0.events.count) } }

    func cursor(_ name: String) -> Int64? { state.withLock { $0.cursors[name] } }

    func set(_ name: String, to sequence: Int64) {
        state.withLock { $0.cursors[name] = sequence }
    }
}
