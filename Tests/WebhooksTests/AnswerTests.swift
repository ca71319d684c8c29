import Testing
import Webhooks

@Suite("A target's answer")
struct AnswerTests {
    @Test(
        "is success, a reason to try again, a refusal for good, or a farewell",
        arguments: [
            (200, WebhookAnswer.delivered), (204, .delivered), (301, .failed(.status(301), after: nil)),
            (400, .refused(reason: "status 400")), (404, .refused(reason: "status 404")),
            (408, .failed(.status(408), after: nil)), (410, .gone), (422, .refused(reason: "status 422")),
            (429, .failed(.status(429), after: nil)), (500, .failed(.status(500), after: nil)),
            (503, .failed(.status(503), after: nil)), (599, .failed(.status(599), after: nil)),
        ] as [(Int, WebhookAnswer)])
    func statuses(status: Int, answer: WebhookAnswer) {
        #expect(WebhookAnswer(status: status) == answer)
    }

    @Test(
        "says in seconds or as a date how long to wait, an hour at most",
        arguments: [
            ("0", 0), ("120", 120_000), ("999999999999999999999", 3_600_000), ("Sun, 06 Nov 1994 08:49:37 GMT", 37_000),
            ("Sun, 06 Nov 1994 08:48:00 GMT", 0), ("Mon, 07 Nov 1994 08:49:37 GMT", 3_600_000),
        ] as [(String, Int64)])
    func retryAfter(text: String, wait: Int64) {
        // 6 November 1994, 08:49:00 UTC.
        let now: Int64 = 784_111_740_000
        #expect(WebhookAnswer(status: 503, retryAfter: text, at: now) == .failed(.status(503), after: wait))
    }

    @Test(
        "that says so in another way says nothing",
        arguments: ["", "-1", "1.5", "soon", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "٣"])
    func unreadable(text: String) {
        #expect(WebhookAnswer(status: 429, retryAfter: text, at: 0) == .failed(.status(429), after: nil))
    }
}
