import GRDB
import Store

extension HistoryError {
    /// The same error in words; `file` is the day file's path.
    init(_ error: any Error, file: String) {
        switch error {
        case let error as HistoryError: self = error
        case let error as StoreError: self.init(error.kind == .full ? .full : .failed, error.description)
        case let error as DatabaseError:
            let words = "\(file): \(error.message ?? "error") (SQLite \(error.extendedResultCode.rawValue))"
            switch error.resultCode {
            case .SQLITE_FULL: self.init(.full, "\(file): no space is left on its disk")
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: self.init(.damaged, "\(words); restore it from a backup")
            default: self.init(.failed, words)
            }
        default: self.init(.failed, "\(file): \(error)")
        }
    }
}
