/// The paths of `schemas/openapi.yaml` with their methods: what is there for other methods is told from what is not there.
struct DocumentedPaths: Sendable {
    /// One path.
    private struct Entry: Sendable {
        /// Nil for a part that is a name.
        let parts: [String?]
        var methods: [String]

        var names: Int { parts.count(where: { $0 == nil }) }
    }

    private let entries: [Entry]

    /// Reads the document's own lines: a path is indented by two blanks, its methods by four.
    init(openAPI document: [UInt8]) {
        var entries: [Entry] = []
        for line in String(decoding: document, as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("  /"), line.hasSuffix(":") {
                let parts = line.dropFirst(3).dropLast().split(separator: "/")
                entries.append(Entry(parts: parts.map { $0.hasPrefix("{") ? nil : String($0) }, methods: []))
            } else if line.hasPrefix("    "), line.hasSuffix(":"), !entries.isEmpty {
                let word = line.dropFirst(4).dropLast()
                if ["get", "put", "post", "delete", "patch"].contains(word) {
                    entries[entries.count - 1].methods.append(word.uppercased())
                }
            }
        }
        self.entries = entries
    }

    /// The methods that something at a path answers to; empty if there is nothing.
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        let fitting = entries.filter { entry in
            entry.parts.count == parts.count
                && zip(entry.parts, parts).allSatisfy { $0 == nil || $0.map { Substring($0) } == $1 }
        }
        // What is written out goes before what is a name, as the router has it.
        return fitting.min { $0.names < $1.names }?.methods ?? []
    }
}
