import Foundation

extension Field {
    /// A file of secrets that exists, is not everybody's to read, and holds what it has to, as far as this user can see.
    package func secretFile() -> String? {
        guard let path = existingFile() else { return nil }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        if let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o006 != 0 {
            let written = String(mode & 0o777, radix: 8)
            fault(
                "names \(path), which everybody may read or write (mode \(written))",
                valid: "a file that hazardd's user alone reads: chmod 600 \(path)")
            return nil
        }
        // One that this user may not read is left to the daemon's own, so that others can use the settings.
        guard FileManager.default.isReadableFile(atPath: path) else { return path }
        do throws(WebhookSecrets.Problem) {
            _ = try WebhookSecrets(file: path)
        } catch {
            fault("names \(path), which \(error)", valid: WebhookSecrets.fileForm)
            return nil
        }
        return path
    }
}
