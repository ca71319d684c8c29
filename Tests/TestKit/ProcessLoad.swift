import Foundation
import Glibc

/// What a process takes of the machine, as /proc tells it.
package struct ProcessLoad {
    private let pid: Int32

    package init(_ pid: Int32) {
        self.pid = pid
    }

    /// VmRSS; 0 once the process is gone.
    package var residentKilobytes: Int {
        let line = read("status").split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(whereSeparator: { " \t".contains($0) }).dropFirst().first.flatMap { Int($0) } ?? 0
    }

    /// 0 once the process is gone.
    package var openDescriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count) ?? 0
    }

    /// User and system time of all its threads since it started.
    package var cpuSeconds: Double {
        // The name in parentheses may contain blanks; utime and stime are the 12th and 13th field after it.
        let fields = read("stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private func read(_ name: String) -> String {
        (try? String(contentsOfFile: "/proc/\(pid)/\(name)", encoding: .utf8)) ?? ""
    }
}
