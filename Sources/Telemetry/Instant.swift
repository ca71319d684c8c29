/// One moment as the daemon sees it, on both of its clocks.
///
/// Differences are taken between two monotonic readings only; the wall reading is for records and for
/// deadlines that must survive a restart.
package struct Instant: Hashable, Sendable {
    /// UTC milliseconds since 1970.
    package var wall: Int64
    /// Milliseconds on a clock that never steps; its zero is arbitrary and changes with every boot.
    package var monotonic: Int64

    package init(wall: Int64, monotonic: Int64) {
        self.wall = wall
        self.monotonic = monotonic
    }

    package func advanced(by milliseconds: Int64) -> Instant {
        Instant(wall: wall + milliseconds, monotonic: monotonic + milliseconds)
    }
}
