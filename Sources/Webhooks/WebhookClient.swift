package import Alarms
import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOSSL
import Settings
package import Telemetry

/// Posts messages to one target. Follows no redirect, and waits for no answer longer than the settings say.
package struct WebhookClient: Sendable {
    /// So much of an answer's text is read, in bytes, for this long at most, so that its connection can be used again.
    private static let longestAnswer = 65_536
    private static let drainTime = Duration.seconds(2)
    /// How long an unused connection is kept, in seconds: less than most servers keep theirs.
    private static let idleTime: Int64 = 4
    /// Characters of an answer's text that are shown.
    private static let longestExcerpt = 200

    private let target: WebhookTarget
    private let client: HTTPClient

    /// Whoever makes one closes it.
    package init(_ target: WebhookTarget) {
        self.target = target
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = target.settings.caFile { tls.trustRoots = .file(file) }
        let timeout = TimeAmount.milliseconds(target.settings.timeout)
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: timeout, read: timeout))
        configuration.connectionPool.idleTimeout = .seconds(WebhookClient.idleTime)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = target.settings.concurrency
        // A failed connection is an answer of its own: the window knows when to try again.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }

    package func close() async {
        // It fails only if it was closed before.
        try? await client.shutdown()
    }

    /// Makes one attempt to deliver an event.
    /// - Parameter clock: read when the message leaves and when the answer came.
    package func deliver(_ event: Event, clock: @Sendable () -> Instant = SystemClock.now) async -> WebhookReply {
        let began = clock()
        let message = WebhookMessage(
            event, mode: target.settings.mode, secrets: target.secrets, at: began.wall)
        guard let message else {
            return WebhookReply(
                answer: .refused(reason: "its body is no CloudEvent"), status: nil, excerpt: "", duration: 0)
        }
        var request = HTTPClientRequest(url: target.settings.url.text)
        request.method = .POST
        for (name, value) in message.headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(string: message.body))
        do {
            let response = try await client.execute(request, timeout: .milliseconds(target.settings.timeout))
            let ended = clock()
            let status = Int(response.status.code)
            let excerpt = await WebhookClient.drain(response.body)
            return WebhookReply(
                answer: WebhookAnswer(
                    status: status, retryAfter: response.headers.first(name: "retry-after"), at: ended.wall),
                status: status, excerpt: excerpt, duration: ended.monotonic - began.monotonic)
        } catch {
            return WebhookReply(
                answer: .failed(WebhookClient.failure(error), after: nil), status: nil, excerpt: "",
                duration: clock().monotonic - began.monotonic)
        }
    }

    /// Reads what came with the answer; what is more, or comes later, is left.
    private static func drain(_ body: HTTPClientResponse.Body) async -> String {
        await withTaskGroup(of: String?.self) { group in
            group.addTask {
                var text = ""
                var count = 0
                do {
                    for try await part in body {
                        if text.utf8.count < longestExcerpt { text += String(buffer: part).prefix(longestExcerpt) }
                        count += part.readableBytes
                        if count > longestAnswer { break }
                    }
                } catch {
                    // The status was the answer; its text is for people only.
                }
                return printable(text)
            }
            group.addTask {
                try? await Task.sleep(for: drainTime)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? ""
        }
    }

    /// On one line, without what would steer a terminal.
    private static func printable(_ text: String) -> String {
        let plain = text.unicodeScalars.map { scalar -> Character in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : Character(scalar)
        }
        return String(String(plain).prefix(longestExcerpt)).trimmingBlanks
    }

    private static func failure(_ error: any Error) -> WebhookAnswer.Failure {
        let late: [HTTPClientError] = [
            .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout, .tlsHandshakeTimeout,
            .getConnectionFromPoolTimeout,
        ]
        if let known = error as? HTTPClientError, late.contains(known) { return .timeout }
        guard let system = error as? IOError else { return .connection("no connection: \(error)") }
        return .connection("no connection: \(unsafe String(cString: strerror(system.errnoCode)))")
    }
}

extension String {
    /// Without blanks at either end.
    fileprivate var trimmingBlanks: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
