import Alarms
import Registry
import Telemetry

extension Engine {
    /// Settles one sample: stored, recorded before, or contradicting what is recorded; and evaluates it if
    /// it is its point's newest.
    func take(_ sample: Intake.Sample, _ intake: inout Intake, at now: Instant) -> Intake.Outcome {
        let point = sample.point
        let record = gateways[intake.gateway].record
        if points[point].epoch == record.epoch {
            if sample.time > points[point].lastTime {
                if sample.time > record.highWater { return accept(sample, &intake, at: now) }
                return acceptOverlapping(sample, &intake, isStep: false, at: now)
            }
            return takeOlder(sample, &intake, at: now)
        }
        points[point].epoch = record.epoch
        return acceptOverlapping(sample, &intake, isStep: points[point].lastTime != .min, at: now)
    }

    /// The way of almost every sample: newer than anything recorded for its point.
    private func accept(_ sample: Intake.Sample, _ intake: inout Intake, at now: Instant) -> Intake.Outcome {
        let point = sample.point
        intake.live += 1
        points.accept(
            point, time: sample.time, value: sample.value, quality: sample.quality, received: now.monotonic)
        effects.journal.append(
            point, time: sample.time, value: sample.value, quality: sample.quality, isLate: false)
        let isCalm = sample.quality.isBad || points.watch(point, sample.value, at: sample.time)
        if points[point].isIdle, sample.quality.isGood, isCalm, sample.value > points[point].quietLow,
            sample.value < points[point].quietHigh
        {
            return .stored
        }
        evaluate(
            point, value: sample.value, quality: sample.quality, time: sample.time, mayClear: true, isNew: true,
            at: now)
        return .stored
    }

    /// The newest of its point by a clock that was set back: live, but its time may be recorded already.
    private func acceptOverlapping(
        _ sample: Intake.Sample, _ intake: inout Intake, isStep: Bool, at now: Instant
    ) -> Intake.Outcome {
        let point = sample.point
        if isStep { forgetSourceTimes(point, now: sample.time) }
        let recorded = recordedValue(point, at: sample.time)
        intake.live += 1
        guard let recorded else {
            points.accept(
                point, time: sample.time, value: sample.value, quality: sample.quality, received: now.monotonic)
            effects.journal.append(
                point, time: sample.time, value: sample.value, quality: sample.quality, isLate: false)
            if !sample.quality.isBad { _ = points.watch(point, sample.value, at: sample.time) }
            evaluate(
                point, value: sample.value, quality: sample.quality, time: sample.time, mayClear: true, isNew: true,
                at: now)
            return .stored
        }
        points[point].lastTime = sample.time
        // The recorded value, so that a snapshot never pairs this time with another one's.
        points[point].lastValue = recorded
        points[point].lastReceived = now.monotonic
        let isSame = recorded.bitPattern == sample.value.bitPattern
        evaluate(
            point, value: sample.value, quality: sample.quality, time: sample.time, mayClear: isSame, isNew: true,
            at: now)
        return isSame ? .duplicate : .conflict(recorded: recorded)
    }

    /// Not newer than its point's newest.
    private func takeOlder(_ sample: Intake.Sample, _ intake: inout Intake, at now: Instant) -> Intake.Outcome {
        let point = sample.point
        if let recorded = recordedValue(point, at: sample.time) {
            if recorded.bitPattern == sample.value.bitPattern { return .duplicate }
            if sample.time == points[point].lastTime {
                intake.conflicts += 1
                evaluate(
                    point, value: sample.value, quality: sample.quality, time: sample.time, mayClear: false,
                    isNew: true, at: now)
            } else {
                // Contradicting an old record is what a clock does that was set back onto recorded times.
                intake.noteOlder(sample.time)
            }
            return .conflict(recorded: recorded)
        }
        intake.noteOlder(sample.time)
        points.remember(point, time: sample.time, value: sample.value)
        effects.journal.append(
            point, time: sample.time, value: sample.value, quality: sample.quality, isLate: true)
        reportLate(sample, at: now)
        return .stored
    }

    private func recordedValue(_ point: Int, at time: Int64) -> Double? {
        if let value = points.recent(point, at: time) { return value }
        if let value = effects.journal.value(point, at: time) { return value }
        return points.holdsAll(point) ? nil : journalLookup(PointIndex(point), time)
    }

    /// Off-delays and on-delays measured on a clock that has stepped start anew on it.
    private func forgetSourceTimes(_ point: Int, now time: Int64) {
        points.forgetTimes(point)
        for rule in points.ruleIndices(point) where points.rules[rule].pending != .none {
            points.delays[rule]?.beganAtSource = time
            points.delays[rule]?.latestTime = time
            noteDelay(point, rule)
        }
    }

    /// Says that a sample too late for a live alarm was beyond a limit: at most once a point, condition and
    /// minute.
    private func reportLate(_ sample: Intake.Sample, at now: Instant) {
        guard !sample.quality.isBad, !sample.value.isNaN else { return }
        let minute = now.wall / 60_000
        for place in points.ruleIndices(sample.point) {
            let rule = points.rules[place]
            let isBeyond =
                switch rule.condition {
                case .highHigh, .high: sample.value >= rule.limit
                case .lowLow, .low: sample.value <= rule.limit
                default: false
                }
            guard isBeyond, lateReports[place] != minute else { continue }
            lateReports[place] = minute
            var report = newAlarm(
                pointSubject(sample.point, rule.condition), priority: rule.priority, isLatching: rule.isLatching,
                context: pointContext(sample.point, rule.condition), at: now)
            report.value = sample.value
            report.limit = rule.limit
            report.sampledAt = sample.time
            announce(.late, report, at: now)
        }
    }
}
