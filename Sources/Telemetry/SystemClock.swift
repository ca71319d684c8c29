import CLinux
import Glibc

/// The machine's clocks. Only the edges of the daemon read them; everything inside is given an `Instant`.
package enum SystemClock {
    package static func now() -> Instant {
        Instant(wall: milliseconds(CLOCK_REALTIME), monotonic: milliseconds(CLOCK_BOOTTIME))
    }

    /// Nanoseconds on the monotonic clock, for measuring durations.
    package static func nanoseconds() -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Whether anything disciplines the wall clock, as the kernel sees it.
    package static var isSynchronised: Bool { clinux_clock_is_synchronised() }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
