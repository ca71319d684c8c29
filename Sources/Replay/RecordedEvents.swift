import Alarms
import Store

/// Reads the event log along with the samples: what the daemon lived through, and the alarms it gave. Used by one
/// thread.
final class RecordedEvents {
    private static let page = 1_000

    private let state: StateReader
    private var last: Int64
    private let end: Int64
    private var pending: ArraySlice<Event> = []
    private var isAtEnd = false
    private(set) var log = ActivationLog()
    private let lot: ReplayLot

    /// - Parameter times: UTC milliseconds.
    init(_ state: StateReader, times: ClosedRange<Int64>, lot: ReplayLot) throws(StoreError) {
        self.state = state
        self.lot = lot
        end = times.upperBound
        last = try state.lastSequence(before: times.lowerBound)
    }

    /// What an engine has to be told until a time, in order.
    func turns(through time: Int64) throws(StoreError) -> [RecordedTurn] {
        var turns: [RecordedTurn] = []
        while let event = try next(), event.time <= time {
            pending.removeFirst()
            if let turn = RecordedTurn(event) { turns.append(turn) }
            if lot.covers(event) { log.take(event) }
        }
        return turns
    }

    func takeOver() -> [Activation] { log.takeOver() }

    private func next() throws(StoreError) -> Event? {
        if pending.isEmpty, !isAtEnd {
            let events = try state.events(after: last, limit: RecordedEvents.page)
            last = events.last?.sequence ?? last
            isAtEnd = events.count < RecordedEvents.page
            pending = events[...]
        }
        guard let event = pending.first, event.time <= end else { return nil }
        return event
    }
}
