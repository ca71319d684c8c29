import Broker
import Foundation
import Glibc
import Synchronization

/// A program started by a test: its output goes to files, and it is killed when the last reference goes.
package final class ChildProcess: Sendable {
    package let pid: Int32
    /// The file that gets standard output and standard error.
    package let outputFile: String
    private let state: Exit

    /// Starts an executable. `environment` is added to this process's own. Output is appended to `output`.
    package init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:], output: String
    ) throws {
        guard FileManager.default.isExecutableFile(atPath: executable) else {
            throw TestKitError("\(executable) is no executable file; build or install it first")
        }
        outputFile = output
        let variables = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        pid = try Self.spawn(
            executable, arguments, variables.map { "\($0.key)=\($0.value)" }, output: output)
        let exit = Exit(pid)
        state = exit
        Thread.detachNewThread { exit.await() }
    }

    deinit {
        state.kill(SIGKILL)
    }

    package var isRunning: Bool {
        state.status.withLock { $0 == nil }
    }

    /// Everything written so far.
    package var output: String {
        (try? String(contentsOfFile: outputFile, encoding: .utf8)) ?? ""
    }

    /// Sends a signal, unless the program has ended already.
    package func kill(_ signal: Int32 = SIGKILL) {
        state.kill(signal)
    }

    /// Waits for the end: the exit code, or minus the number of the signal that ended it. nil after `timeout`.
    @discardableResult
    package func wait(timeout: Duration = .seconds(10)) -> Int32? {
        let milliseconds = timeout.components.seconds * 1_000 + timeout.components.attoseconds / 1_000_000_000_000_000
        _ = Poll.wait([PollInterest(state.ended.descriptor)], timeout: Int(milliseconds))
        return state.status.withLock { $0 }
    }

    private static func spawn(
        _ executable: String, _ arguments: [String], _ environment: [String], output: String
    ) throws -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The test runner ignores SIGPIPE (libmosquitto sees to that) and may block others; a child starts clean.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var argv = unsafe ([executable] + arguments).map { unsafe strdup($0) } + [nil]
        var envp = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer {
            unsafe (argv + envp).forEach { unsafe free($0) }
        }
        var pid: pid_t = 0
        let code = unsafe posix_spawn(&pid, executable, &actions, &attributes, &argv, &envp)
        guard code == 0 else {
            throw TestKitError("\(executable) did not start: \(unsafe String(cString: strerror(code)))")
        }
        return pid
    }
}

extension ChildProcess {
    /// How the program ended. Its process id is reaped and signalled under one lock, so that no signal can reach
    /// another process that got the id next.
    private final class Exit: Sendable {
        let pid: Int32
        let status = Mutex<Int32?>(nil)
        let ended = WakeUp()

        init(_ pid: Int32) {
            self.pid = pid
        }

        func await() {
            var info = unsafe siginfo_t()
            while unsafe waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            status.withLock { status in
                var raw: Int32 = 0
                _ = unsafe waitpid(pid, &raw, 0)
                let signal = raw & 0x7f
                status = signal == 0 ? (raw >> 8) & 0xff : -signal
            }
            ended.signal()
        }

        func kill(_ signal: Int32) {
            status.withLock { status in
                guard status == nil else { return }
                _ = Glibc.kill(pid, signal)
            }
        }
    }
}
