import Alarms
import Decoding
import Registry
package import Telemetry

extension Engine {
    /// How far a time the daemon gave itself may run ahead of the wall clock, in milliseconds.
    static let assignedLead: Int64 = 10_000

    /// Takes in one decoded telemetry message.
    package func receive(_ message: ReceivedMessage, at now: Instant) {
        accounting.received += Int64(message.valueCount)
        guard let gateway = unsafe gatewayNames.find(scope: 0, message.gateway) else {
            for place in 0..<message.valueCount { noteUnmapped(message, place) }
            finish()
            return
        }
        if message.isRetained, message.times.someAreMissing {
            let count = Int64(message.valueCount)
            accounting.quarantined += count
            quarantine(
                message, reason: "retained",
                detail: "a retained message whose values carry no time of their own says nothing of now; "
                    + "publish telemetry without the retain flag", at: now)
            finish()
            return
        }
        // A retained message was sent at some time before: no sign of life, and no place in the count.
        if !message.isRetained {
            noteLife(gateway, at: now)
            for place in 0..<message.recordCount { noteSequence(gateway, message.sequence(place), at: now) }
        }
        takeIn(message, gateway: gateway, at: now)
        finish()
    }

    /// Refuses a whole message: it counts as one sample, and nothing else of it is used.
    package func refuse(
        topic: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer, reason: String, detail: String, at now: Instant
    ) {
        accounting.received += 1
        accounting.quarantined += 1
        unsafe keep(topic: topic, payload: payload, reason: reason, detail: detail, at: now)
        finish()
    }

    private func finish() {
        effects.accounting = accounting
    }

    private func takeIn(_ message: ReceivedMessage, gateway: Int, at now: Instant) {
        let times = message.times
        let isAhead = times.newest.map { $0 > now.wall + options.futureLimit } ?? false
        var hash: UInt64 = 0
        if isAhead || (times.newest == nil && times.someAreMissing && message.isNumbered) {
            hash = unsafe PayloadHash.of(message.payload, seed: PayloadHash.of(message.gateway, seed: 0)) | 1
            if recent.contains(hash) {
                countAgain(message, gateway)
                return
            }
            recent.insert(hash)
        }
        let assigned = times.someAreMissing || isAhead ? assignTime(gateway, at: now) : now.wall
        let shift = isAhead ? (times.newest ?? assigned) - assigned : 0
        effects.journal.begin(
            JournalBatch.Message(
                gateway: Int32(gateway), receivedAt: now.wall, shift: shift, hash: hash,
                epoch: gateways[gateway].record.epoch, sampleCount: 0))
        var intake = Intake(
            gateway: gateway, assigned: assigned, shift: shift, firstPoint: gateways[gateway].firstPoint)
        takeInValues(of: message, &intake, at: now)
        gateways[gateway].firstPoint = intake.firstPoint
        effects.journal.endMessage()
        judgeClock(gateway, intake, newest: times.newest, isAhead: isAhead, at: now)
    }

    /// A second delivery of a message whose times the daemon gave itself: what was stored then is a
    /// duplicate now.
    private func countAgain(_ message: ReceivedMessage, _ gateway: Int) {
        for place in 0..<message.valueCount {
            let value = message.value(place)
            guard unsafe tags.find(scope: Int32(gateway), value.rawTag) != nil else {
                noteUnmapped(message, place)
                continue
            }
            if value.isUsable { accounting.duplicate += 1 } else { accounting.quarantined += 1 }
        }
    }

    /// A time for values that have none: receipt, but never the same twice for one gateway, so that a
    /// backlog arriving within one millisecond keeps its order.
    private func assignTime(_ gateway: Int, at now: Instant) -> Int64 {
        let last = assignedTimes[gateway]
        let time = last >= now.wall && last < now.wall + Engine.assignedLead ? last + 1 : now.wall
        assignedTimes[gateway] = time
        return time
    }

    private func noteUnmapped(_ message: ReceivedMessage, _ place: Int) {
        accounting.unmapped += 1
        let tag = UnmappedTag(
            gateway: unsafe String(decoding: message.gateway, as: UTF8.self),
            tag: unsafe String(decoding: message.value(place).tagBytes.prefix(UnmappedTag.longest), as: UTF8.self))
        effects.unmapped[tag, default: 0] += 1
    }

    /// Takes in the values in turn: long stretches of quiet ones at once, the others one by one.
    private func takeInValues(of message: ReceivedMessage, _ intake: inout Intake, at now: Instant) {
        let record = gateways[intake.gateway].record
        var previous = -1
        var place = 0
        while place < message.valueCount {
            if intake.shift == 0 {
                let start = place
                place = points.takeQuiet(
                    message, from: start, after: &previous, &intake, record: record, received: now.monotonic,
                    tags: tags, into: &effects.journal)
                accounting.stored += Int64(place - start)
                guard place < message.valueCount else { return }
            }
            previous = takeIn(message, place, &intake, at: now) ?? previous
            place += 1
        }
    }

    /// Takes in one value under all the rules.
    /// - Returns: its point, unless its tag is unknown.
    private func takeIn(_ message: ReceivedMessage, _ place: Int, _ intake: inout Intake, at now: Instant) -> Int? {
        let decoded = message.value(place)
        guard let point = unsafe tags.find(scope: Int32(intake.gateway), decoded.rawTag) else {
            noteUnmapped(message, place)
            return nil
        }
        guard decoded.isUsable else {
            accounting.quarantined += 1
            let tag = unsafe String(decoding: decoded.tagBytes, as: UTF8.self)
            quarantine(message, reason: "value", detail: "tag \(tag): \(decoded.faultText)", at: now)
            let time = decoded.time == .min ? intake.assigned : decoded.time - intake.shift
            guard decoded.kind == .badTime || time > points[point].lastTime else { return point }
            evaluate(point, value: .nan, quality: .bad, time: time, mayClear: false, isNew: true, at: now)
            return point
        }
        let time = decoded.time == .min ? intake.assigned : decoded.time - intake.shift
        var quality = decoded.effectiveQuality
        if intake.shift != 0 { quality = quality.atMostUncertain }
        let sample = Intake.Sample(point: point, time: time, value: decoded.value, quality: quality)
        switch take(sample, &intake, at: now) {
        case .stored:
            accounting.stored += 1
        case .duplicate:
            accounting.duplicate += 1
        case .conflict(let recorded):
            accounting.quarantined += 1
            quarantine(
                message, reason: "conflict",
                detail: "\(pointID(point)) already has \(JSONText.number(recorded)) at \(TimestampText.utc(time)); "
                    + "the other value \(JSONText.number(sample.value)) was not stored", at: now)
        }
        return point
    }

    func quarantine(_ message: ReceivedMessage, reason: String, detail: String, at now: Instant) {
        unsafe keep(topic: message.topic, payload: message.payload, reason: reason, detail: detail, at: now)
    }

    private func keep(
        topic: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer, reason: String, detail: String, at now: Instant
    ) {
        // A burst keeps at most as many entries as the quarantine holds; what is beyond is counted only.
        guard effects.quarantine.count < QuarantineEntry.burstLimit else { return }
        effects.quarantine.append(
            QuarantineEntry(
                receivedAt: now.wall, topic: unsafe String(decoding: topic, as: UTF8.self), reason: reason,
                detail: detail, excerpt: unsafe [UInt8](payload.prefix(QuarantineEntry.excerptLimit))))
    }

    func pointID(_ point: Int) -> String {
        registry.sites[registry.points[point].site].name + "/" + registry.points[point].name
    }
}
