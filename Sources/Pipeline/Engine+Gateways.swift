import Alarms
import Registry
package import Telemetry

extension Engine {
    /// How long after the last gap the GAP alarm returns, in milliseconds.
    static let gapMemory: Int64 = 600_000
    static let gapReportEvery: Int64 = 1_000
    /// Messages in a row without complaint after which CLOCK returns, and conflicting ones after which it is raised.
    static let cleanMessagesToTrust = 20
    static let conflictsToDoubt = 3
    /// The longest a gateway may send older samples only before its clock counts as set back, in milliseconds.
    static let longestLateSeries: Int64 = 10_000

    /// Takes in a gateway's status message.
    package func gatewayStatus(_ gateway: Int, isOnline: Bool, isRetained: Bool, at now: Instant) {
        if isOnline {
            guard !isRetained else { return }
            noteLife(gateway, at: now)
        } else {
            changeRecord(gateway) { $0.isDeclaredOffline = true }
            raiseOffline(gateway, cause: "status", at: now)
        }
    }

    func noteLife(_ gateway: Int, at now: Instant) {
        gateways[gateway].lastReceived = now.monotonic
        if gateways[gateway].record.isDeclaredOffline { changeRecord(gateway) { $0.isDeclaredOffline = false } }
        guard isOffline[gateway] else { return }
        isOffline[gateway] = false
        gateways[gateway].returnedAt = now.monotonic
        if alarms[gatewaySubject(gateway, .offline)]?.suppression == Suppression.none {
            emitGateway("hazard.gateway.online.v1", gateway, .offline, at: now)
        }
        lower(gatewaySubject(gateway, .offline), at: now)
        releaseStale(ofGateway: gateway, at: now)
    }

    func raiseOffline(_ gateway: Int, cause: String, at now: Instant) {
        guard !isOffline[gateway] else { return }
        isOffline[gateway] = true
        if !isBrokerLost { emitGateway("hazard.gateway.offline.v1", gateway, .offline, cause: cause, at: now) }
        raise(
            gatewaySubject(gateway, .offline), priority: .high, isLatching: false, context: AlarmContext(),
            isSuppressed: isBrokerLost, at: now
        ) { $0.cause = cause }
        suppressStale(ofGateway: gateway, cause: "OFFLINE", at: now)
    }

    func checkSilence(_ gateway: Int, at now: Instant) {
        let silence = registry.gateways[gateway].silence
        let due = max(gateways[gateway].lastReceived, livenessFloor) + silence
        guard due <= now.monotonic else {
            schedule(.gatewaySilence(gateway), at: due)
            return
        }
        raiseOffline(gateway, cause: "silence", at: now)
        schedule(.gatewaySilence(gateway), at: now.monotonic + silence)
    }

    func noteSequence(_ gateway: Int, _ sequence: Int64, at now: Instant) {
        guard sequence >= 0 else { return }
        let last = gateways[gateway].record.lastSequence
        changeRecord(gateway) { $0.lastSequence = sequence }
        guard last >= 0, sequence > last, sequence - last > 1 else { return }
        noteGap(gateway, missed: sequence - last - 1, after: last, at: now)
    }

    /// Counts a gap; events follow one another by a second at least, the missing messages summed up.
    private func noteGap(_ gateway: Int, missed: Int64, after last: Int64, at now: Instant) {
        changeRecord(gateway) { record in
            record.missed = record.missed.addingClamped(missed)
            record.gapEnds = now.wall + Engine.gapMemory
        }
        gateways[gateway].unreportedMissed = gateways[gateway].unreportedMissed.addingClamped(missed)
        gateways[gateway].gapDeadline = now.monotonic + Engine.gapMemory
        if !gateways[gateway].isGapTimed {
            gateways[gateway].isGapTimed = true
            schedule(.gapEnds(gateway), at: now.monotonic + Engine.gapMemory)
        }
        let reported = gateways[gateway].gapReported
        guard reported.map({ now.monotonic - $0 >= Engine.gapReportEvery }) ?? true else { return }
        gateways[gateway].gapReported = now.monotonic
        emitGateway(
            "hazard.gateway.gap.v1", gateway, .gap, missed: gateways[gateway].unreportedMissed, at: now)
        gateways[gateway].unreportedMissed = 0
        let subject = gatewaySubject(gateway, .gap)
        if alarms[subject]?.state.isActive != true {
            raise(
                subject, priority: .low, isLatching: false, context: AlarmContext(), isSuppressed: false, at: now
            ) { $0.cause = "\(missed) messages missing after seq \(last)" }
        }
    }

    func endGap(_ gateway: Int, at now: Instant) {
        gateways[gateway].isGapTimed = false
        guard let deadline = gateways[gateway].gapDeadline else { return }
        guard deadline <= now.monotonic else {
            gateways[gateway].isGapTimed = true
            schedule(.gapEnds(gateway), at: deadline)
            return
        }
        gateways[gateway].gapDeadline = nil
        changeRecord(gateway) { $0.gapEnds = nil }
        lower(gatewaySubject(gateway, .gap), at: now)
    }

    /// Draws from one message what it says of the gateway's clock.
    func judgeClock(_ gateway: Int, _ intake: Intake, newest: Int64?, isAhead: Bool, at now: Instant) {
        if let newest, intake.live > 0 || isAhead {
            gateways[gateway].note(isBehind: now.wall - newest > options.lagLimit)
        }
        var complaint: String?
        if isAhead { complaint = "ahead" }
        if intake.conflicts > 0 {
            gateways[gateway].conflictingMessages += 1
            if gateways[gateway].conflictingMessages >= Engine.conflictsToDoubt { complaint = "stuck" }
        } else if intake.live > 0 {
            gateways[gateway].conflictingMessages = 0
        }
        if isSteppedBack(gateway, intake, at: now) {
            complaint = "stepped back"
            let newestKnown = points.ofGateway(gateway).lazy.map { self.points[Int($0)].lastTime }.max()
            changeRecord(gateway) { record in
                record.epoch &+= 1
                record.highWater = max(record.highWater, newestKnown ?? .min)
            }
        }
        if gateways[gateway].isMostlyBehind { complaint = complaint ?? "behind" }
        doubtClock(gateway, complaint, isClean: intake.conflicts == 0 && intake.live > 0, at: now)
    }

    /// Whether the gateway has sent older samples only, in rising order, for so long that its clock must have
    /// been set back.
    private func isSteppedBack(_ gateway: Int, _ intake: Intake, at now: Instant) -> Bool {
        guard intake.live == 0, intake.late > 0 else {
            if intake.live > 0 { gateways[gateway].lateSince = nil }
            return false
        }
        // Messages of one scan may share a time or overlap a little; a series ends only with a clear fall.
        let limit = min(gateways[gateway].shortestStale, Engine.longestLateSeries)
        let isRising = intake.newestLate >= gateways[gateway].lateNewest.addingClamped(-limit)
        guard let since = gateways[gateway].lateSince, isRising else {
            gateways[gateway].lateSince = now.monotonic
            gateways[gateway].lateNewest = intake.newestLate
            gateways[gateway].lateOldest = intake.newestLate
            return false
        }
        gateways[gateway].lateNewest = max(gateways[gateway].lateNewest, intake.newestLate)
        guard gateways[gateway].lateNewest > gateways[gateway].lateOldest else { return false }
        guard now.monotonic - since >= limit else { return false }
        gateways[gateway].lateSince = nil
        return true
    }

    private func doubtClock(_ gateway: Int, _ complaint: String?, isClean: Bool, at now: Instant) {
        let subject = gatewaySubject(gateway, .clock)
        if let complaint {
            gateways[gateway].cleanMessages = 0
            guard !isClockDoubted[gateway] else { return }
            isClockDoubted[gateway] = true
            raise(
                subject, priority: .medium, isLatching: false, context: AlarmContext(), isSuppressed: false, at: now
            ) { $0.cause = complaint }
        } else if isClean, isClockDoubted[gateway] {
            gateways[gateway].cleanMessages += 1
            guard gateways[gateway].cleanMessages >= Engine.cleanMessagesToTrust else { return }
            isClockDoubted[gateway] = false
            lower(subject, at: now)
        }
    }

    func gatewaySubject(_ gateway: Int, _ condition: Condition) -> AlarmSubject {
        let sites = registry.gateways[gateway].sites
        let site = sites.count == 1 ? registry.sites[sites[0]].name : AlarmSubject.sharedGatewaySite
        return AlarmSubject(site: site, object: registry.gateways[gateway].name, condition: condition)
    }

    private func emitGateway(
        _ type: String, _ gateway: Int, _ condition: Condition, cause: String? = nil, missed: Int64? = nil,
        at now: Instant
    ) {
        let subject = gatewaySubject(gateway, condition)
        var data = JSONText()
        data.member("gateway", registry.gateways[gateway].name)
        data.member("cause", cause)
        if let missed { data.member("missed", missed) }
        data.member("received_at", now.wall)
        emit(type, site: subject.site, subject: subject.description, data: data, at: now)
    }
}

extension Int64 {
    /// The sum, held at the ends of the range instead of overflowing.
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (other < 0 ? .min : .max) : sum
    }
}
