import Alarms
import Telemetry

/// Finds in an event's body what the figures go by, without building anything of the rest: a log of a million events is
/// read in seconds.
package enum EventScanner {
    /// Fills in what the body's `data` says.
    /// - Returns: false if the body is no JSON object with `data` that names the alarm's priority, state and suppression.
    package static func read(_ body: String, into event: inout LoggedEvent) -> Bool {
        var body = body
        body.makeContiguousUTF8()
        return read(body.utf8.span, into: &event)
    }

    /// The same of UTF-8.
    package static func read(_ bytes: Span<UInt8>, into event: inout LoggedEvent) -> Bool {
        var walker = JSONWalker()
        guard walker.enter(bytes) else { return false }
        while let key = walker.key(bytes) {
            guard bytes.isEqual(key, Word.data) else {
                guard walker.skipValue(bytes) else { return false }
                continue
            }
            return readData(bytes, &walker, into: &event)
        }
        return false
    }

    private static func readData(_ bytes: Span<UInt8>, _ walker: inout JSONWalker, into event: inout LoggedEvent)
        -> Bool
    {
        guard walker.enter(bytes) else { return false }
        var found = 0
        while let key = walker.key(bytes) {
            let start = walker.place
            guard walker.skipValue(bytes) else { return false }
            let value = start..<walker.place
            switch key.count {
            case 5 where bytes.isEqual(key, Word.state):
                guard let state = find(Word.states, bytes, value) else { return false }
                event.state = state
                found += 1
            case 5 where bytes.isEqual(key, Word.actor): event.hasActor = bytes.isText(value)
            case 5 where bytes.isEqual(key, Word.cause): event.hasCause = bytes.isText(value)
            case 4 where event.kind.isTransition && bytes.isEqual(key, Word.unit):
                event.unit = bytes.isText(value) ? bytes.text(value) : nil
            case 5 where event.kind.isTransition && bytes.isEqual(key, Word.value): event.value = bytes.number(value)
            case 5 where event.kind.isTransition && bytes.isEqual(key, Word.limit): event.limit = bytes.number(value)
            case 10 where event.kind.isTransition && bytes.isEqual(key, Word.sampledAt):
                event.sampledAt = bytes.integer(value)
            case 6 where bytes.isEqual(key, Word.source): event.source = bytes.text(value)
            case 7 where bytes.isEqual(key, Word.comment): event.hasComment = bytes.isText(value)
            case 8 where bytes.isEqual(key, Word.priority):
                guard let priority = find(Word.priorities, bytes, value) else { return false }
                event.priority = priority
                found += 1
            case 8 where bytes.isEqual(key, Word.exercise): event.isExercise = bytes.isEqual(value, Word.isTrue)
            case 9 where bytes.isEqual(key, Word.raisedAt): event.raisedAt = bytes.integer(value)
            case 11 where bytes.isEqual(key, Word.suppression):
                guard let suppression = find(Word.suppressions, bytes, value) else { return false }
                event.suppression = suppression
                found += 1
            default: break
            }
        }
        return walker.isClosed && found == 3
    }

    private static func find<Value>(
        _ words: [(word: [UInt8], value: Value)], _ bytes: Span<UInt8>, _ range: Range<Int>
    ) -> Value? {
        for entry in words where bytes.isEqual(range, entry.word) { return entry.value }
        return nil
    }

    /// The words looked for; those of values with their quotes.
    private enum Word {
        static let data = Array("data".utf8)
        static let source = Array("source".utf8)
        static let priority = Array("priority".utf8)
        static let state = Array("state".utf8)
        static let suppression = Array("suppression".utf8)
        static let raisedAt = Array("raised_at".utf8)
        static let sampledAt = Array("sampled_at".utf8)
        static let value = Array("value".utf8)
        static let limit = Array("limit".utf8)
        static let unit = Array("unit".utf8)
        static let actor = Array("actor".utf8)
        static let comment = Array("comment".utf8)
        static let cause = Array("cause".utf8)
        static let exercise = Array("exercise".utf8)
        static let isTrue = Array("true".utf8)
        static let states = AlarmState.allCases.map { (word: Array("\"\($0.name)\"".utf8), value: $0) }
        static let priorities = Priority.allCases.map { (word: Array("\"\($0.name)\"".utf8), value: $0) }
        static let suppressions = Suppression.allCases.map { (word: Array("\"\($0.name)\"".utf8), value: $0) }
    }
}
