/// Waits until `condition` holds, looking every 10 ms, and throws a sentence naming `what` when `limit` has passed
/// first. The condition may do work itself, for example pump a client.
package func eventually(
    within limit: Duration = .seconds(10), _ what: String, _ condition: () throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    while try !condition() {
        guard clock.now < deadline else {
            throw TestKitError("not within \(limit): \(what)")
        }
        try await clock.sleep(for: .milliseconds(10))
    }
}
