import Foundation
import Logging
import OperatorAPI
import Registry
import Settings
import Store

extension HazardDaemon {
    /// Reads the configuration again; one that does not validate changes nothing.
    /// - Parameters:
    ///   - author: who asked for it, as it goes on record.
    ///   - finished: told once what came of it.
    func reload(
        author: String, reason: String?, reader: StateReader, finished: @escaping @Sendable (ReloadOutcome) -> Void
    ) {
        let (fresh, draft): (Configuration, ConfigurationDraft?)
        do {
            let loaded = try Configuration.loadWithFiles(
                settingsFile: settingsFile, environment: ProcessInfo.processInfo.environment)
            fresh = loaded.configuration
            draft = try ConfigurationDraft(
                loaded.files, fingerprint: fresh.fingerprint, author: author, reason: reason, after: reader)
        } catch let rejected as ConfigurationRejected {
            logger.error("reload-rejected: the configuration in force stays\n\(rejected)")
            return finished(.rejected("\(rejected)"))
        } catch {
            logger.error("reload-failed: \(error); the configuration in force stays")
            return finished(.failed("\(error)"))
        }
        let isTaken = inbox.put(
            .reload(fresh, draft) { [self] answer in
                switch answer {
                case .failed(let failure):
                    logger.error("reload-failed: \(failure); the configuration in force stays")
                    finished(.failed(failure))
                case .done(let alarms):
                    adopt(fresh)
                    guard let draft else { return finished(.unchanged) }
                    finished(.applied(version: draft.version, changes: draft.changes.count, alarms: alarms))
                }
            })
        guard !isTaken else { return }
        let failure = "\(Inbox.bound) requests are waiting already; try again"
        logger.error("reload-failed: \(failure)")
        finished(.failed(failure))
    }

    /// For whoever waits for it.
    func reload(author: String, reason: String?, reader: StateReader) async -> ReloadOutcome {
        await withCheckedContinuation { continuation in
            // Reading files and packing them must not hold up a thread that others share.
            DispatchQueue.global().async { [self] in
                reload(author: author, reason: reason, reader: reader) { continuation.resume(returning: $0) }
            }
        }
    }
}
