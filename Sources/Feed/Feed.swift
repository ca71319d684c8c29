package import Broker
package import Figures
import Foundation
package import Logging
package import Pipeline
package import Store
import Synchronization
import Telemetry

/// Carries what is committed to the outside over MQTT: events in order, the alarms as they stand, escalations,
/// heartbeat and node status; and brings in operator commands where they are allowed.
///
/// Runs on a thread of its own with a session of its own, so that alarms never wait behind withheld
/// acknowledgements. It resumes after the last event the broker acknowledged.
package final class Feed: Sendable {
    /// What the feed needs of the daemon around it.
    package struct Surroundings: Sendable {
        package let reader: StateReader
        package let board: FigureBoard
        /// Told which event was last acknowledged by the broker.
        package let advance: @Sendable (Int64) -> Void
        /// Carries out a command and waits for its commit; nil if that cannot be had now.
        package let execute: @Sendable (OperatorCommand) -> OperatorCommand.Outcome?

        package init(
            reader: StateReader, board: FigureBoard,
            advance: @escaping @Sendable (Int64) -> Void,
            execute: @escaping @Sendable (OperatorCommand) -> OperatorCommand.Outcome?
        ) {
            self.reader = reader
            self.board = board
            self.advance = advance
            self.execute = execute
        }
    }

    private let wake = WakeUp()
    private let mailbox = EventMailbox()
    private let stopping = Mutex(false)
    private let finished = DispatchSemaphore(value: 0)

    /// Starts the thread.
    package init(
        node: String, options: SessionOptions, acceptsCommands: Bool, surroundings: Surroundings, seed: UInt64,
        logger: Logger
    ) {
        let (wake, mailbox) = (wake, mailbox)
        let finished = finished
        let isStopping: @Sendable () -> Bool = { [weak self] in self?.stopping.withLock { $0 } ?? true }
        let thread = Thread {
            ThreadPriority.beginAtOnce()
            ThreadName.adopt("feed")
            let courier = FeedCourier(
                node: node, options: options, acceptsCommands: acceptsCommands, surroundings: surroundings,
                wake: wake, mailbox: mailbox, seed: seed, logger: logger)
            courier.run(until: isStopping)
            finished.signal()
        }
        thread.start()
    }

    /// Takes in what was just committed.
    package func eventsCommitted(_ commit: CommittedEvents) {
        mailbox.put(commit)
        wake.signal()
    }

    /// Publishes what is left for up to a second, says goodbye, and ends the thread.
    package func stop() {
        stopping.withLock { $0 = true }
        wake.signal()
        _ = finished.wait(timeout: .now() + 1.5)
    }

    /// How a feed's session differs from the one that ingests: its name, its will, its expiry.
    package static func options(_ ingest: SessionOptions, node: String, acceptsCommands: Bool) -> SessionOptions {
        var options = ingest
        options.clientID += "-feed"
        // Commands sent while the daemon is down wait at the broker; without commands nothing has to.
        options.cleanStart = !acceptsCommands
        options.sessionExpiry = acceptsCommands ? ingest.sessionExpiry : 0
        options.receiveMaximum = 100
        options.will = Will(
            topic: FeedTopic.status(node), payload: Array(#"{"online":false}"#.utf8), qos: 1, retain: true)
        return options
    }
}
