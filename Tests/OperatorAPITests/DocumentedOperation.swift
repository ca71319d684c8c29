import Foundation
import Settings
import TestKit

/// An operation of `schemas/openapi.yaml`.
struct DocumentedOperation: CustomStringConvertible {
    let method: String
    /// With its parameters in braces.
    let path: String
    /// What `x-right` says; nil where it says nothing.
    let right: String?
    /// The statuses that it is documented to answer with, as far as they stand there themselves.
    let statuses: Set<String>

    var description: String { "\(method) \(path)" }

    /// All of them, in the document's order.
    static func all() throws -> [DocumentedOperation] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("schemas/openapi.yaml")
        let log = FaultLog()
        let root = Field(
            document: [UInt8](try Data(contentsOf: file)), file: SourceFile(builtIn: "openapi.yaml"), log: log)
        try log.rejectIfFaulty()
        guard let paths = root.flatMap({ child("paths", of: $0) })?.entries() else {
            throw TestKitError("schemas/openapi.yaml has no paths")
        }
        return paths.flatMap { path, methods in
            (methods.entries() ?? []).map { method, operation in
                DocumentedOperation(
                    method: method.uppercased(), path: path, right: child("x-right", of: operation)?.text(),
                    statuses: Set((child("responses", of: operation)?.entries() ?? []).map(\.key)))
            }
        }
    }

    private static func child(_ name: String, of field: Field) -> Field? {
        field.entries()?.first { $0.key == name }?.field
    }
}
