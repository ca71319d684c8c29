import Glibc
import Synchronization

/// Whether the user asked to stop (SIGINT, SIGTERM).
enum StopRequest {
    private static let flag = Atomic<Bool>(false)

    static var isMade: Bool { flag.load(ordering: .relaxed) }

    /// From now on the two signals end the run in good order instead of the process.
    static func listen() {
        for number in [SIGINT, SIGTERM] {
            _ = signal(number) { _ in StopRequest.flag.store(true, ordering: .relaxed) }
        }
    }
}
