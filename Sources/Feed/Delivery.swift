import DequeModule

/// Which events the broker has taken: publications are counted off as they are acknowledged, and the cursor
/// stands behind the last event up to which all are.
package struct Delivery {
    /// The most publications under way; further events wait in the store.
    package static let window = 500

    package private(set) var cursor: Int64
    /// The last event handed to the session.
    package private(set) var sent: Int64
    private var waiting: Deque<(sequence: Int64, publications: Int)> = []
    private var sequences: [Int32: Int64] = [:]

    package init(cursor: Int64) {
        self.cursor = cursor
        sent = cursor
    }

    /// Publications without the broker's acknowledgement.
    package var underWay: Int { sequences.count }
    package var isFull: Bool { sequences.count >= Delivery.window }
    package var isIdle: Bool { waiting.isEmpty }

    package mutating func began(_ sequence: Int64, publications: [Int32]) {
        sent = sequence
        waiting.append((sequence, publications.count))
        for publication in publications { sequences[publication] = sequence }
        settle()
    }

    /// Counts off one publication; those not of events are ignored.
    package mutating func acknowledged(_ publication: Int32) {
        guard let sequence = sequences.removeValue(forKey: publication),
            let place = waiting.firstIndex(where: { $0.sequence == sequence })
        else { return }
        waiting[place].publications -= 1
        settle()
    }

    private mutating func settle() {
        while let first = waiting.first, first.publications == 0 {
            cursor = first.sequence
            waiting.removeFirst()
        }
    }

    /// The connection is gone: whatever was not acknowledged is sent again.
    package mutating func restart() {
        waiting = []
        sequences = [:]
        sent = cursor
    }
}
