/// A value in a YAML file together with its place: reads itself as what a key wants, or reports why it cannot.
///
/// Every reading method returns nil after adding a fault, so that the caller goes on to the next key.
package struct Field {
    /// Such as `broker.urls[0]`; empty for the document itself.
    package let path: String
    package let value: YAMLValue
    package let file: SourceFile
    package let log: FaultLog

    /// The root of a file; nil when the file cannot be read or is not YAML, which is then in the log.
    package init?(document bytes: [UInt8], file: SourceFile, log: FaultLog) {
        guard let value = YAMLValue.parse(bytes, file: file, log: log) else { return nil }
        self.init(path: "", value: value, file: file, log: log)
    }

    /// A value that stands for what a file says elsewhere or leaves to a default.
    package init(path: String, value: YAMLValue, file: SourceFile, log: FaultLog) {
        self.path = path
        self.value = value
        self.file = file
        self.log = log
    }

    package var line: Int { value.line }

    /// Reports this value: `what` continues a sentence that begins with its path.
    package func fault(_ what: String, valid: String) {
        let subject = path.isEmpty ? "the file" : path
        log.add(Fault(file: file.name, line: line, message: "\(subject) \(what); valid: \(valid)"))
    }

    /// Says that this value is accepted but does nothing yet; `general` names a key that lists repeat.
    package func noteWithoutEffect(as general: String? = nil) {
        log.note(Fault(file: file.name, line: line, message: "\(general ?? path) is accepted and has no effect yet"))
    }

    // MARK: Scalars

    /// Any text that is not empty and has no control characters.
    package func text(valid: String = "a text") -> String? {
        guard case .scalar(let text, _) = value else {
            fault("is \(value.summary)", valid: valid)
            return nil
        }
        guard NameRule.isText(text) else {
            fault("is empty or has control characters", valid: valid)
            return nil
        }
        return text
    }

    /// A name that may stand in topics, subjects and paths.
    package func name() -> String? {
        guard let text = text(valid: NameRule.nameForm) else { return nil }
        guard NameRule.isName(text) else {
            fault("is \"\(text)\"", valid: NameRule.nameForm)
            return nil
        }
        return text
    }

    /// One of an enumeration's words.
    package func choice<Choice>(_ type: Choice.Type) -> Choice?
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        let valid = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        guard let text = text(valid: valid) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            fault("is \"\(text)\"", valid: valid)
            return nil
        }
        return choice
    }

    package func integer(in range: ClosedRange<Int>) -> Int? {
        let valid = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let text = text(valid: valid) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            fault("is \"\(text)\"", valid: valid)
            return nil
        }
        return number
    }

    package func number(in range: ClosedRange<Double>) -> Double? {
        let valid = "a number from \(range.lowerBound) to \(range.upperBound)"
        guard let text = text(valid: valid) else { return nil }
        guard let number = DecimalText.value(text), range.contains(number) else {
            fault("is \"\(text)\"", valid: valid)
            return nil
        }
        return number
    }

    /// Seconds, fractions allowed; returned in milliseconds.
    package func seconds(in range: ClosedRange<Double>) -> Int64? {
        number(in: range).map { Int64(($0 * 1_000).rounded()) }
    }

    package func flag() -> Bool? {
        guard let text = text(valid: "true or false") else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            fault("is \"\(text)\"", valid: "true or false")
            return nil
        }
    }

    // MARK: Structure

    /// The elements of a list.
    package func items() -> [Field]? {
        guard case .list(let values, _) = value else {
            fault("is \(value.summary)", valid: "a list")
            return nil
        }
        return values.enumerated().map { place, value in
            Field(path: "\(path)[\(place)]", value: value, file: file, log: log)
        }
    }

    /// The entries of a mapping whose keys are names chosen by the user.
    package func entries() -> [(key: String, field: Field)]? {
        guard case .mapping(let entries, _) = value else {
            fault("is \(value.summary)", valid: "a mapping")
            return nil
        }
        return entries.map { ($0.key, child($0)) }
    }

    /// A mapping whose keys are fixed; unknown ones are reported at once.
    package func section<Key: SectionKey>(of keys: Key.Type) -> Section<Key>? {
        guard case .mapping(let entries, _) = value else {
            let valid = "a mapping of " + Key.allCases.map(\.rawValue).joined(separator: ", ")
            fault("is \(value.summary)", valid: valid)
            return nil
        }
        return Section(whole: self, entries: entries.map { ($0.key, $0.line, child($0)) })
    }

    private func child(_ entry: YAMLValue.Entry) -> Field {
        Field(path: path.isEmpty ? entry.key : path + "." + entry.key, value: entry.value, file: file, log: log)
    }
}
