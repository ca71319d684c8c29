import Testing

/// Something that somebody with the files, but without the signing key, might do to them.
struct Manipulation: Sendable, CustomTestStringConvertible {
    let name: String
    /// What the complaint has to name.
    let complaint: String
    let act: @Sendable (AttackedNode) throws -> Void

    var testDescription: String { name }

    init(_ name: String, _ complaint: String, _ act: @escaping @Sendable (AttackedNode) throws -> Void) {
        self.name = name
        self.complaint = complaint
        self.act = act
    }

    /// With SQLite's shell, on the state database.
    static func state(_ name: String, _ complaint: String, _ sql: String) -> Manipulation {
        Manipulation(name, complaint) { try $0.sql(sql) }
    }

    /// The same on a day file.
    static func day(_ day: String, _ name: String, _ complaint: String, _ sql: String) -> Manipulation {
        Manipulation("\(name) (\(day))", complaint) { try $0.sql(sql, in: $0.day(day)) }
    }
}
