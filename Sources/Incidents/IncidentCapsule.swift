import Evidence
import Foundation
import Historian
package import Registry
package import Store
import Telemetry

/// A self-contained folder about one episode: the record around it, what proves that record, and a report to read
/// (`schemas/incident.md`).
package struct IncidentCapsule {
    /// A file of the configuration as it was read.
    package struct ConfigurationFile: Sendable {
        package let name: String
        package let bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// What was written.
    package struct Summary: Sendable {
        package let subject: String
        package let episode: String
        package let samples: Int
        package let events: Int
        /// Why it is not proven yet; nil if it is.
        package let open: String?
    }

    private let folder: StateFolder
    private let configuration: Configuration
    private let files: [ConfigurationFile]

    package init(_ folder: StateFolder, configuration: Configuration, files: [ConfigurationFile]) {
        self.folder = folder
        self.configuration = configuration
        self.files = files
    }

    /// - Parameters:
    ///   - name: an episode, or `SITE/OBJECT/CONDITION` of a standing alarm or of the last episode on record.
    ///   - now: UTC milliseconds.
    @discardableResult
    package func write(_ name: String, to path: String, at now: Int64) throws -> Summary {
        let material = try MaterialReader(folder: folder, configuration: configuration, name: name, now: now).read()
        let samples = try CapsuleSamples(
            material.sheet, chunks: material.entries, blocks: material.rows.map { [UInt8]($0.block) })
        let capsule = try CapsuleFolder(creating: path)
        try capsule.write(try JSONLines.line(material.sheet) + "\n", to: "incident.json")
        try capsule.write(samples.text, to: "samples.csv")
        try capsule.write(material.events.map { $0.body + "\n" }.joined(), to: "events.jsonl")
        try capsule.write(material.seals.map { $0 + "\n" }.joined(), to: "seals.jsonl")
        if let key = publicKey(material) { try capsule.write(key.pem, to: "public-key.pem") }
        try writeConfiguration(material, to: capsule)
        try writeProof(material, to: capsule)
        let report = IncidentReport(material, samples: samples, registry: configuration.registry)
        try capsule.write(try report.html(), to: "report.html")
        try capsule.write(Data(PackageResources.verify_py), to: "verify.py")
        let manifest = CapsuleManifest(
            format: CapsuleManifest.format, node: material.sheet.node, episode: material.sheet.episode,
            files: capsule.hashes)
        try capsule.write(try JSONLines.line(manifest) + "\n", to: CapsuleManifest.name)
        return Summary(
            subject: material.sheet.subject, episode: material.sheet.episode, samples: samples.count,
            events: material.events.count, open: material.index.open)
    }

    private func writeConfiguration(_ material: IncidentMaterial, to capsule: CapsuleFolder) throws {
        for file in files {
            let parts = file.name.split(separator: "/").filter { $0 != ".." && $0 != "." }
            try capsule.write(Data(file.bytes), to: "configuration/files/" + parts.joined(separator: "/"))
        }
        if let applied = material.applied { try capsule.write(applied.body + "\n", to: "configuration/applied.json") }
    }

    private func writeProof(_ material: IncidentMaterial, to capsule: CapsuleFolder) throws {
        try capsule.write(try JSONLines.line(material.index) + "\n", to: "proof/proof.json")
        try capsule.write(material.keys.map { $0 + "\n" }.joined(), to: "proof/keys.jsonl")
        try capsule.write(try JSONLines.text(material.records), to: "proof/records.jsonl")
        try capsule.write(material.compactedEvents.map { $0 + "\n" }.joined(), to: "proof/events.jsonl")
        try capsule.write(try JSONLines.text(material.rows), to: "proof/journal.jsonl")
        try capsule.write(try JSONLines.text(material.files), to: "proof/files.jsonl")
        try capsule.write(try JSONLines.text(material.chunks), to: "proof/chunks.jsonl")
        var known: Set<String> = []
        let moments = zip(material.chunks, material.entries).compactMap { chunk, entry in
            known.insert(chunk.moments).inserted ? ProofMoments(entry.moments, sha256: chunk.moments) : nil
        }
        try capsule.write(try JSONLines.text(moments), to: "proof/moments.jsonl")
    }

    /// The key of the newest seal used, or else the newest there is.
    private func publicKey(_ material: IncidentMaterial) -> PublicKey? {
        let keys = material.keys.compactMap { body in
            (try? KeyRecord(body: body)).flatMap { Data(base64Encoded: $0.publicKey) }
                .flatMap { PublicKey(bytes: $0) }
        }
        // The oldest one that signed: it vouches for those after it.
        let used = Set(material.seals.compactMap { try? Seal(document: $0).key })
        return keys.first { used.contains($0.identifier) } ?? keys.last
    }
}
