import Foundation
import GRDB
import Glibc

/// Copies SQLite files that somebody else may be writing to.
package enum DatabaseCopy {
    /// Writes the database as it is at one moment into a new file of its own, without a write-ahead log.
    /// - Parameters:
    ///   - path: the database; who may read it, can copy it.
    ///   - target: must not be there.
    package static func make(of path: String, at target: String) throws(StoreError) {
        do {
            guard FileManager.default.fileExists(atPath: path) else {
                throw StoreError(.absent, "\(path) is not there")
            }
            var configuration = GRDB.Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(30)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            try queue.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [target]) }
            guard unsafe chmod(target, 0o640) == 0 else {
                throw StoreError(.failed, "\(target): its mode cannot be set: \(errorText())")
            }
        } catch {
            throw StateDatabase.explain(error, path)
        }
    }
}
