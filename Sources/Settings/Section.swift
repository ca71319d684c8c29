/// A mapping with a fixed set of keys.
package struct Section<Key: SectionKey> {
    /// The mapping as a value, for faults that concern all of it.
    package let whole: Field
    private var fields: [Key: Field] = [:]

    init(whole: Field, entries: [(key: String, line: Int, field: Field)]) {
        self.whole = whole
        for entry in entries {
            if let key = Key(rawValue: entry.key) {
                fields[key] = entry.field
            } else {
                let valid = Key.allCases.map(\.rawValue).joined(separator: ", ")
                let message = "\(entry.field.path) is an unknown key; valid: \(valid)"
                whole.log.add(Fault(file: whole.file.name, line: entry.line, message: message))
            }
        }
    }

    /// The key's value; nil when it is left out or left empty.
    package subscript(key: Key) -> Field? {
        guard let field = fields[key] else { return nil }
        if case .empty = field.value { return nil }
        return field
    }

    /// The key's value; leaving it out is a fault.
    package func required(_ key: Key, valid: String) -> Field? {
        if let field = self[key] { return field }
        let path = whole.path.isEmpty ? key.rawValue : whole.path + "." + key.rawValue
        let line = fields[key]?.line ?? whole.line
        whole.log.add(Fault(file: whole.file.name, line: line, message: "\(path) is missing; valid: \(valid)"))
        return nil
    }
}
