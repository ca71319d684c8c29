import Historian
import OperatorAPI

/// Keeps no history, and says that it compacted some.
struct HistoryStandIn: HistoryControl {
    func compact() async throws -> HistoryOutcome {
        var outcome = HistoryOutcome()
        outcome.samples = 12
        outcome.days = 3
        return outcome
    }
}
