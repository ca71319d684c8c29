import Foundation
import Settings
import TestKit

/// Holds a YAML document against a JSON Schema, as far as ours go; a keyword it does not know is an error, not a pass.
struct SchemaCheck {
    private let root: [String: Any]
    private static let silent: Set<String> = ["$schema", "$id", "$defs", "title", "description", "default", "format"]

    init(_ schema: Data) throws {
        guard let root = try JSONSerialization.jsonObject(with: schema) as? [String: Any] else {
            throw TestKitError("the schema is no object")
        }
        self.root = root
    }

    /// What is wrong with the document, each with where it stands.
    func complaints(about value: YAMLValue) throws -> [String] {
        try complaints(about: value, root, at: "")
    }

    private func complaints(about value: YAMLValue, _ schema: [String: Any], at path: String) throws -> [String] {
        try schema.flatMap { keyword, rule -> [String] in
            if SchemaCheck.silent.contains(keyword) { return [] }
            let found = try self.found(keyword, rule, value, schema, path)
            return found
        }
    }

    private func found(
        _ keyword: String, _ rule: Any, _ value: YAMLValue, _ schema: [String: Any], _ path: String
    ) throws -> [String] {
        func unless(_ holds: Bool) -> [String] { holds ? [] : ["\(path): \(keyword) \(rule), but \(value.summary)"] }
        switch keyword {
        case "$ref": return try complaints(about: value, try definition(rule), at: path)
        case "type": return unless(SchemaCheck.isType(rule, value))
        case "enum": return unless((rule as? [String])?.contains(SchemaCheck.text(value) ?? "") == true)
        case "pattern":
            let text = SchemaCheck.text(value) ?? ""
            return unless(text.range(of: rule as? String ?? "", options: .regularExpression) != nil)
        case "minLength": return unless((SchemaCheck.text(value) ?? "").count >= rule as? Int ?? .max)
        case "minimum": return unless(SchemaCheck.number(value) >= rule as? Double ?? .infinity)
        case "maximum": return unless(SchemaCheck.number(value) <= rule as? Double ?? -.infinity)
        case "uniqueItems":
            let texts = SchemaCheck.items(value).compactMap { SchemaCheck.text($0) }
            return unless(Set(texts).count == texts.count)
        case "minItems": return unless(SchemaCheck.items(value).count >= rule as? Int ?? .max)
        case "items":
            guard let rule = rule as? [String: Any] else { throw TestKitError("\(path): items is no schema") }
            return try SchemaCheck.items(value).enumerated().flatMap {
                try complaints(about: $1, rule, at: "\(path)[\($0)]")
            }
        case "required":
            let keys = SchemaCheck.entries(value).map(\.key)
            return unless((rule as? [String])?.allSatisfy { keys.contains($0) } == true)
        case "anyOf":
            let choices = rule as? [[String: Any]] ?? []
            return unless(try choices.contains { try complaints(about: value, $0, at: path).isEmpty })
        case "properties", "additionalProperties":
            // Both together, once.
            guard keyword == "properties" || schema["properties"] == nil else { return [] }
            return try members(value, schema, path)
        case "propertyNames": return []
        default: throw TestKitError("\(path): the check does not know \(keyword)")
        }
    }

    private func members(_ value: YAMLValue, _ schema: [String: Any], _ path: String) throws -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        return try SchemaCheck.entries(value).flatMap { entry in
            if let rule = properties[entry.key] ?? schema["additionalProperties"] as? [String: Any] {
                return try complaints(about: entry.value, rule, at: "\(path).\(entry.key)")
            }
            return ["\(path): the key \(entry.key) is not allowed"]
        }
    }

    private func definition(_ reference: Any) throws -> [String: Any] {
        let name = (reference as? String)?.split(separator: "/").last ?? ""
        guard let found = (root["$defs"] as? [String: [String: Any]])?[String(name)] else {
            throw TestKitError("there is no definition \(reference)")
        }
        return found
    }

    private static func isType(_ rule: Any, _ value: YAMLValue) -> Bool {
        if let choices = rule as? [String] { return choices.contains { isType($0, value) } }
        return switch (rule as? String, value) {
        case ("object", .mapping), ("array", .list), ("string", .scalar): true
        case ("number", .scalar(let text, _)): DecimalText.value(text) != nil
        case ("integer", .scalar(let text, _)): Int(text) != nil
        default: false
        }
    }

    private static func text(_ value: YAMLValue) -> String? {
        if case .scalar(let text, _) = value { text } else { nil }
    }

    private static func number(_ value: YAMLValue) -> Double {
        text(value).flatMap { DecimalText.value($0) } ?? .nan
    }

    private static func items(_ value: YAMLValue) -> [YAMLValue] {
        if case .list(let items, _) = value { items } else { [] }
    }

    private static func entries(_ value: YAMLValue) -> [YAMLValue.Entry] {
        if case .mapping(let entries, _) = value { entries } else { [] }
    }
}
