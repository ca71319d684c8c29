import Foundation
import TestKit
import Testing

@Suite("child processes of tests")
struct ChildProcessTests {
    @Test("exit codes, output and environment come through")
    func exitCode() throws {
        let folder = try TemporaryFolder()
        let child = try ChildProcess(
            "/bin/sh", ["-c", "echo \"$WORD\"; echo err >&2; exit 7"], environment: ["WORD": "said"],
            output: folder.file("out"))
        #expect(child.wait() == 7)
        #expect(!child.isRunning)
        #expect(child.output == "said\nerr\n")
    }

    @Test("a signal is reported as its negative number, and a wait can run out")
    func signals() throws {
        let folder = try TemporaryFolder()
        let child = try ChildProcess("/bin/sh", ["-c", "while :; do :; done"], output: folder.file("out"))
        #expect(child.wait(timeout: .milliseconds(50)) == nil)
        #expect(child.isRunning)
        child.kill()
        #expect(child.wait() == -SIGKILL)
        child.kill()
        #expect(child.wait() == -SIGKILL)
    }

    @Test("a program that is not there is an error")
    func missing() throws {
        let folder = try TemporaryFolder()
        #expect(throws: TestKitError.self) {
            try ChildProcess("/nowhere/to/be/found", output: folder.file("out"))
        }
    }
}
