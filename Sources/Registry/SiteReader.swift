import Settings
import Telemetry

/// Reads one site file.
struct SiteReader {
    let policies: Set<String>
    /// Nil when it could not be read, which is a fault elsewhere.
    let standards: StandardsProfile?

    /// What a site file leaves to be read after it.
    struct Opened {
        /// The site's position.
        var site: Int
        /// The key that names its point list.
        var pointsFile: Field?
        /// Points of that list that measure quantities.
        var claims: [QuantityPointClaim]
        var redundant: [RedundancyReader.Entry]
    }

    /// Adds the site and its gateways.
    func read(_ root: Field, into builder: inout RegistryBuilder) -> Opened? {
        guard let section = root.section(of: Site.Key.self) else { return nil }
        let nameField = section.required(.site, valid: NameRule.nameForm)
        let name = nameField?.name()
        if let name, Site.reservedNames.contains(name) {
            nameField?.fault("is \"\(name)\", a reserved name", valid: "any other name")
        }
        var site = Site(name: name ?? "")
        site.title = section[.name]?.bilingualText() ?? site.title
        site.area = section[.area].flatMap { area($0) } ?? site.area
        site.policy = section[.policy].flatMap { policy($0) } ?? site.policy
        site.responsible = section[.responsible].flatMap { responsible($0) }
        var claims: [QuantityPointClaim] = []
        site.hazardSources = section[.hazardSources].map { hazardSources($0, &claims) } ?? []
        let position = builder.add(site, from: name == nil ? nil : nameField)
        for item in section[.gateways]?.items() ?? [] {
            readGateway(item, site: position, into: &builder)
        }
        return Opened(
            site: position, pointsFile: section[.pointsFile], claims: claims,
            redundant: section[.redundant].map { RedundancyReader.read($0) } ?? [])
    }

    private func area(_ field: Field) -> [String]? {
        let valid = "levels from the city down, such as dongying/kenli/shengtuo, without '+' and '#'"
        guard let text = field.text(valid: valid) else { return nil }
        let levels = text.split(separator: "/", omittingEmptySubsequences: false)
        guard levels.allSatisfy({ NameRule.isTopicLevel($0) }) else {
            field.fault("is \"\(text)\"", valid: valid)
            return nil
        }
        return levels.map { String($0) }
    }

    private func policy(_ field: Field) -> String? {
        let valid = policies.sorted().joined(separator: ", ")
        guard let name = field.text(valid: valid) else { return nil }
        guard policies.contains(name) else {
            field.fault("is \"\(name)\", which no policy is called", valid: valid)
            return nil
        }
        return name
    }

    private func responsible(_ field: Field) -> Responsible? {
        guard let section = field.section(of: Responsible.Role.self) else { return nil }
        return Responsible(
            principal: section[.principal].flatMap { post($0) },
            technical: section[.technical].flatMap { post($0) },
            operational: section[.operational].flatMap { post($0) })
    }

    private func post(_ field: Field) -> Responsible.Post? {
        guard let section = field.section(of: Responsible.Post.Key.self),
            let name = section.required(.name, valid: Field.personForm)?.text()
        else { return nil }
        return Responsible.Post(
            person: Person(name: name, phone: section[.phone]?.text()), deputy: section[.deputy].flatMap { $0.person() }
        )
    }

    private func hazardSources(_ field: Field, _ claims: inout [QuantityPointClaim]) -> [HazardSource] {
        var sources: [HazardSource] = []
        for item in field.items() ?? [] {
            guard let section = item.section(of: HazardSource.Key.self) else { continue }
            let nameField = section.required(.source, valid: NameRule.levelForm)
            guard let nameField, let name = nameField.text(valid: NameRule.levelForm) else { continue }
            if !NameRule.isTopicLevel(name) {
                nameField.fault("is \"\(name)\"", valid: NameRule.levelForm)
            }
            if sources.contains(where: { $0.name == name }) {
                nameField.fault("repeats the source \"\(name)\"", valid: "each source once")
            }
            var source = HazardSource(
                name: name,
                title: section[.name]?.bilingualText() ?? BilingualText(),
                residents: section[.residents]?.integer(in: 0...10_000_000),
                position: section[.position].flatMap { position($0) })
            for item in section[.substances]?.items() ?? [] {
                guard let (substance, point) = SubstanceReader(standards: standards).read(item) else { continue }
                if let point, let name = point.text(valid: "the name of a point in t of the same site") {
                    claims.append(
                        QuantityPointClaim(
                            field: point, name: name, source: sources.count, substance: source.substances.count))
                }
                source.substances.append(substance)
            }
            if section[.residents] == nil, !source.substances.isEmpty { noteResidents(item) }
            sources.append(source)
        }
        return sources
    }

    private func noteResidents(_ field: Field) {
        field.log.note(
            Fault(
                file: field.file.name, line: field.line,
                message: "hazard_sources[].residents_within_500m is not given, so grading takes the largest α"))
    }

    private func position(_ field: Field) -> String? {
        guard let name = field.text(valid: NameRule.levelForm) else { return nil }
        if Site.reservedNames.contains(name) {
            field.fault("is \"\(name)\", a reserved name", valid: "any other name")
            return nil
        }
        guard NameRule.isTopicLevel(name) else {
            field.fault("is \"\(name)\"", valid: NameRule.levelForm)
            return nil
        }
        return name
    }

    private func readGateway(_ field: Field, site: Int, into builder: inout RegistryBuilder) {
        guard let section = field.section(of: Site.GatewayKey.self) else { return }
        let nameField = section.required(.gateway, valid: NameRule.levelForm)
        guard let nameField, let name = nameField.text(valid: NameRule.levelForm) else { return }
        guard NameRule.isTopicLevel(name) else {
            nameField.fault("is \"\(name)\"", valid: NameRule.levelForm)
            return
        }
        let gateway = builder.gateway(name, site: site)
        if let silence = section[.silence]?.seconds(in: 0...31_536_000) {
            builder.setSilence(silence, of: gateway, from: section[.silence] ?? field)
        }
    }
}
