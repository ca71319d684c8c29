import Alarms
package import Figures
package import Hummingbird
import NIOPosix
package import Store
import Telemetry

/// The routes that need no token and no name: whether the daemon lives, whether it records, and its figures.
package struct HealthRoutes: Sendable {
    private let node: String
    private let reader: StateReader
    private let board: FigureBoard
    private let tally: RequestTally
    private let queues: @Sendable () -> QueueFigures

    package init(
        node: String, reader: StateReader, board: FigureBoard, tally: RequestTally,
        queues: @escaping @Sendable () -> QueueFigures
    ) {
        self.node = node
        self.reader = reader
        self.board = board
        self.tally = tally
        self.queues = queues
    }

    package func add(to router: Router<some RequestContext>) {
        router.get("healthz") { _, _ in
            let complaint = board.current.complaint(at: SystemClock.now().monotonic)
            return HealthRoutes.answer(complaint.map { [$0] } ?? [])
        }
        router.get("readyz") { _, _ in
            HealthRoutes.answer(board.current.obstacles(at: SystemClock.now().monotonic))
        }
        router.get("metrics") { _, _ in
            let status = try await NIOThreadPool.singleton.runIfActive { [reader] in try reader.status() }
            let page = MetricsPage(
                figures: board.current, status: status, queues: queues(), http: tally.current, node: node)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: page.text(at: SystemClock.now()))))
        }
    }

    /// 200, or 503 with what stands in the way.
    private static func answer(_ obstacles: [String]) -> Response {
        var json = JSONText()
        json.member("status", obstacles.isEmpty ? "ok" : "unavailable")
        if !obstacles.isEmpty { json.member("detail", obstacles.joined(separator: "; ")) }
        return Response(
            status: obstacles.isEmpty ? .ok : .serviceUnavailable, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: json.object)))
    }
}
