package import Historian

/// Who keeps history, for the routes that ask for something.
package protocol HistoryControl: Sendable {
    /// Compacts all there is and seals every day that has ended.
    func compact() async throws -> HistoryOutcome
}
