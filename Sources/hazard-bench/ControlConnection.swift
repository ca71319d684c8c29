import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Store
import Telemetry
import TestKit

/// Asks a daemon over its control socket, for a thread that may block.
struct ControlConnection: Sendable {
    /// What a claim gives.
    struct ClaimedTask: Sendable {
        let id: String
        let claim: String
    }

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

    func claim(limit: Int) throws -> [ClaimedTask] {
        ControlConnection.tasks(in: try post("/v1/escalations/claim", "{\"limit\":\(limit)}"))
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
            return (ControlConnection.tasks(in: try ControlConnection.body(of: response, "claim")), answered)
        }
    }

    /// Says that all of these are done.
    func report(_ tasks: [ClaimedTask]) throws {
        let items = tasks.map { "{\"id\":\"\($0.id)\",\"claim\":\($0.claim)}" }.joined(separator: ",")
        let answer = String(buffer: try post("/v1/escalations/report", "{\"verb\":\"done\",\"items\":[\(items)]}"))
        guard !answer.contains("refused"), !answer.contains("unknown") else {
            throw TestKitError("not everything is done: \(answer.prefix(300))")
        }
    }

    /// Identifiers and claim numbers, without taking the whole answer apart: a consumer written for speed.
    private static func tasks(in answer: ByteBuffer) -> [ClaimedTask] {
        let bytes = Array(answer.readableBytesView)
        let (begin, claim) = (Array("{\"id\":\"".utf8), Array("\"claim\":".utf8))
        var tasks: [ClaimedTask] = []
        var place = 0
        while let start = find(begin, in: bytes, from: place) {
            let id = String(decoding: bytes[start..<min(start + 26, bytes.count)], as: UTF8.self)
            guard let number = find(claim, in: bytes, from: start) else { break }
            place = number
            while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
            tasks.append(ClaimedTask(id: id, claim: String(decoding: bytes[number..<place], as: UTF8.self)))
        }
        return tasks
    }

    /// - Returns: the place behind the next occurrence.
    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place + pattern.count <= bytes.count {
            if bytes[place] == pattern[0], bytes[place + 1] == pattern[1],
                bytes[place..<(place + pattern.count)].elementsEqual(pattern)
            {
                return place + pattern.count
            }
            place += 1
        }
        return nil
    }
}
