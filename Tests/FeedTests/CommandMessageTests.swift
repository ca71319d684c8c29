import Feed
import Pipeline
import Telemetry
import Testing

@Suite("A command over MQTT")
struct CommandMessageTests {
    private static let episode = ULID(high: 1, low: 2)

    private static func read(_ text: String) throws -> CommandMessage {
        try CommandMessage(Array(text.utf8), actor: "wang")
    }

    @Test("is read with its comment, in the name of its topic's user, and remembers its own id")
    func whole() throws {
        let message = try CommandMessageTests.read(
            "{\"id\":\"c-1\",\"command\":\"reset\",\"episode\":\"\(CommandMessageTests.episode)\",\"comment\":\"好\"}")
        #expect(message.id == "c-1")
        #expect(message.command.action == .reset)
        #expect(message.command.target == .episode(CommandMessageTests.episode))
        #expect(message.command.actor == "wang")
        #expect(message.command.comment == "好")
        #expect(message.command.requestID == "c-1")
    }

    @Test(
        "that is not right is refused with what would be",
        arguments: [
            ("{", "id"), ("{\"id\":\"\",\"command\":\"reset\",\"episode\":\"x\"}", "id must have 1 to 128"),
            (
                "{\"id\":\"a\",\"command\":\"explode\",\"episode\":\"x\"}",
                "acknowledge, confirm, reset, shelve, unshelve"
            ),
            ("{\"id\":\"a\",\"command\":\"reset\",\"episode\":\"x\"}", "26 characters"),
        ])
    func faulty(text: String, reason: String) {
        #expect {
            try CommandMessageTests.read(text)
        } throws: { error in
            (error as? CommandMessage.Fault)?.reason.contains(reason) == true
        }
    }

    @Test(
        "is answered where its sender asked, but never on a topic on which only the daemon speaks",
        arguments: [
            ("", "hazard/v1/replies/wang"), ("desk/7/answers", "desk/7/answers"),
            ("hazard/v1/replies/wang", "hazard/v1/replies/wang"), ("hazard/v1/replies/li", "hazard/v1/replies/wang"),
            ("hazard/v1/events/shengli", "hazard/v1/replies/wang"),
        ])
    func replyTopic(asked: String, used: String) {
        #expect(FeedTopic.reply("wang", asked: asked) == used)
    }
}
