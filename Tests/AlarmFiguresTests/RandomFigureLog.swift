import AlarmFigures
import Alarms
import Telemetry

/// A long log of alarms that follow the life cycle at random: calm stretches, bursts, chattering, shelving, exercises.
struct RandomFigureLog {
    private struct Subject {
        let name: String
        let site: String
        let source: String
        let priority: Priority
        var machine = AlarmMachine()
        var suppression = Suppression.none
        var raisedAt: Int64 = 0
        var isExercise = false
    }

    private(set) var events: [LoggedEvent] = []
    private var subjects: [Subject]
    private var random: RandomState
    private var time: Int64
    private var isBusy = false
    private let phase: UInt64

    /// - Parameters:
    ///   - start: UTC milliseconds.
    ///   - phase: how many steps a calm or a busy stretch takes on average.
    init(seed: UInt64, count: Int, start: Int64, phase: UInt64) {
        self.phase = phase
        random = RandomState(seed: seed)
        time = start
        subjects = (0..<300).map { number in
            Subject(
                name: "s\(number % 3)/LT-\(number)/H", site: "s\(number % 3)", source: "TF-\(number % 5)",
                priority: Priority.allCases[number % 4])
        }
        while events.count < count { step() }
    }

    private mutating func below(_ bound: UInt64) -> Int { Int(random.next() % bound) }

    private mutating func step() {
        if below(phase) == 0 { isBusy.toggle() }
        // Minutes apart, or seconds, and then now and again several in one millisecond.
        time += Int64(isBusy ? below(3) == 0 ? below(8_000) : below(3) * 500 : below(400_000))
        let place = below(10) < 3 ? below(3) : below(300)
        var subject = subjects[place]
        let kind: AlarmEventKind?
        switch below(20) {
        case 0: kind = shelve(&subject)
        case 1..<3: kind = subject.machine.acknowledge() == nil ? nil : .acknowledged
        case 3: kind = subject.machine.realarm() == nil ? nil : .realarmed
        default: kind = move(&subject)
        }
        guard let kind else { return }
        add(kind, subject)
        if subject.machine.state == .normal, kind != .cleared { add(.cleared, subject) }
        subjects[place] = subject
    }

    private mutating func shelve(_ subject: inout Subject) -> AlarmEventKind? {
        guard subject.machine.state != .normal else { return nil }
        guard subject.suppression == .none else {
            let kind: AlarmEventKind =
                switch subject.suppression {
                case .shelved: .unshelved
                case .outOfService: .returnedToService
                case .suppressedByDesign, .none: .unsuppressed
                }
            subject.suppression = .none
            return kind
        }
        subject.suppression = [.shelved, .outOfService, .suppressedByDesign][below(3)]
        return switch subject.suppression {
        case .shelved: .shelved
        case .outOfService: .removedFromService
        case .suppressedByDesign, .none: .suppressed
        }
    }

    private mutating func move(_ subject: inout Subject) -> AlarmEventKind? {
        if subject.machine.state.isActive {
            return subject.machine.deactivate() == nil ? nil : .returned
        }
        if subject.machine.state == .normal {
            subject.raisedAt = time
            subject.suppression = .none
            subject.isExercise = below(20) == 0
        }
        return subject.machine.activate() == nil ? nil : .raised
    }

    private mutating func add(_ kind: AlarmEventKind, _ subject: Subject) {
        var event = LoggedEvent(kind, at: time, site: subject.site, subject: subject.name)
        event.source = subject.source
        event.priority = subject.priority
        event.state = subject.machine.state
        event.suppression = subject.suppression
        event.raisedAt = subject.raisedAt
        event.isExercise = subject.isExercise
        event.hasActor = below(4) > 0
        event.hasComment = below(4) > 0
        event.hasCause = below(4) > 0
        events.append(event)
    }
}
