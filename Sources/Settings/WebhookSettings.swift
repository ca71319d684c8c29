/// A target that events are posted to over HTTP.
package struct WebhookSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case name, url
        case secretFile = "secret_file"
        case types, sites, areas
        case timeout = "timeout_s"
        case concurrency, mode
        case authority = "ca_file"
    }

    /// How a message carries its event (CloudEvents HTTP protocol binding 1.0.2, 3.1 and 3.2).
    package enum Mode: String, CaseIterable, Sendable {
        /// The whole event is the body.
        case structured
        /// The event's data is the body, the rest of it stands in headers.
        case binary
    }

    /// The most targets of a node.
    package static let bound = 32

    /// Unique; names the target's cursor, its metrics and its lines of the log.
    package var name: String
    package var url: WebhookURL
    /// Absolute path; the secrets themselves are read when the target is put in force and never kept here.
    package var secretFile: String
    package var types: [EventTypePattern]
    /// Events of these sites, beside those of `areas`; both empty: of all, and the node's own.
    package var sites: [String]
    /// Each from the city down, level by level.
    package var areas: [[String]]
    /// How long an answer may take, in milliseconds.
    package var timeout: Int64 = 10_000
    /// The most messages under way at once.
    package var concurrency = 4
    package var mode = Mode.structured
    /// Certificates that the target's must descend from, PEM, by absolute path; nil: those the system trusts.
    package var caFile: String?

    package init(
        name: String, url: WebhookURL, secretFile: String, types: [EventTypePattern] = [.all], sites: [String] = [],
        areas: [[String]] = []
    ) {
        self.name = name
        self.url = url
        self.secretFile = secretFile
        self.types = types
        self.sites = sites
        self.areas = areas
    }

    init?(_ section: Section<Key>) {
        let name = section.required(.name, valid: NameRule.nameForm)?.name()
        let url = section.required(.url, valid: WebhookURL.form).flatMap { WebhookURL($0) }
        let secretFile = section.required(.secretFile, valid: WebhookSecrets.fileForm)?.secretFile()
        let types = section[.types].map { WebhookSettings.list($0, of: "types") { EventTypePattern($0) } }
        let sites = section[.sites].map { WebhookSettings.list($0, of: "sites") { $0.name() } }
        let areas = section[.areas].map { WebhookSettings.list($0, of: "areas") { WebhookSettings.area($0) } }
        timeout = section[.timeout]?.seconds(in: 1...300) ?? timeout
        concurrency = section[.concurrency]?.integer(in: 1...64) ?? concurrency
        mode = section[.mode]?.choice(Mode.self) ?? mode
        caFile = section[.authority]?.existingFile()
        if let field = section[.authority], url?.isEncrypted == false {
            field.fault("is given for an http:// URL", valid: "ca_file with an https:// URL only")
        }
        guard let name, let url, let secretFile else { return nil }
        self.name = name
        self.url = url
        self.secretFile = secretFile
        self.types = types ?? [.all]
        self.sites = sites ?? []
        self.areas = areas ?? []
    }

    private static let areaForm = "levels from the city down, such as dongying/kenli"

    /// A list that, if it is there at all, has something in it: an empty one would send nothing, or everything.
    private static func list<Element>(
        _ field: Field, of what: String, _ element: (Field) -> Element?
    ) -> [Element] {
        guard let items = field.items() else { return [] }
        if items.isEmpty { field.fault("is an empty list", valid: "a list of \(what), or no such key for all of them") }
        return items.compactMap { element($0) }
    }

    private static func area(_ field: Field) -> [String]? {
        guard let text = field.text(valid: areaForm) else { return nil }
        let levels = text.split(separator: "/", omittingEmptySubsequences: false)
        guard levels.allSatisfy({ NameRule.isTopicLevel($0) }) else {
            field.fault("is \"\(text)\"", valid: areaForm)
            return nil
        }
        return levels.map { String($0) }
    }
}
