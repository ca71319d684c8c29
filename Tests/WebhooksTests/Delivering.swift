import Dispatch
import Figures
import Foundation
import Settings
import TestKit
import Webhooks

/// Webhooks at work on a log in memory, with pauses short enough for a test.
final class Delivering {
    static let secret = "the secret of a test, 32 bytes.."

    let log: MemoryLog
    let lines = LogLines()
    let board = FigureBoard(startedAt: 0)
    let webhooks: Webhooks
    private let folder: TemporaryFolder

    init(_ log: MemoryLog = MemoryLog()) throws {
        self.log = log
        folder = try TemporaryFolder("webhooks")
        webhooks = Webhooks(
            surroundings: WebhookSurroundings(
                events: { after, limit in log.events(after: after, limit: limit) },
                lastSequence: { log.lastSequence }, cursor: { log.cursor($0) }, advance: { log.set($0, to: $1) },
                board: board),
            pause: RetryPause(first: 20, longest: 200), farewell: .seconds(30), seed: 1, logger: lines.logger)
    }

    deinit {
        // It may block, and whoever lets go of this may be a thread that others wait for.
        DispatchQueue.global().async { [webhooks] in webhooks.stop() }
    }

    /// Ends the deliveries.
    func stop() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [webhooks] in
                webhooks.stop()
                continuation.resume()
            }
        }
    }

    /// A target as settings name it.
    /// - Parameter change: what of its settings is not as by default.
    func target(
        _ name: String, at url: String, secrets: [String] = [Delivering.secret],
        areas: [String: [String]] = [:], _ change: (inout WebhookSettings) -> Void = { _ in }
    ) throws -> WebhookTarget {
        let file = try folder.write(secrets.joined(separator: "\n") + "\n", to: "\(name).secret")
        guard let url = WebhookURL(url) else { throw TestKitError("\(url) is no URL") }
        var settings = WebhookSettings(name: name, url: url, secretFile: file)
        settings.timeout = 2_000
        change(&settings)
        return try WebhookTarget(settings, areas: areas)
    }

    /// Appends events and says so.
    func commit(_ subjects: String..., type: String = "hazard.alarm.raised.v1") {
        for subject in subjects { log.append { SampleEvent.make($0, subject: subject, type: type) } }
        webhooks.eventsCommitted()
    }

    func figures(_ name: String) -> WebhookFigures {
        board.current.webhooks[name] ?? WebhookFigures(cursor: -1)
    }

    /// Waits until a target is done with the whole log.
    func untilDone(_ name: String, within limit: Duration = .seconds(60)) async throws {
        do {
            try await eventually(within: limit, "\(name) is done with event \(log.lastSequence)") {
                figures(name).cursor == log.lastSequence && log.cursor("webhook/\(name)") == log.lastSequence
            }
        } catch {
            throw TestKitError("\(error): \(figures(name))\n\(lines.text)")
        }
    }
}
