/// Lets real time pass, for tests of what must happen (or must not) within it: does `work` about every `interval`
/// until `duration` is over.
package func during(
    _ duration: Duration, every interval: Duration = .milliseconds(10), _ work: () throws -> Void = {}
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + duration
    repeat {
        try work()
        try await clock.sleep(for: min(interval, max(.zero, end - clock.now)))
    } while clock.now < end
}
