import Foundation
package import Settings

/// Reads rules that another file carries or names, such as a rule test: policies, a site with the rows of its points,
/// or the folder of a registry. Gas profiles are those of the built-in standards. Faults go to the log of the fields
/// handed in.
package struct RulesReader {
    private let file: SourceFile
    private let log: FaultLog

    /// - Parameter file: the one that carries or names the rules.
    package init(file: SourceFile, log: FaultLog) {
        self.file = file
        self.log = log
    }

    /// The policies of a mapping from name to policy, as under `policies` of a policies file.
    package func policies(_ field: Field) -> [String: EscalationPolicy] {
        PolicyReader.read(policies: field)
    }

    /// The policies of a policies file.
    /// - Parameter path: absolute.
    package func policies(at path: String) -> EscalationRules {
        var loader = ConfigurationLoader(log: log, base: file)
        let read = loader.readPolicies(at: path, timeZone: nil)
        return EscalationRules(policies: read.policies, duty: read.duty)
    }

    /// The hazard sources' grades, by the built-in standards.
    package func grades(of registry: Registry) -> SourceGrades {
        var loader = ConfigurationLoader(log: log, base: file)
        return loader.readStandards(at: nil).map { SourceGrades(registry, by: $0) } ?? SourceGrades()
    }

    /// The registry of a folder of site files.
    /// - Parameter path: absolute.
    package func registry(in path: String, policies: Set<String>) -> Registry {
        var loader = ConfigurationLoader(log: log, base: file)
        return loader.readRegistry(in: path, policies: policies, standards: loader.readStandards(at: nil))
    }

    /// One site with its points. A gateway is never OFFLINE by silence unless the site lists it with `silence_s`.
    /// - Parameters:
    ///   - site: a mapping as a site file is one.
    ///   - rows: what the site's point list would hold.
    package func registry(site: Field, rows: [InlinePointRow], policies: Set<String>) -> Registry {
        var loader = ConfigurationLoader(log: log, base: file)
        let standards = loader.readStandards(at: nil)
        var builder = RegistryBuilder()
        guard let read = SiteReader(policies: policies, standards: standards).read(site, into: &builder) else {
            return Registry()
        }
        read.pointsFile?.fault("has no place here", valid: "the points themselves, under `points`")
        let rows = withoutRepeats(rows)
        let own = FaultLog()
        var list = PointListReader(
            bytes: InlinePointRow.list(of: rows), file: file, site: read.site, standards: standards,
            deviations: RedundancyReader.carriers(read.redundant), log: own)
        list.read(into: &builder)
        report(own, rows)
        builder.settle(read.claims, site: read.site, after: 0) { list.mentions($0) }
        builder.add(
            RedundancyReader.groups(read.redundant, in: builder.registry.points[...]) { list.mentions($0) })
        var registry = builder.registry
        let listed = RulesReader.gatewaysWithSilence(site)
        for place in registry.gateways.indices where !listed.contains(registry.gateways[place].name) {
            registry.gateways[place].silence = 0
        }
        return registry
    }

    /// The rows, each point's first only.
    private func withoutRepeats(_ rows: [InlinePointRow]) -> [InlinePointRow] {
        var lines: [String: Int] = [:]
        return rows.filter { row in
            guard let line = lines[row.name] else {
                lines[row.name] = row.line
                return true
            }
            let message = "\(row.path): point \"\(row.name)\" stands in line \(line) too; valid: each point once"
            log.add(Fault(file: file.name, line: row.line, message: message))
            return row.name.isEmpty
        }
    }

    /// Faults of the point list, told of the rows' own lines.
    private func report(_ own: FaultLog, _ rows: [InlinePointRow]) {
        do throws(ConfigurationRejected) {
            try own.rejectIfFaulty()
        } catch {
            for fault in error.faults {
                let place = (fault.line ?? 0) - InlinePointRow.firstLine
                let row = rows.indices.contains(place) ? rows[place] : nil
                log.add(
                    Fault(
                        file: file.name, line: row?.line ?? rows.first?.line,
                        message: row.map { "\($0.path): \(told(fault.message, rows))" } ?? fault.message))
            }
        }
    }

    /// A fault can name the row that it clashes with, by its line in the list.
    private func told(_ message: String, _ rows: [InlinePointRow]) -> String {
        guard let place = message.range(of: file.name + ":") else { return message }
        let digits = message[place.upperBound...].prefix { $0.isNumber }
        guard let line = Int(digits), rows.indices.contains(line - InlinePointRow.firstLine) else { return message }
        return message[..<place.upperBound] + String(rows[line - InlinePointRow.firstLine].line)
            + message[digits.endIndex...]
    }

    private static func gatewaysWithSilence(_ site: Field) -> Set<String> {
        guard case .mapping(let entries, _) = site.value,
            case .list(let items, _)? = entries.first(where: { $0.key == Site.Key.gateways.rawValue })?.value
        else { return [] }
        return Set(
            items.compactMap { item in
                guard case .mapping(let keys, _) = item,
                    keys.contains(where: { $0.key == Site.GatewayKey.silence.rawValue }),
                    case .scalar(let name, _)? = keys.first(where: { $0.key == Site.GatewayKey.gateway.rawValue })?
                        .value
                else { return nil }
                return name
            })
    }
}
