import Foundation
import Glibc
package import Settings

/// Reads the file of access tokens that `http.tokens_file` names.
package enum AccessTokenReader {
    private static let digestForm = "64 hexadecimal digits, as `hazardctl token` prints them"
    private static let areaForm = "an area and everything in it, such as dongying/kenli"

    /// - Returns: nil if this user may not read the file, which is then among the notices, or if it is no such file,
    ///   which is a fault.
    static func read(_ file: SourceFile, log: FaultLog) -> [AccessToken]? {
        guard unsafe access(file.path, R_OK) == 0 || errno != EACCES else {
            log.note(
                Fault(
                    file: file.name, line: nil,
                    message: "http.tokens_file: this user may not read the file; nothing in it was checked"))
            return nil
        }
        guard isPrivate(file, log), let bytes = file.bytes(for: nil, log: log) else { return nil }
        return read(bytes, file: file, log: log)
    }

    /// Reads what such a file holds.
    package static func read(_ bytes: [UInt8], file: SourceFile, log: FaultLog) -> [AccessToken]? {
        guard let root = Field(document: bytes, file: file, log: log) else { return nil }
        // An empty file, as one begins with.
        if case .empty = root.value { return [] }
        guard let section = root.section(of: AccessToken.Key.self) else { return nil }
        guard let list = section[.tokens] else { return [] }
        guard let items = list.items() else { return nil }
        if items.count > AccessToken.bound {
            list.fault("has \(items.count) entries", valid: "at most \(AccessToken.bound)")
            return nil
        }
        var names: Set<String> = []
        var digests: Set<[UInt8]> = []
        return items.compactMap { item in
            guard let entry = item.section(of: AccessToken.EntryKey.self), let token = token(entry) else { return nil }
            if !names.insert(token.name).inserted {
                entry[.name]?.fault("is \"\(token.name)\" again", valid: "each name once")
            }
            if !digests.insert(token.digest).inserted {
                entry[.sha256]?.fault("is another token's", valid: "a token of its own for each name")
            }
            return token
        }
    }

    private static func token(_ section: Section<AccessToken.EntryKey>) -> AccessToken? {
        let name = section.required(.name, valid: NameRule.nameForm)?.name()
        let digest = section.required(.sha256, valid: digestForm).flatMap { self.digest($0) }
        let roles = AccessToken.Role.allCases.map(\.rawValue).joined(separator: ", ")
        let role = section.required(.role, valid: roles)?.choice(AccessToken.Role.self)
        let scope = section[.areas].map { self.scope($0) } ?? AreaScope.unlimited
        let expires = section[.expires].flatMap { $0.instant() }
        let rate = section[.rate]?.number(in: 0.01...AccessToken.highestRate)
        // What stands there and cannot be read must not widen what the token may do.
        guard let name, let digest, let role, (expires == nil) == (section[.expires] == nil) else { return nil }
        return AccessToken(name: name, digest: digest, role: role, scope: scope, expires: expires, rate: rate)
    }

    private static func digest(_ field: Field) -> [UInt8]? {
        guard let text = field.text(valid: digestForm) else { return nil }
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard text.utf8.count == 64, digits.count == 64 else {
            // The text is not repeated: it could be the token itself, put there by mistake.
            field.fault("is no digest", valid: digestForm)
            return nil
        }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func scope(_ field: Field) -> AreaScope {
        let items = field.items() ?? []
        if items.isEmpty { field.fault("is empty", valid: "a list of at least one area, or no areas for all") }
        let areas = items.compactMap { item -> [String]? in
            guard let text = item.text(valid: areaForm) else { return nil }
            let levels = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
            guard levels.allSatisfy({ NameRule.isTopicLevel($0) }) else {
                item.fault("is \"\(text)\"", valid: areaForm)
                return nil
            }
            return levels
        }
        return AreaScope(areas)
    }

    /// Whoever can read a digest cannot make a token of it, but learns who may do what, and can try to change it.
    private static func isPrivate(_ file: SourceFile, _ log: FaultLog) -> Bool {
        var status = stat()
        guard unsafe stat(file.path, &status) == 0, status.st_mode & 0o007 != 0 else { return true }
        let mode = String(status.st_mode & 0o777, radix: 8)
        log.add(
            Fault(
                file: file.name, line: nil,
                message: "every user of this machine may read or change the file (mode \(mode)); valid: chmod 640 "
                    + file.path))
        return false
    }
}
