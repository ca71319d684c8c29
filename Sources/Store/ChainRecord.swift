/// A statement of the daemon about its own record, bound into the evidence chain with the burst it is committed with:
/// what was compacted, which day was closed, what was removed (`schemas/evidence.md`).
package struct ChainRecord: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Journal rows became chunks: a `CompactionRecord`.
        case compaction
        /// A day file got its final form: a `DayRecord`.
        case day
        /// Day files were removed: a `PurgeRecord`.
        case purge
        /// A key signs seals from here on: a `KeyRecord`.
        case key
        /// A configuration is in force from here on: a `ConfigurationRecord`.
        case configuration
    }

    package let kind: Kind
    /// JSON, one object; what is hashed are these very bytes.
    package let body: String

    package init(_ kind: Kind, body: String) {
        self.kind = kind
        self.body = body
    }
}
