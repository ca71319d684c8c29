/// What became of the alarms that stand when the rules behind them were exchanged.
package struct AlarmChanges: Sendable, Hashable {
    /// An alarm whose state is another than before.
    package struct Change: Sendable, Hashable {
        package let subject: AlarmSubject
        package let before: AlarmState
        package let after: AlarmState
    }

    /// How many stand as they did.
    package private(set) var kept = 0
    /// By subject.
    package private(set) var changes: [Change] = []

    package init(from before: [Alarm], to after: [Alarm]) {
        let former = Dictionary(before.map { ($0.subject, $0.state) }, uniquingKeysWith: { first, _ in first })
        let present = Dictionary(after.map { ($0.subject, $0.state) }, uniquingKeysWith: { first, _ in first })
        for subject in Set(former.keys).union(present.keys) {
            let change = Change(
                subject: subject, before: former[subject] ?? .normal, after: present[subject] ?? .normal)
            if change.before == change.after { kept += 1 } else { changes.append(change) }
        }
        changes.sort { $0.subject.description < $1.subject.description }
    }
}
