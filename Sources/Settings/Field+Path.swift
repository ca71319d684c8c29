import Foundation

extension Field {
    /// A path, made absolute from the folder of the file it is written in.
    package func absolutePath() -> String? {
        text(valid: "a path").map { file.resolve($0) }
    }

    /// A file that exists, as far as this user can see.
    package func existingFile() -> String? {
        existing(.typeRegular, valid: "the path of a readable file")
    }

    /// A folder that exists, as far as this user can see.
    package func existingFolder() -> String? {
        existing(.typeDirectory, valid: "the path of a folder")
    }

    private func existing(_ kind: FileAttributeType, valid: String) -> String? {
        guard let path = absolutePath() else { return nil }
        do {
            let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let found = try FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
            if (found == .typeDirectory) != (kind == .typeDirectory) {
                fault("names \(path), which is \(found == .typeDirectory ? "a folder" : "no folder")", valid: valid)
                return nil
            }
        } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
            fault("names \(path), which does not exist", valid: valid)
            return nil
        } catch {
            // A folder this user may not enter: the daemon's own user may, and reports it if not.
            return path
        }
        return path
    }

    /// A time zone by its IANA name.
    package func timeZone() -> String? {
        let valid = "an IANA name such as Asia/Shanghai or UTC"
        guard let name = text(valid: valid) else { return nil }
        guard name == "UTC" || name.contains("/") || TimeZone.knownTimeZoneIdentifiers.contains(name),
            TimeZone(identifier: name) != nil
        else {
            fault("is \"\(name)\", which is no known time zone", valid: valid)
            return nil
        }
        return name
    }
}
