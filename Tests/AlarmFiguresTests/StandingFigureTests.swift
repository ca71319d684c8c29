import AlarmFigures
import Alarms
import Telemetry
import Testing

@Suite("Figures of what stands and what was done about it")
struct StandingFigureTests {
    private typealias Log = FigureLog

    @Test("tell how long acknowledgement takes, and what waits for it")
    func acknowledgement() {
        var log = FigureLog()
        for number in 1...10 {
            log.add(.raised, "LT-\(number)", at: 0)
            log.add(.acknowledged, "LT-\(number)", at: Double(number) * 60)
        }
        // Seen only after it had returned; counted from the first raise of what nobody had seen.
        log.add(.raised, "PT-1", at: 0)
        log.add(.returned, "PT-1", at: 100)
        log.add(.raised, "PT-1", at: 200)
        log.add(.returned, "PT-1", at: 300)
        log.add(.acknowledged, "PT-1", at: 3_000, state: .normal)
        log.add(.cleared, "PT-1", at: 3_000)
        log.add(.raised, "PT-2", at: 50)
        // Its rule went: nobody will acknowledge it any more.
        log.add(.raised, "PT-3", at: 60)
        log.add(.cleared, "PT-3", at: 70)
        let whole = log.report(0, Log.hour).whole
        #expect(whole.acknowledged == 11)
        #expect(whole[.medianAcknowledgement]?.value == 360_000)
        #expect(whole[.slowAcknowledgement]?.value == 600_000)
        #expect(whole[.longestAcknowledgement]?.value == 3_000_000)
        #expect(whole.unacknowledgedCount == 1)
        #expect(whole.unacknowledged.map(\.subject) == ["shengli/PT-2/H"])
        #expect(whole.unacknowledged.first?.since == Log.time(50))
        #expect(whole.endedUnacknowledged == 1)
    }

    @Test("leave out what was acknowledged in the range but annunciated before it")
    func acknowledgedLater() {
        var log = FigureLog()
        log.add(.raised, "A", at: -50)
        log.add(.acknowledged, "A", at: 50, raisedAt: -50)
        log.add(.raised, "B", at: 3_599)
        log.add(.acknowledged, "B", at: 3_601, raisedAt: 3_599)
        let whole = log.report(0, Log.hour).whole
        #expect(whole.acknowledged == 0)
        #expect(whole.annunciated == 1)
        #expect(whole.unacknowledged.map(\.subject) == ["shengli/B/H"], "as it was at the end of the range")
    }

    @Test("find stale alarms: active and shown for more than a day, the most at once")
    func stale() {
        var log = FigureLog()
        log.add(.raised, "A", at: 0)
        log.add(.acknowledged, "A", at: 60)
        log.add(.raised, "B", at: Log.hour)
        log.add(.returned, "B", at: Log.hour + Log.day, raisedAt: Log.hour)
        log.add(.raised, "C", at: 2 * Log.hour)
        log.add(.returned, "C", at: 2 * Log.hour + Log.day + 1, raisedAt: 2 * Log.hour)
        let whole = log.report(0, 2 * Log.day).whole
        #expect(whole[.stale]?.value == 2, "A and, for a second, C; B stood for a day and no longer")
        #expect(whole[.stale]?.verdict == .ok)
        #expect(whole.stale.map(\.subject) == ["shengli/A/H"])
        #expect(whole.stale.first?.since == Log.time(0))
    }

    @Test("see five stale alarms at once as too many")
    func tooManyStale() {
        var log = FigureLog()
        for number in 0..<5 { log.add(.raised, "LT-\(number)", at: Double(number)) }
        #expect(log.report(0, Log.day + 4).whole[.stale]?.verdict == .ok)
        #expect(log.report(0, Log.day + 5).whole[.stale]?.verdict == .over)
    }

    @Test("do not call an alarm stale while it is suppressed, but at once when it is shown again")
    func suppressedStale() {
        var log = FigureLog()
        log.add(.raised, "A", at: 0)
        log.add(.shelved, "A", at: Log.hour) { $0.suppression = .shelved }
        #expect(log.report(0, 2 * Log.day).whole[.stale]?.value == 0)
        log.add(.unshelved, "A", at: 2 * Log.day, raisedAt: 0)
        let whole = log.report(0, 3 * Log.day).whole
        #expect(whole[.stale]?.value == 1)
        #expect(whole.stale.first?.since == Log.time(0))
    }

    @Test("know what stands through the range from later events and from what stands now")
    func throughTheRange() {
        // Nothing of these is in the range: one returns after it, one stands now, one was raised after it.
        var log = FigureLog()
        log.add(.returned, "A", at: 9 * Log.day, raisedAt: -Log.day)
        log.add(.raised, "B", at: 9 * Log.day)
        log.add(.returned, "B", at: 10 * Log.day, raisedAt: 9 * Log.day)
        let standing = Alarm(
            subject: AlarmSubject(site: "shengli", object: "C", condition: .high), episode: ULID(high: 1, low: 1),
            machine: AlarmMachine(state: .acknowledged), priority: .high, receivedAt: 0, raisedAt: Log.time(-Log.hour))
        let whole = log.report(2 * Log.day, 3 * Log.day, standing: [standing]).whole
        #expect(whole.stale.map(\.subject) == ["shengli/A/H", "shengli/C/H"])
        #expect(whole[.stale]?.value == 2)
        #expect(whole.annunciated == 0)
        #expect(log.report(-Log.day, 3_600, standing: []).whole.stale.map(\.subject) == ["shengli/A/H"])
    }

    @Test("take the first event of a range for what the alarm was before")
    func beforeTheRange() {
        var whole = FigureLog()
        whole.add(.raised, "A", at: -2 * Log.day)
        whole.add(.acknowledged, "A", at: 60, raisedAt: -2 * Log.day)
        whole.add(.returned, "A", at: Log.hour, state: .normal, raisedAt: -2 * Log.day)
        var part = FigureLog()
        part.add(.acknowledged, "A", at: 60, raisedAt: -2 * Log.day)
        part.add(.returned, "A", at: Log.hour, state: .normal, raisedAt: -2 * Log.day)
        #expect(part.report(0, Log.day) == whole.report(0, Log.day))
        #expect(part.report(0, Log.day).whole[.stale]?.value == 1)
    }

    @Test("call a suppression unauthorised that lacks what its kind needs")
    func suppression() {
        var log = FigureLog()
        func add(_ kind: AlarmEventKind, _ suppression: Suppression, actor: Bool, comment: Bool, cause: Bool = false) {
            log.add(kind, "LT-\(log.events.count)", at: Double(log.events.count)) { event in
                event.suppression = suppression
                event.hasActor = actor
                event.hasComment = comment
                event.hasCause = cause
            }
        }
        add(.shelved, .shelved, actor: true, comment: true)
        add(.removedFromService, .outOfService, actor: true, comment: true)
        add(.suppressed, .suppressedByDesign, actor: false, comment: false, cause: true)
        #expect(log.report(0, 600).whole[.unauthorisedSuppression]?.value == 0)
        #expect(log.report(0, 600).whole[.unauthorisedSuppression]?.verdict == .ok)
        add(.shelved, .shelved, actor: true, comment: false)
        add(.removedFromService, .outOfService, actor: false, comment: true)
        add(.suppressed, .suppressedByDesign, actor: true, comment: true)
        let whole = log.report(0, 600).whole
        #expect(whole[.unauthorisedSuppression]?.value == 3)
        #expect(whole[.unauthorisedSuppression]?.verdict == .over)
        #expect(whole.suppressed == [.shelved: 2, .outOfService: 2, .suppressedByDesign: 2])
    }
}
