import Alarms
package import Telemetry

extension Engine {
    /// The session with the broker was lost; nothing can be heard, which explains every silence.
    package func brokerLost(cause: String, at now: Instant) {
        guard !isBrokerLost else { return }
        isBrokerLost = true
        raiseNode(.broker, priority: .critical, cause: cause, at: now)
        for gateway in gateways.indices where isOffline[gateway] {
            suppress(gatewaySubject(gateway, .offline), cause: "BROKER", at: now)
        }
        for point in points.indices { suppressStale(point, cause: "BROKER", at: now) }
    }

    /// The session with the broker stands again.
    package func brokerRestored(at now: Instant) {
        guard isBrokerLost else { return }
        isBrokerLost = false
        livenessFloor = now.monotonic
        lower(nodeSubject(.broker), at: now)
        for gateway in gateways.indices {
            if isOffline[gateway] { scheduleRelease(ofGateway: gateway, at: now) }
        }
        for point in points.indices where !isOffline[Int(points[point].gateway)] {
            scheduleRelease(ofPoint: point, at: now)
        }
    }

    /// What the daemon itself lacks: a store that takes commits (STORE), a wall clock to trust (CLOCK). One that stands
    /// already is raised again only with a higher priority.
    package func raiseNode(_ condition: Condition, priority: Priority, cause: String, at now: Instant) {
        if let standing = alarms[nodeSubject(condition)], standing.state.isActive {
            guard standing.priority < priority else { return }
            // It got worse: that is told as a return and a raise of the same episode.
            lower(nodeSubject(condition), at: now)
        }
        raise(
            nodeSubject(condition), priority: priority, isLatching: false, context: AlarmContext(),
            isSuppressed: false, at: now
        ) { $0.cause = cause }
    }

    package func lowerNode(_ condition: Condition, at now: Instant) {
        guard alarms[nodeSubject(condition)]?.state.isActive == true else { return }
        lower(nodeSubject(condition), at: now)
    }

    /// Records an event of the node itself, such as its start.
    package func note(_ type: String, data: String, at now: Instant) {
        emit(
            type, site: AlarmSubject.nodeSite, subject: AlarmSubject.nodeSite + "/" + options.node,
            data: JSONText(object: data), at: now)
    }

    func nodeSubject(_ condition: Condition) -> AlarmSubject {
        AlarmSubject(site: AlarmSubject.nodeSite, object: options.node, condition: condition)
    }
}
