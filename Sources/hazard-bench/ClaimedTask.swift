import Glibc
import TestKit

/// What a claim gives of an escalation, as far as a report on it needs.
struct ClaimedTask: Sendable {
    let id: String
    let claim: String

    /// Those of an answer, without taking the whole of it apart: a consumer written for speed.
    static func list(in answer: [UInt8]) -> [ClaimedTask] {
        var tasks: [ClaimedTask] = []
        // The C library's search looks at many bytes at once; it wants the text's end marked.
        unsafe (answer + [0]).withUnsafeBytes { bytes in
            var rest = unsafe bytes.baseAddress.map { unsafe $0.assumingMemoryBound(to: CChar.self) }
            while let start = unsafe behind("{\"id\":\"", rest), let number = unsafe behind("\"claim\":", start) {
                var end = unsafe number
                while unsafe (0x30...0x39).contains(end.pointee) { unsafe end += 1 }
                unsafe tasks.append(
                    ClaimedTask(id: text(start, 26), claim: text(number, UnsafePointer(end) - UnsafePointer(number))))
                unsafe rest = UnsafePointer(end)
            }
        }
        return tasks
    }

    /// The report that all of these are done.
    static func report(_ tasks: [ClaimedTask]) -> String {
        let items = tasks.map { "{\"id\":\"\($0.id)\",\"claim\":\($0.claim)}" }.joined(separator: ",")
        return "{\"verb\":\"done\",\"items\":[\(items)]}"
    }

    /// - Throws: where an answer to such a report says that not all of it was taken.
    static func check(_ answer: [UInt8]) throws {
        let isRefused = unsafe (answer + [0]).withUnsafeBytes { bytes in
            let text = unsafe bytes.baseAddress.map { unsafe $0.assumingMemoryBound(to: CChar.self) }
            return unsafe behind("refused", text) != nil || behind("unknown", text) != nil
        }
        guard !isRefused else {
            throw TestKitError("not everything is done: \(String(decoding: answer.prefix(300), as: UTF8.self))")
        }
    }

    /// The place behind the next occurrence.
    private static func behind(_ pattern: String, _ text: UnsafePointer<CChar>?) -> UnsafePointer<CChar>? {
        guard let text = unsafe text, let found = unsafe strstr(text, pattern) else { return nil }
        return unsafe UnsafePointer(found) + pattern.utf8.count
    }

    private static func text(_ start: UnsafePointer<CChar>, _ count: Int) -> String {
        unsafe String(
            decoding: UnsafeRawBufferPointer(start: start, count: strnlen(start, count)), as: UTF8.self)
    }
}
