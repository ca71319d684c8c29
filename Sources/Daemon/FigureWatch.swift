import AlarmFigures
import Dispatch
import Figures
import Foundation
import Logging
import Registry
import Store
import Synchronization
import Telemetry

/// The thread that keeps the alarm system's figures of the moment: it reads the events that were committed, once a
/// second, and puts up what they come to. The pipeline's thread knows nothing of it.
final class FigureWatch: Sendable {
    /// What the configuration in force counts figures by.
    final class Basis: Sendable {
        private let basis: Mutex<FigureBasis>

        init(_ configuration: Configuration) {
            basis = Mutex(FigureBasis(configuration))
        }

        var current: FigureBasis { basis.withLock { $0 } }

        /// Goes on under another configuration.
        func adopt(_ configuration: Configuration) {
            let fresh = FigureBasis(configuration)
            basis.withLock { $0 = fresh }
        }
    }

    private static let every: DispatchTimeInterval = .seconds(1)
    /// How far back it looks at a start, in milliseconds: far enough for a flood that goes on.
    private static let lookBack: Int64 = 3_600_000
    /// For so long it adds to what it has counted, in milliseconds; then it begins anew, so that its memory stays as
    /// it is.
    private static let longest: Int64 = 86_400_000

    private let reader: StateReader
    private let board: FigureBoard
    private let basis: Basis
    private let logger: Logger
    private let isStopped = Mutex(false)
    private let wake = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)

    init(reader: StateReader, board: FigureBoard, basis: Basis, logger: Logger) {
        self.reader = reader
        self.board = board
        self.basis = basis
        self.logger = logger
    }

    func start() {
        let thread = Thread { [self] in
            ThreadName.adopt("figures")
            ThreadPriority.giveWay()
            run()
            done.signal()
        }
        thread.start()
    }

    func stop() {
        isStopped.withLock { $0 = true }
        wake.signal()
        done.wait()
    }

    private func run() {
        var figures: AlarmFigures?
        var sequence: Int64 = 0
        while !isStopped.withLock({ $0 }) {
            do throws(StoreError) {
                let inForce = basis.current
                if let known = figures, known.basis != inForce || isOld(known) { figures = nil }
                if var known = figures.take() {
                    sequence = try reader.feed(&known, after: sequence)
                    figures = known
                } else {
                    let begun = try begin(inForce)
                    figures = begun.figures
                    sequence = begun.sequence
                }
                show(&figures)
            } catch {
                // Read again from the start: events may have been taken in by half.
                figures = nil
                logger.warning("figures-failed: \(error); the alarm figures of /metrics stand still")
            }
            _ = wake.wait(timeout: .now() + FigureWatch.every)
        }
    }

    private func begin(_ basis: FigureBasis) throws(StoreError) -> (figures: AlarmFigures, sequence: Int64) {
        let start = SystemClock.now().wall - FigureWatch.lookBack
        var figures = AlarmFigures(from: start, basis: basis)
        let sequence = try reader.feed(&figures, after: try reader.lastSequence(before: start))
        for alarm in try reader.alarms() { figures.take(standing: alarm) }
        return (figures, sequence)
    }

    private func isOld(_ figures: AlarmFigures) -> Bool {
        SystemClock.now().wall - figures.from > FigureWatch.longest
    }

    private func show(_ figures: inout AlarmFigures?) {
        guard let live = figures?.live(at: SystemClock.now().wall), live != board.current.alarms else { return }
        board.update { $0.alarms = live }
    }
}
