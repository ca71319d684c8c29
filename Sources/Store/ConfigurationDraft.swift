package import Registry

/// A configuration about to be applied, made ready off the pipeline's thread: its content is packed and held against
/// the version before.
package struct ConfigurationDraft: Sendable {
    package let version: Int
    package let fingerprint: String
    package let author: String
    package let reason: String?
    package let changes: ConfigurationVersion.Changes
    package let content: ConfigurationVersion.Content

    /// - Returns: nil if this very configuration is in force already.
    package init?(
        _ files: ConfigurationFiles, fingerprint: String, author: String, reason: String?, after reader: StateReader
    ) throws(StoreError) {
        let last = try reader.configurationVersion(nil)
        if let last, last.fingerprint == fingerprint, last.content != nil { return nil }
        guard let content = ConfigurationVersion.Content(files) else {
            throw StoreError(.failed, "the configuration cannot be packed: libzstd has no memory for it")
        }
        version = (last?.version ?? 0) + 1
        self.fingerprint = fingerprint
        self.author = author
        self.reason = reason
        self.content = content
        let former = last?.content?.files
        var changes = ConfigurationVersion.Changes(ConfigurationDiff(from: former ?? ConfigurationFiles(), to: files))
        // Of the first one everything is new, which its files say better.
        if former == nil { changes.lines = [] }
        self.changes = changes
    }

    /// The version as it is applied, and the record that binds it into the evidence chain.
    package func applied(at now: Int64) throws(StoreError) -> (version: ConfigurationVersion, record: ChainRecord) {
        let applied = ConfigurationVersion(
            version: version, fingerprint: fingerprint, appliedAt: now, author: author, reason: reason,
            changes: changes, content: content)
        do {
            return (applied, try ConfigurationRecord(self, at: now).record)
        } catch {
            throw StoreError(.failed, "the configuration's record cannot be written: \(error)")
        }
    }
}
