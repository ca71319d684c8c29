import Settings

/// A configuration's files sorted by what they are: documents of paths and texts, and point lists by the site they are
/// of.
struct ConfigurationTree {
    /// A YAML file.
    struct Document {
        let bytes: [UInt8]
        private let value: YAMLValue
        /// Keys by which the elements of a list are told apart, in this order.
        private static let identities = ["source", "gateway", "name", "topic", "point", "id"]

        init(bytes: [UInt8], value: YAMLValue) {
            self.bytes = bytes
            self.value = value
        }

        /// The value of a key of the document itself, if it is a text.
        func text(_ key: String) -> String? {
            guard case .mapping(let entries, _) = value,
                case .scalar(let text, _)? = entries.first(where: { $0.key == key })?.value
            else { return nil }
            return text
        }

        /// What is different, a path each: `policies.default.repeat: 10m → 5m`.
        func changes(to other: Document) -> [String] {
            var before: [String: String] = [:]
            var after: [String: String] = [:]
            var order: [String] = []
            Document.flatten(value, "") { path, text in
                before[path] = text
                order.append(path)
            }
            Document.flatten(other.value, "") { path, text in
                after[path] = text
                if before[path] == nil { order.append(path) }
            }
            return order.compactMap { path in
                guard before[path] != after[path] else { return nil }
                return "\(path): \(before[path] ?? "not set") → \(after[path] ?? "not set")"
            }
        }

        private static func flatten(_ value: YAMLValue, _ path: String, _ body: (String, String) -> Void) {
            switch value {
            case .empty: break
            case .scalar(let text, _): body(path, text)
            case .mapping(let entries, _):
                for entry in entries { flatten(entry.value, path.isEmpty ? entry.key : "\(path).\(entry.key)", body) }
            case .list(let items, _):
                let texts = items.compactMap { item in if case .scalar(let text, _) = item { text } else { nil } }
                guard texts.count < items.count else {
                    body(path, "[\(texts.joined(separator: ", "))]")
                    return
                }
                for (place, item) in items.enumerated() {
                    flatten(item, "\(path)[\(identity(item) ?? "\(place)")]", body)
                }
            }
        }

        private static func identity(_ item: YAMLValue) -> String? {
            guard case .mapping(let entries, _) = item else { return nil }
            for key in identities {
                if case .scalar(let text, _)? = entries.first(where: { $0.key == key })?.value { return text }
            }
            return nil
        }
    }

    private(set) var documents: [String: Document] = [:]
    /// By the site's name; by the file's own where no site file names it.
    private(set) var points: [String: PointListTable] = [:]
    /// What is neither.
    private(set) var other: [String: [UInt8]] = [:]
    private var names: [String] = []

    init(_ files: ConfigurationFiles) {
        let log = FaultLog()
        var sites: [String: String] = [:]
        for file in files.files where file.name.hasSuffix(".yaml") || file.name.hasSuffix(".yml") {
            let source = SourceFile(argument: "/" + file.name)
            guard let value = YAMLValue.parse(file.bytes, file: source, log: log) else {
                other[file.name] = file.bytes
                continue
            }
            let document = Document(bytes: file.bytes, value: value)
            documents[file.name] = document
            names.append(file.name)
            if let site = document.text("site"), let list = document.text("points_file") {
                sites[source.resolve(list)] = site
            }
        }
        for file in files.files where documents[file.name] == nil && other[file.name] == nil {
            let path = SourceFile(argument: "/" + file.name).path
            guard file.name.hasSuffix(".csv") || sites[path] != nil else {
                other[file.name] = file.bytes
                continue
            }
            points[sites[path] ?? file.name] = PointListTable(file.bytes)
        }
    }

    /// The names of both configurations' documents, this one's first.
    func order(after former: ConfigurationTree) -> [String] {
        names + former.names.filter { documents[$0] == nil }
    }
}
