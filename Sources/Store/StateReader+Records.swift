import GRDB

extension StateReader {
    /// The bodies of all chain records of one kind, oldest first.
    package func records(_ kind: ChainRecord.Kind) throws(StoreError) -> [String] {
        try read {
            try String.fetchAll(
                $0, sql: "SELECT body FROM record WHERE kind = ? ORDER BY id", arguments: [kind.rawValue])
        }
    }

    /// The newest seal's document; nil before the first.
    package func newestSeal() throws(StoreError) -> String? {
        try read { try String.fetchOne($0, sql: "SELECT body FROM seal ORDER BY id DESC LIMIT 1") }
    }
}
