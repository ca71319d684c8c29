package import AlarmFigures
import Hummingbird
import NIOPosix
package import Store
import Telemetry

/// Works out the alarm system's figures from the log, one request after the other: a long range takes seconds of a
/// processor.
package actor FigureDesk {
    /// What is asked for.
    struct Query: Sendable {
        /// UTC milliseconds; the end is now, the beginning 30 days before it or the first event, where nothing is said.
        var from: Int64?
        var to: Int64?
        /// Nil for all sites.
        var site: String?
    }

    /// The most requests that wait.
    static let bound = 8

    private let node: String
    private let reader: StateReader
    private let basis: @Sendable () -> FigureBasis
    private var last: Task<Void, Never>?
    private var waiting = 0

    package init(node: String, reader: StateReader, basis: @escaping @Sendable () -> FigureBasis) {
        self.node = node
        self.reader = reader
        self.basis = basis
    }

    /// The report as JSON.
    func answer(_ query: Query) async throws -> String {
        guard waiting < FigureDesk.bound else {
            throw Problem(.serviceUnavailable, "\(waiting) requests for figures are waiting already; try again")
        }
        waiting += 1
        defer { waiting -= 1 }
        let former = last
        let task = Task {
            if let former { await former.value }
            return try await NIOThreadPool.singleton.runIfActive { [self] in try report(query) }
        }
        last = Task { _ = await task.result }
        return try await task.value
    }

    private nonisolated func report(_ query: Query) throws -> String {
        let to = query.to ?? SystemClock.now().wall
        let from = try query.from ?? reader.usualFigureStart(before: to)
        guard from < to, to - from <= AlarmFigures.longestRange else {
            let days = AlarmFigures.longestRange / 86_400_000
            throw Problem(
                .unprocessableContent, "from is \(from) and to is \(to); valid: from before to, by at most \(days) days"
            )
        }
        let figures = try reader.alarmFigures(from: from, to: to, site: query.site, basis: basis())
        return figures.report(at: to).json(node: node, site: query.site, bucket: AlarmLoad.bucket(of: from..<to))
    }
}
