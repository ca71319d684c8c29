import Foundation
import Glibc
import Registry
import Settings

/// The file of access tokens, for adding to it.
struct TokenFile {
    let path: String

    /// Adds an entry below the others. The file is taken in whole, so that one that hazardd would refuse is not made.
    func append(_ entry: String) throws {
        let former = FileManager.default.contents(atPath: path) ?? Data()
        var text = String(decoding: former, as: UTF8.self)
        if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        let known = try count(text)
        if known == nil { text += "tokens:\n" }
        text += entry + "\n"
        guard (try? count(text)) == (known ?? 0) + 1 else {
            throw CommandFailure(
                "\(path.printable) cannot be added to as it is written; make the token without --append and add its entry "
                    + "by hand")
        }
        try write(text)
    }

    /// How many tokens a text has; nil without a list.
    private func count(_ text: String) throws -> Int? {
        let log = FaultLog()
        let tokens = AccessTokenReader.read(Array(text.utf8), file: SourceFile(argument: path), log: log)
        try log.rejectIfFaulty()
        return tokens.flatMap { $0.isEmpty && !text.contains("tokens:") ? nil : $0.count }
    }

    /// In place, so that owner and mode stay; a new file is its owner's alone.
    private func write(_ text: String) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("\(path.printable) cannot be written: \(unsafe String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw CommandFailure("\(path.printable) was not written in whole: free space on its disk, and look at it")
        }
    }
}
