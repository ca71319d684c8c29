import Foundation
import Glibc

/// What this process takes of the machine.
struct ProcessFigures {
    let residentBytes: Int64
    let openDescriptors: Int64
    let cpuSeconds: Double

    /// RUSAGE_SELF of getrusage(2), which Glibc shows as a type of its own.
    private static let selfUsage: Int32 = 0

    static var current: ProcessFigures {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
            .dropFirst().first.flatMap { Int64($0) }
        let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        var usage = rusage()
        unsafe getrusage(selfUsage, &usage)
        let seconds = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
        return ProcessFigures(
            residentBytes: (pages ?? 0) * Int64(sysconf(Int32(_SC_PAGESIZE))), openDescriptors: Int64(descriptors ?? 0),
            cpuSeconds: seconds)
    }
}
