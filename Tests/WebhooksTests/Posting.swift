import TestKit
import Testing

/// Deliveries to real servers. One after the other: each waits for others that share the processors with it.
@Suite("Webhooks that are posted", .serialized, .timeLimit(.minutes(FullCounts.patienceMinutes)))
enum Posting {}
