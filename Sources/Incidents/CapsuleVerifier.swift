package import Evidence
import Foundation
import Historian
import Store

/// Checks a capsule with nothing but the folder and a public key, in the steps of `schemas/incident.md`.
package struct CapsuleVerifier {
    private let files: CapsuleFiles
    private let trusted: PublicKey

    package init(_ path: String, trusted: PublicKey) {
        files = CapsuleFiles(path: path)
        self.trusted = trusted
    }

    /// - Returns: what holds, in one sentence.
    /// - Throws: an `EvidenceFault` naming the first thing that does not hold.
    package func verify() throws -> String {
        try checkManifest()
        let sheet = try files.object(IncidentSheet.self, "incident.json")
        guard sheet.format == IncidentSheet.format else {
            throw EvidenceFault(
                "incident.json is of format \(sheet.format); this program knows \(IncidentSheet.format)")
        }
        let index = try files.object(ProofIndex.self, "proof/proof.json")
        let seals = try SealedStatements(files, trusted: trusted)
        let statements = try CapsuleStatements(files, index, seals)
        let record = try CapsuleRecord(files, index, sheet, seals, statements)
        try record.checkCoverage()
        try checkEvents(record, sheet)
        let chunks = try CapsuleChunks(files, statements).entries
        let samples = try CapsuleSamples(sheet, chunks: chunks, blocks: record.rows.map { [UInt8]($0.block) })
        try checkSamples(samples)
        if let open = index.open { throw EvidenceFault("not yet proven: \(open)") }
        return "holds: \(samples.count) samples and \(try files.lines("events.jsonl").count) events of "
            + "\(sheet.subject), episode \(sheet.episode), signed by key \(trusted.identifier)"
    }

    private func checkManifest() throws {
        let manifest = try files.object(CapsuleManifest.self, CapsuleManifest.name)
        guard manifest.format == CapsuleManifest.format else {
            throw EvidenceFault("manifest.json is of format \(manifest.format); valid: \(CapsuleManifest.format)")
        }
        for (name, hash) in manifest.files.sorted(by: { $0.key < $1.key }) {
            guard CapsuleFolder.hash(try files.bytes(name)) == hash else {
                throw EvidenceFault("\(name) does not have the hash that the manifest gives it")
            }
        }
        let unknown = files.names().subtracting(manifest.files.keys).subtracting([CapsuleManifest.name]).sorted()
        if let name = unknown.first { throw EvidenceFault("\(name) is not in the manifest") }
    }

    /// Whether the events are exactly those proven that belong here.
    private func checkEvents(_ record: CapsuleRecord, _ sheet: IncidentSheet) throws {
        var expected: [(sequence: Int64, body: String)] = []
        for body in record.events {
            let facts = try CapsuleRecord.facts(body)
            if facts.belongs(to: sheet) { expected.append((facts.number, body)) }
        }
        expected.sort { $0.sequence < $1.sequence }
        let given = try files.lines("events.jsonl")
        for (line, event) in zip(given, expected) where line != event.body {
            throw EvidenceFault(
                "events.jsonl: event \(event.sequence) is not what was recorded, or one is missing before it")
        }
        guard given.count == expected.count else {
            throw EvidenceFault("events.jsonl has \(given.count) events, but \(expected.count) are on record")
        }
        guard files.names().contains("configuration/applied.json") else { return }
        let applied = try files.lines("configuration/applied.json").first ?? ""
        guard record.events.contains(where: { $0 == applied }) else {
            throw EvidenceFault("configuration/applied.json is not an event on record")
        }
        let facts = try CapsuleRecord.facts(String(applied))
        guard facts.type == "hazard.config.applied.v1", facts.data.fingerprint == sheet.configuration.recorded else {
            throw EvidenceFault("incident.json names another configuration than configuration/applied.json")
        }
    }

    private func checkSamples(_ samples: CapsuleSamples) throws {
        let expected = samples.text
        let given = try files.text("samples.csv")
        guard given != expected else { return }
        let lines = zip(given.split(separator: "\n"), expected.split(separator: "\n")).enumerated()
        if let (place, pair) = lines.first(where: { $0.element.0 != $0.element.1 }) {
            throw EvidenceFault(
                "samples.csv, line \(place + 1): \(pair.0) is not what was recorded, which is \(pair.1)")
        }
        throw EvidenceFault("samples.csv has more or fewer samples than were recorded")
    }
}
