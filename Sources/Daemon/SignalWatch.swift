import Foundation
import Glibc

/// Takes the process's signals on a thread of its own. `block` must come before any other thread is started, so
/// that a signal that arrives early waits instead of killing the process.
package enum SignalWatch {
    package enum Signal: Sendable {
        case stop
        case reload
    }

    /// Holds SIGTERM, SIGINT and SIGHUP back from every thread started from here on, and ignores SIGPIPE.
    package static func block() {
        var set = watched()
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Calls `handler` for each signal, one after the other, for as long as the process runs.
    package static func start(_ handler: @escaping @Sendable (Signal) -> Void) {
        Thread.detachNewThread {
            var set = watched()
            while true {
                var number: Int32 = 0
                guard unsafe sigwait(&set, &number) == 0 else { continue }
                handler(number == SIGHUP ? .reload : .stop)
            }
        }
    }

    private static func watched() -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, number) }
        return set
    }
}
