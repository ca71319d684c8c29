import Alarms
import Registry
import Telemetry

/// BROKER explains OFFLINE, and either explains STALE: while the upper alarm stands, the lower does not
/// escalate. When the upper returns, the lower gets its own time anew to return before it is shown.
extension Engine {
    func isStaleSuppressed(_ point: Int) -> Bool {
        isBrokerLost || isOffline[Int(points[point].gateway)]
    }

    func suppressStale(ofGateway gateway: Int, cause: String, at now: Instant) {
        for point in points.ofGateway(gateway) { suppressStale(Int(point), cause: cause, at: now) }
    }

    func suppressStale(_ point: Int, cause: String, at now: Instant) {
        guard let rule = points.rule(point, .stale), points.rules[rule].isActive else { return }
        suppress(pointSubject(point, .stale), cause: cause, at: now)
    }

    func releaseStale(ofGateway gateway: Int, at now: Instant) {
        for point in points.ofGateway(gateway) { scheduleRelease(ofPoint: Int(point), at: now) }
    }

    func scheduleRelease(ofPoint point: Int, at now: Instant) {
        guard let rule = points.rule(point, .stale), points.rules[rule].isActive else { return }
        schedule(
            .release(point: point, gateway: Int(points[point].gateway)), at: now.monotonic + points.staleAfter[point])
    }

    func scheduleRelease(ofGateway gateway: Int, at now: Instant) {
        schedule(.release(point: nil, gateway: gateway), at: now.monotonic + registry.gateways[gateway].silence)
    }

    func release(point: Int?, gateway: Int, at now: Instant) {
        let restored = max(livenessFloor, gateways[gateway].returnedAt)
        let wait = point.map { points.staleAfter[$0] } ?? registry.gateways[gateway].silence
        guard restored + wait <= now.monotonic else {
            schedule(.release(point: point, gateway: gateway), at: restored + wait)
            return
        }
        if let point {
            guard !isStaleSuppressed(point) else { return }
            unsuppress(pointSubject(point, .stale), at: now)
        } else {
            guard !isBrokerLost else { return }
            unsuppress(gatewaySubject(gateway, .offline), at: now)
        }
    }
}
