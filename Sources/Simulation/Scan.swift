import Glibc

/// One moment at which all gateways read their instruments.
struct Scan: Sendable {
    /// UTC milliseconds, before jitter and drift.
    let time: Int64
    /// Seconds after the world's start.
    let elapsed: Double

    /// -1 at 03:00 to 1 at 15:00, China standard time.
    var warmthOfDay: Double {
        let hours = Double(time % 86_400_000) / 3_600_000 + 8
        return cos((hours - 15) / 12 * Double.pi)
    }
}
