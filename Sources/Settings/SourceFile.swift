import Foundation

/// A configuration file: where it is, and what faults call it.
package struct SourceFile: Hashable, Sendable {
    /// Absolute, without `.` and `..`.
    package let path: String
    /// Relative to the settings file's folder when inside it, else the absolute path.
    package let name: String
    private let root: String

    /// A settings file as given on a command line: relative to the working directory.
    package init(settings path: String) {
        let absolute = SourceFile.absolute(path, from: FileManager.default.currentDirectoryPath)
        self.path = absolute
        root = SourceFile.folder(of: absolute)
        name = SourceFile.name(of: absolute, in: root)
    }

    /// A file that is part of the executable.
    package init(builtIn name: String) {
        path = "/" + name
        root = "/"
        self.name = name
    }

    /// Any other file given on a command line: relative to the working directory, and called so.
    package init(argument path: String) {
        let folder = FileManager.default.currentDirectoryPath
        self.init(path: SourceFile.absolute(path, from: folder), root: SourceFile.absolute(folder, from: "/"))
    }

    private init(path: String, root: String) {
        self.path = path
        self.root = root
        name = SourceFile.name(of: path, in: root)
    }

    /// The folder that relative paths written in this file start from.
    package var folder: String { SourceFile.folder(of: path) }

    /// A path written in this file.
    package func resolve(_ written: String) -> String {
        SourceFile.absolute(written, from: folder)
    }

    /// Another file of the same configuration, by absolute path.
    package func other(at path: String) -> SourceFile {
        SourceFile(path: path, root: root)
    }

    /// The whole file; when it cannot be read, that becomes a fault naming `origin`, the key that asked for it.
    package func bytes(for origin: Field?, log: FaultLog) -> [UInt8]? {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            let reason = SourceFile.reason(for: path)
            if let origin {
                origin.fault("names \(path), which \(reason)", valid: "the path of a readable file")
            } else {
                log.add(Fault(file: name, line: nil, message: "\(path) \(reason); valid: the path of a readable file"))
            }
            return nil
        }
    }

    private static func reason(for path: String) -> String {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return "does not exist" }
        let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
        return isFolder ? "is a folder" : "cannot be read by this user"
    }

    private static func absolute(_ path: String, from folder: String) -> String {
        let joined = path.hasPrefix("/") ? path : folder + "/" + path
        var levels: [Substring] = []
        for level in joined.split(separator: "/") where level != "." {
            if level == ".." {
                _ = levels.popLast()
            } else {
                levels.append(level)
            }
        }
        return "/" + levels.joined(separator: "/")
    }

    private static func folder(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }

    private static func name(of path: String, in root: String) -> String {
        let prefix = root == "/" ? root : root + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }
}
