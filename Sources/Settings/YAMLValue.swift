import Yams

/// A YAML document as read, with the line of everything in it.
///
/// Scalars stay text: whether `12` is a number or a name is for the reader of that key to say.
package indirect enum YAMLValue: Sendable {
    /// Nothing, `~` or `null`: the same as leaving the key out.
    case empty(line: Int)
    case scalar(String, line: Int)
    case list([YAMLValue], line: Int)
    case mapping([Entry], line: Int)

    /// A key and its value.
    package struct Entry: Sendable {
        package let key: String
        package let line: Int
        package let value: YAMLValue

        package init(key: String, line: Int, value: YAMLValue) {
            self.key = key
            self.line = line
            self.value = value
        }
    }

    package var line: Int {
        switch self {
        case .empty(let line), .scalar(_, let line), .list(_, let line), .mapping(_, let line): line
        }
    }

    /// What the value is, for faults.
    package var summary: String {
        switch self {
        case .empty: "nothing"
        case .scalar(let text, _): "\"\(text)\""
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    /// Parses one document. Text that is not YAML becomes a single fault, since nothing after it can be trusted.
    package static func parse(_ bytes: [UInt8], file: SourceFile, log: FaultLog) -> YAMLValue? {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            log.add(Fault(file: file.name, line: nil, message: "the file is not UTF-8; valid: YAML saved as UTF-8"))
            return nil
        }
        do {
            return try Yams.compose(yaml: text).map { convert($0) } ?? .empty(line: 1)
        } catch let error as YamlError {
            log.add(fault(error, file: file))
        } catch {
            log.add(Fault(file: file.name, line: nil, message: "the file is not YAML: \(error)"))
        }
        return nil
    }

    private static func convert(_ node: Node) -> YAMLValue {
        let line = node.mark?.line ?? 1
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            if isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string) {
                return .empty(line: line)
            }
            return .scalar(scalar.string, line: line)
        case .sequence(let sequence):
            return .list(sequence.map { convert($0) }, line: line)
        case .mapping(let mapping):
            let entries = mapping.map { key, value in
                Entry(key: key.scalar?.string ?? "?", line: key.mark?.line ?? line, value: convert(value))
            }
            return .mapping(entries, line: line)
        case .alias:
            return .empty(line: line)
        }
    }

    private static func fault(_ error: YamlError, file: SourceFile) -> Fault {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let message = "the text is not YAML from column \(mark.column) on: \(problem)"
            return Fault(file: file.name, line: mark.line, message: message)
        case .duplicatedKeysInMapping(let keys, let context):
            let message = "the same key is written twice: \(keys.joined(separator: ", ")); valid: each key once"
            return Fault(file: file.name, line: context.mark.line, message: message)
        default:
            return Fault(file: file.name, line: nil, message: "the file is not YAML: \(error)")
        }
    }
}
