package import Alarms
package import Figures

/// What the webhooks need of the daemon around them. What reads may block: it is called on threads kept for that.
package struct WebhookSurroundings: Sendable {
    /// Events after a sequence, oldest first.
    package let events: @Sendable (_ after: Int64, _ limit: Int) throws -> [Event]
    /// The newest event's sequence; 0 before the first.
    package let lastSequence: @Sendable () throws -> Int64
    /// How far a consumer has come, by its cursor's name; nil if it is new.
    package let cursor: @Sendable (_ name: String) throws -> Int64?
    /// Told how far a consumer has come; has it kept with one of the next commits.
    package let advance: @Sendable (_ name: String, _ sequence: Int64) -> Void
    package let board: FigureBoard

    package init(
        events: @escaping @Sendable (_ after: Int64, _ limit: Int) throws -> [Event],
        lastSequence: @escaping @Sendable () throws -> Int64,
        cursor: @escaping @Sendable (_ name: String) throws -> Int64?,
        advance: @escaping @Sendable (_ name: String, _ sequence: Int64) -> Void, board: FigureBoard
    ) {
        self.events = events
        self.lastSequence = lastSequence
        self.cursor = cursor
        self.advance = advance
        self.board = board
    }
}
