import Escalation

/// What a consumer says of tasks that it holds, as far as that has been taken in.
struct WaitingReport: Sendable {
    /// The most reports that wait at once; further ones are refused.
    static let bound = 1_024

    let report: LeaseReport
    /// Told once: what came of each task, once that is committed; nil if that could not be had.
    let reply: @Sendable ([LeaseReport.Outcome]?) -> Void
    /// What came of the first so many.
    var outcomes: [LeaseReport.Outcome] = []
}
