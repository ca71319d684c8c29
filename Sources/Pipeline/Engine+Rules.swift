import Alarms
import Registry
import Telemetry

extension Engine {
    /// Holds a value against every rule of its point.
    /// - Parameters:
    ///   - mayClear: false where the value is not trusted to end anything.
    ///   - isNew: false where a known value is looked at again, after a restart or a reload; then it ends only alarms
    ///     whose limit has changed, since what raised the others may have been no recorded value.
    func evaluate(
        _ point: Int, value: Double, quality: Quality, time: Int64, mayClear: Bool, isNew: Bool, at now: Instant
    ) {
        let isBad = quality.isBad || value.isNaN
        let isGood = quality.isGood && !value.isNaN && mayClear
        let isInRange =
            value >= (registry.points[point].low ?? -.infinity)
            && value <= (registry.points[point].high ?? .infinity)
        let watch = points.watch(of: point)
        for place in points.ruleIndices(point) {
            let rule = points.rules[place]
            let isGood = isGood && (isNew || changedRules.contains(place))
            switch rule.condition {
            case .highHigh, .high:
                guard !isBad else { continue }
                step(
                    point, place, isTrue: value >= rule.limit, holds: value >= rule.limit - rule.deadband,
                    isTrusted: isGood && isInRange, value, time, at: now)
            case .low, .lowLow:
                guard !isBad else { continue }
                step(
                    point, place, isTrue: value <= rule.limit, holds: value <= rule.limit + rule.deadband,
                    isTrusted: isGood && isInRange, value, time, at: now)
            case .range:
                guard !isBad else { continue }
                let isImplausible = !isInRange || isNew && watch?.isJump == true
                step(
                    point, place, isTrue: isImplausible, holds: isImplausible, isTrusted: isGood, value, time, at: now)
            case .rate:
                guard !isBad, let watch else { continue }
                let change = abs(watch.change)
                step(
                    point, place, isTrue: change >= rule.limit, holds: change >= rule.limit - rule.deadband,
                    isTrusted: isGood && isInRange && watch.isFull, watch.change, time, at: now)
            case .flatline:
                guard isNew, !isBad, let watch else { continue }
                step(
                    point, place, isTrue: watch.isFlat, holds: watch.isFlat, isTrusted: isGood, value, time, at: now)
            case .inventory:
                guard !isBad else { continue }
                step(
                    point, place, isTrue: value > rule.limit, holds: value > rule.limit - rule.deadband,
                    isTrusted: isGood && isInRange, value, time, at: now)
            case .bad:
                guard isNew else { continue }
                step(point, place, isTrue: isBad, holds: isBad, isTrusted: isGood, value, time, at: now)
            case .stale:
                guard isNew else { continue }
                step(point, place, isTrue: false, holds: false, isTrusted: isGood, value, time, at: now)
            default:
                continue
            }
        }
        points.refreshIdle(point)
        if isNew, watch != nil, !isBad { evaluateGroup(of: point, at: now) }
    }

    /// Moves one condition by one value.
    /// - Parameters:
    ///   - isTrue: the value lies beyond the limit.
    ///   - holds: it is at least within the deadband of the limit, so that a true condition stays true.
    ///   - isTrusted: it may end a condition; one that is not leaves a true condition as it is.
    func step(
        _ point: Int, _ place: Int, isTrue: Bool, holds: Bool, isTrusted: Bool, _ value: Double, _ time: Int64,
        at now: Instant
    ) {
        let rule = points.rules[place]
        if isTrue, !points.rules[place].isTrue {
            points.rules[place].isTrue = true
            if points.rules[place].isActive {
                endDelay(point, place)
            } else if rule.onDelay == 0 {
                activate(point, place, value, time, at: now)
            } else {
                beginDelay(point, place, .on, value, time, at: now)
                timeOnDelay(place)
            }
        } else if isTrusted, !holds, points.rules[place].isTrue {
            points.rules[place].isTrue = false
            if !points.rules[place].isActive {
                endDelay(point, place)
            } else if rule.offDelay == 0 {
                deactivate(point, place, value, time, at: now)
            } else {
                beginDelay(point, place, .off, value, time, at: now)
            }
        } else if points.rules[place].pending == .on, holds {
            points.delays[place]?.latestTime = time
            points.delays[place]?.latestValue = value
            if let delay = points.delays[place], time - delay.beganAtSource >= rule.onDelay {
                activate(point, place, value, time, at: now)
            }
        } else if points.rules[place].pending == .off, isTrusted, !isTrue {
            if let delay = points.delays[place], time - delay.beganAtSource >= rule.offDelay {
                deactivate(point, place, value, time, at: now)
            }
        }
    }

    /// The on-delay has run on the daemon's own clock, whether or not another sample came.
    func finishOnDelay(_ place: Int, at now: Instant) {
        points.rules[place].isTimed = false
        guard points.rules[place].pending == .on, let delay = points.delays[place], let point = point(ofRule: place)
        else { return }
        guard delay.began.monotonic + points.rules[place].onDelay <= now.monotonic else {
            timeOnDelay(place)
            return
        }
        activate(point, place, delay.latestValue, delay.latestTime, at: now)
        points.refreshIdle(point)
    }

    /// Sets the one timer a rule has; one set for an earlier delay sets the next when it fires.
    private func timeOnDelay(_ place: Int) {
        guard !points.rules[place].isTimed, let delay = points.delays[place] else { return }
        points.rules[place].isTimed = true
        schedule(.onDelay(rule: place), at: delay.began.monotonic + points.rules[place].onDelay)
    }

    func activate(_ point: Int, _ place: Int, _ value: Double, _ time: Int64, at now: Instant) {
        endDelay(point, place)
        points.rules[place].isActive = true
        points[point].isIdle = false
        let rule = points.rules[place]
        let subject = pointSubject(point, rule.condition)
        raise(
            subject, priority: rule.priority, isLatching: rule.isLatching, context: pointContext(point, rule.condition),
            isSuppressed: rule.condition == .stale && isStaleSuppressed(point), at: now
        ) { alarm in
            alarm.value = value.isNaN ? nil : value
            alarm.limit = rule.limit.isNaN ? nil : rule.limit
            alarm.sampledAt = time == .min ? nil : time
            if let cause = cause(of: rule.condition, point, value) { alarm.cause = cause }
            if rule.condition == .inventory { name(point, in: &alarm) }
        }
    }

    /// What the condition's name does not say.
    private func cause(of condition: Condition, _ point: Int, _ value: Double) -> String? {
        switch condition {
        case .rate: value < 0 ? "fall" : "rise"
        case .range: points.watch(of: point)?.isJump == true ? "jump" : nil
        case .inventory: inventories[point]?.substance
        case .deviation: value < 0 ? "below the others" : "above the others"
        default: nil
        }
    }

    private func deactivate(_ point: Int, _ place: Int, _ value: Double, _ time: Int64, at now: Instant) {
        endDelay(point, place)
        points.rules[place].isActive = false
        if points.rules[place].condition == .inventory, yieldInventory(point) { return }
        lower(pointSubject(point, points.rules[place].condition), at: now) { alarm in
            alarm.value = value
            alarm.sampledAt = time
        }
    }

    private func beginDelay(
        _ point: Int, _ place: Int, _ pending: RuleState.Pending, _ value: Double, _ time: Int64, at now: Instant
    ) {
        points.rules[place].pending = pending
        points.delays[place] = RunningDelay(began: now, beganAtSource: time, latestValue: value, latestTime: time)
        noteDelay(point, place)
    }

    private func endDelay(_ point: Int, _ place: Int) {
        guard points.rules[place].pending != .none else { return }
        points.rules[place].pending = .none
        points.delays[place] = nil
        noteDelay(point, place)
    }

    func noteDelay(_ point: Int, _ place: Int) {
        let rule = points.rules[place]
        let subject = pointSubject(point, rule.condition)
        guard rule.pending != .none, let delay = points.delays[place] else {
            effects.delays.updateValue(nil, forKey: subject)
            return
        }
        effects.delays.updateValue(
            Delay(
                subject: subject, isOn: rule.pending == .on, began: delay.began.wall,
                beganAtSource: delay.beganAtSource, value: delay.latestValue, limit: rule.limit),
            forKey: subject)
    }

    /// The point a rule belongs to, by binary search over where each point's rules begin.
    func point(ofRule place: Int) -> Int? {
        var low = 0
        var high = points.ruleStart.count - 1
        while low < high {
            let middle = (low + high) / 2
            if Int(points.ruleStart[middle + 1]) <= place { low = middle + 1 } else { high = middle }
        }
        return low < points.ruleStart.count - 1 ? low : nil
    }
}
