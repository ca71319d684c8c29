import ArgumentParser
import Evidence
import Foundation
import NIOCore
import OperatorAPI
import Store
import Telemetry

/// `hazardctl compact`
struct CompactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Compact the journal now and seal every day that has ended.",
        discussion: """
            Through the running daemon, or with none running in its place. Data of a sealed day that comes later goes into \
            a file of its own.
            """)

    @OptionGroup var node: Node

    private struct Outcome: Decodable {
        let samples: Int64
        let days: Int
    }

    func run() async throws {
        let folder = try node.folder()
        let socket = ControlSocket(folder.controlSocket)
        switch await socket.probe() {
        case .listening:
            let text = try await ControlClient(socket: socket).post("/v1/storage/compact", patience: .hours(1))
            guard let outcome = try? JSONDecoder().decode(Outcome.self, from: Data(text.utf8)) else {
                StandardOutput.print(text)
                return
            }
            report(outcome.samples, outcome.days)
        case .nobody:
            try compactOffline()
        case .closed(let reason):
            throw CommandFailure("control socket \(socket.path) cannot be used: \(reason)")
        }
    }

    private func compactOffline() throws {
        _ = try node.reader()
        let now = SystemClock.now()
        var random = SystemRandomNumberGenerator()
        let offline = try OfflineNode(try node.configuration(), command: "compact", seed: random.next(), at: now)
        let (samples, sealed) = try offline.compact(at: now.wall)
        try offline.close(at: now.wall)
        report(samples, sealed.count)
    }

    private func report(_ samples: Int64, _ days: Int) {
        StandardOutput.print("compacted \(samples) samples, sealed \(days) \(days == 1 ? "day" : "days")")
    }
}
