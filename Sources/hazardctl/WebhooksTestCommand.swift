import Alarms
import ArgumentParser
import Settings
import Telemetry
import Webhooks

/// `hazardctl webhooks test`
struct WebhooksTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send a webhook target one signed event of type \(Event.webhookTestType), and show its answer.",
        discussion: "It is sent from here, whether a daemon runs or not, and is no event of the log. "
            + "The file of the target's secret has to be readable.")

    @Argument(help: "The target's name.")
    var name: String

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        guard let webhook = settings.webhooks.first(where: { $0.name == name }) else {
            let known = settings.webhooks.map(\.name).joined(separator: ", ")
            throw CommandFailure(
                "no webhook is called \"\(name)\"; valid: \(known.isEmpty ? "none, the settings name no webhooks" : known)"
            )
        }
        let target: WebhookTarget
        do throws(WebhookSecrets.Problem) {
            target = try WebhookTarget(webhook, areas: [:])
        } catch {
            throw CommandFailure("the secret file \(webhook.secretFile) \(error); valid: \(WebhookSecrets.fileForm)")
        }
        var random = RandomState(seed: .random(in: .min ... .max))
        let event = Event(webhookTest: name, node: settings.node, at: SystemClock.now().wall, using: &random)
        let client = WebhookClient(target)
        let reply = await client.deliver(event)
        await client.close()
        let said = reply.excerpt.isEmpty ? "" : ": \(reply.excerpt)"
        guard let status = reply.status else {
            throw CommandFailure(
                .unreachable, "\(webhook.url): \(reply.answer.failureText), after \(reply.duration) ms")
        }
        guard reply.answer == .delivered else {
            throw CommandFailure("\(webhook.url) answers \(status) after \(reply.duration) ms\(said)")
        }
        StandardOutput.print("\(webhook.url) answers \(status) after \(reply.duration) ms\(said)")
    }
}

extension WebhookAnswer {
    /// Why there was no answer.
    fileprivate var failureText: String {
        switch self {
        case .failed(let failure, _): failure.description
        case .refused(let reason): reason
        case .delivered, .gone: "no answer"
        }
    }
}
