import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Store
import Telemetry
import TestKit

/// Asks a daemon over its control socket, for a thread that may block.
struct ControlConnection: Sendable {
    private let socket: String

    init(_ folder: StateFolder) {
        socket = folder.controlSocket
    }

    /// - Returns: the answer's body.
    @discardableResult
    func post(_ path: String, _ body: String = "", patience: TimeAmount = .minutes(2)) throws -> ByteBuffer {
        try ControlConnection.body(of: try execute(.POST, path, body, patience).wait(), path)
    }

    private func execute(
        _ method: HTTPMethod, _ path: String, _ body: String, _ patience: TimeAmount
    ) -> EventLoopFuture<HTTPClient.Response> {
        HTTPClient.shared.execute(
            method, socketPath: socket, urlPath: path, body: body.isEmpty ? nil : .string(body),
            deadline: .now() + patience)
    }

    private static func body(of response: HTTPClient.Response, _ path: String) throws -> ByteBuffer {
        guard response.status == .ok else { throw TestKitError("\(path) is answered \(response.status)") }
        return response.body ?? ByteBuffer()
    }

    /// A figure of the daemon's own.
    /// - Parameter name: with its labels, such as `hazardd_escalations{state="ready"}`.
    func figure(_ name: String) throws -> Int {
        let page = String(
            buffer: try ControlConnection.body(of: execute(.GET, "/metrics", "", .seconds(10)).wait(), ""))
        guard let line = page.split(separator: "\n").first(where: { $0.hasPrefix(name + " ") }),
            let value = Int(line.dropFirst(name.count + 1))
        else { throw TestKitError("/metrics does not tell \(name)") }
        return value
    }

    /// Begins to wait for something to claim.
    /// - Parameter wait: seconds.
    /// - Returns: what waits for the answer, and says when it came (`SystemClock.nanoseconds`).
    func claimLater(
        limit: Int, wait: Int, tiers: [String]
    ) -> () throws -> (tasks: [ClaimedTask], answered: Int64) {
        let list = tiers.map { "\"\($0)\"" }.joined(separator: ",")
        let body = "{\"limit\":\(limit),\"wait_s\":\(wait),\"tiers\":[\(list)]}"
        let answer = execute(.POST, "/v1/escalations/claim", body, .seconds(Int64(wait) + 10)).map {
            ($0, SystemClock.nanoseconds())
        }
        return {
            let (response, answered) = try answer.wait()
            let body = try ControlConnection.body(of: response, "claim")
            return (ClaimedTask.list(in: Array(body.readableBytesView)), answered)
        }
    }

    /// Says that all of these are done.
    func report(_ tasks: [ClaimedTask]) throws {
        let answer = try post("/v1/escalations/report", ClaimedTask.report(tasks))
        try ClaimedTask.check(Array(answer.readableBytesView))
    }
}
