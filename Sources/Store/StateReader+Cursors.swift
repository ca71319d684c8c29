import GRDB

extension StateReader {
    /// The last event a named consumer has taken; nil for one that never said.
    package func knownCursor(_ name: String) throws(StoreError) -> Int64? {
        try read { try Int64.fetchOne($0, sql: "SELECT sequence FROM cursor WHERE name = ?", arguments: [name]) }
    }
}
