import Evidence
import Foundation
import Historian
import Pipeline
import Registry
import Settings
import Store
import Telemetry

/// Gathers what a capsule is made of. The state is read before the day files: what is compacted in between is then in
/// both, and what a day file has beyond the state's moment is left out.
struct MaterialReader {
    /// The day files changed while they were read.
    struct Moved: Error {}

    let folder: StateFolder
    let configuration: Configuration
    let name: String
    let now: Int64

    private static let mostTries = 5

    func read() throws -> IncidentMaterial {
        for _ in 1..<MaterialReader.mostTries {
            do {
                return try attempt()
            } catch is Moved {
                continue
            }
        }
        do {
            return try attempt()
        } catch is Moved {
            throw IncidentError("day files were sealed or removed again and again while they were read; try again")
        }
    }

    private func attempt() throws -> IncidentMaterial {
        let state = try EvidenceReader(folder)
        defer { state.finish() }
        let incident = try Incident(name, rule: HoldRule(configuration.settings.incidents), in: state)
        let applied = try state.newestEvent(
            ofType: "hazard.config.applied.v1", site: "_node", before: incident.events[0].sequence)
        let sheet = try makeSheet(incident, applied, state)
        var events = try state.events(ofSite: sheet.site, times: sheet.from...max(sheet.from, sheet.to))
        let known = Set(events.map(\.sequence))
        events += incident.events.filter { !known.contains($0.sequence) }
        events.sort { $0.sequence < $1.sequence }
        var plan = try ProofPlan(sheet, events: events + [applied].compactMap { $0 }, state)
        var material = IncidentMaterial(sheet: sheet, events: events, applied: applied, index: plan.index)
        material.keys = plan.ledger.keys
        material.rows = try plan.rows(state)
        try readFiles(plan, &material)
        plan.add(compactionsOf: material.files)
        plan.sign()
        material.index = plan.index
        material.records = plan.records
        material.seals = plan.seals
        material.compactedEvents = try plan.compactedEvents(state)
        return material
    }

    private func makeSheet(
        _ incident: Incident, _ applied: EvidenceReader.StoredEvent?, _ state: EvidenceReader
    ) throws -> IncidentSheet {
        let parts = incident.subject.split(separator: "/").map { String($0) }
        let isEverywhere = parts[0] == "_node" || parts[0] == "_gateways"
        let siteName = isEverywhere ? "" : parts[0]
        let sourceName = incident.raised.data.source ?? ""
        let registry = configuration.registry
        let site = registry.sites.first { $0.name == siteName }
        let source = site?.hazardSources.first { $0.name == sourceName }
        var names = registry.points.indices.filter { place in
            let point = registry.points[place]
            return (siteName.isEmpty || registry.sites[point.site].name == siteName)
                && (sourceName.isEmpty || point.source == sourceName)
        }.map { registry.identifier(of: PointIndex($0)) }
        // The registry may have changed since: the point that alarmed is there in any case.
        if let point = incident.raised.data.point, !names.contains("\(siteName)/\(point)") {
            names.append("\(siteName)/\(point)")
        }
        let numbers = try state.pointNumbers()
        return IncidentSheet(
            node: configuration.settings.node, timezone: configuration.settings.timeZone, episode: incident.episode,
            subject: incident.subject, site: siteName, source: sourceName,
            siteName: IncidentSheet.Title(zh: site?.title.zh, en: site?.title.en),
            sourceName: IncidentSheet.Title(zh: source?.title.zh, en: source?.title.en), raisedAt: incident.raisedAt,
            from: incident.times.lowerBound, to: max(incident.times.lowerBound, min(incident.times.upperBound, now)),
            madeAt: now,
            points: names.compactMap { name in
                numbers[name].map { IncidentSheet.NamedPoint(name: name, number: $0) }
            },
            configuration: IncidentSheet.ConfigurationState(
                recorded: try applied.flatMap { try EventFacts(body: $0.body).data.fingerprint },
                now: configuration.fingerprint))
    }

    /// Reads the chunks of the sheet's points in its window, and the hashes of all chunks bound along with them.
    private func readFiles(_ plan: ProofPlan, _ material: inout IncidentMaterial) throws {
        let sheet = material.sheet
        let history = HistoryFolder(folder)
        for entry in history.entries(from: sheet.from, through: sheet.to) {
            let file: DayFile
            var found: [(rows: ClosedRange<Int64>, chunk: DayFile.Entry)] = []
            do {
                file = try DayFile(path: history.file(entry.name))
                for point in sheet.points {
                    found += try file.chunks(of: point.number, from: sheet.from, through: sheet.to).map {
                        ($0.chunk.rows, $0)
                    }
                }
            } catch let error {
                guard FileManager.default.fileExists(atPath: history.file(entry.name)) else { throw Moved() }
                throw error
            }
            // What was compacted after the state's moment is in its journal rows.
            found.removeAll { entry.isOpen && $0.rows.upperBound > plan.ledger.compactedThrough }
            let groups = Set(found.map { entry.isOpen ? $0.rows.lowerBound : 0 }).sorted()
            for group in groups {
                let chunks = found.filter { !entry.isOpen || $0.rows.lowerBound == group }
                guard let record = plan.ledger.record(of: entry, rows: chunks[0].rows) else { throw Moved() }
                let hashes = try file.digests(ofRows: entry.isOpen ? chunks[0].rows : nil)
                let line = material.files.count
                material.files.append(
                    ProofFile(file: entry.name, record: record, hashes: hashes.map(\.hexadecimal).joined()))
                for (_, chunk) in chunks {
                    material.entries.append(chunk)
                    material.chunks.append(ProofChunk(chunk, file: line))
                }
            }
        }
    }
}
