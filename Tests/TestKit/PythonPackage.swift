import Foundation

/// Packages of Python's by which tests check ours: `deploy/install-dependencies --tests` puts them into the build folder.
package enum PythonPackage {
    package static let interpreter = "/usr/bin/python3"

    /// The environment under which the interpreter finds them.
    package static var environment: [String: String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return ["PYTHONPATH": root + "/.build/python-packages"]
    }

    /// Whether `module` can be imported; says so where it cannot.
    package static func isThere(_ module: String) throws -> Bool {
        let scratch = try TemporaryFolder("python")
        let child = try ChildProcess(
            interpreter, ["-c", "import \(module)"], environment: environment, output: scratch.file("log"))
        if child.wait(timeout: .seconds(30)) == 0 { return true }
        print("skipped: Python has no \(module) here; deploy/install-dependencies --tests installs it")
        return false
    }
}
