import Alarms
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Pipeline
import Telemetry

/// Asks the running daemon over its control socket.
struct ControlClient {
    private static let patience = TimeAmount.seconds(15)
    private static let longestAnswer = 1 << 20

    let socket: ControlSocket

    private struct ActionBody: Encodable {
        let comment: String?
        /// Seconds.
        let duration: Double?
        let permit: String?
        let condition: String?

        enum CodingKeys: String, CodingKey {
            case comment, permit, condition
            case duration = "for_s"
        }
    }

    /// The part of an RFC 9457 problem that says something.
    private struct Problem: Decodable {
        let detail: String
    }

    /// Has an action carried out.
    /// - Returns: the alarm or alarms as they then stand, as JSON.
    func act(_ command: OperatorCommand) async throws -> String {
        let path: String
        var condition: Condition?
        switch command.target {
        case .episode(let episode): path = "alarms/\(episode)"
        case .alarms(let target):
            path = "objects/\(target.site)/\(target.object)"
            condition = target.condition
        }
        let body = ActionBody(
            comment: command.comment, duration: command.duration.map { Double($0) / 1_000 }, permit: command.permit,
            condition: condition?.name)
        return try await post("/v1/\(path)/\(command.action.rawValue)", body: try JSONEncoder().encode(body))
    }

    /// Sends a request and reads the answer.
    /// - Parameters:
    ///   - body: of media type `type`; nil for none.
    ///   - patience: how long the answer may take.
    func post(
        _ path: String, body: Data? = nil, type: String = "application/json",
        patience: TimeAmount = ControlClient.patience
    ) async throws -> String {
        guard let url = URL(httpURLWithSocketPath: socket.path, uri: path) else {
            throw CommandFailure("the path \(socket.path) cannot be used as an address")
        }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .POST
        if let body {
            request.headers.add(name: "content-type", value: type)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let status: HTTPResponseStatus
        let answer: ByteBuffer
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: patience)
            status = response.status
            answer = try await response.body.collect(upTo: ControlClient.longestAnswer)
        } catch {
            throw CommandFailure(
                .unreachable,
                "hazardd listens at \(socket.path) but does not answer (\(error)); whether it acted is not known: "
                    + "`hazardctl alarms` and `hazardctl storage` show it")
        }
        let text = String(buffer: answer)
        guard status != .ok else { return text }
        let detail = (try? JSONDecoder().decode(Problem.self, from: Data(answer.readableBytesView)))?.detail
        throw CommandFailure(
            status == .serviceUnavailable ? .unreachable : .failed, detail ?? "hazardd answers \(status): \(text)")
    }
}
