import Settings

/// The tables of substances and hazard classes.
extension StandardsReader {
    private static let tonnes = 1e-6...1e9
    private static let factor = 0.0...1_000.0

    func readSubstances(_ field: Field) -> [StandardSubstance] {
        var known: [String: String] = [:]
        var found: [StandardSubstance] = []
        guard let section = field.section(of: StandardsProfile.TableKey.self) else { return [] }
        let origins = Origins(section, reader: self)
        for item in section.required(.table, valid: "a list of substances")?.items() ?? [] {
            guard let inner = item.section(of: StandardSubstance.Key.self) else { continue }
            guard let name = inner.required(.name, valid: "a substance's name")?.text() else { continue }
            let aliases = inner[.aliases]?.items()?.compactMap { $0.text() } ?? []
            for word in [name] + aliases {
                if let other = known.updateValue(name, forKey: StandardsProfile.folded(word)) {
                    item.fault("repeats the name \"\(word)\" of \(other)", valid: "each name once")
                }
            }
            let figures = origins.figures(inner[.critical], inner[.beta])
            found.append(
                StandardSubstance(name: name, aliases: aliases, critical: figures.critical, beta: figures.beta))
        }
        return found
    }

    func readClasses(_ field: Field) -> [HazardClass] {
        var found: [HazardClass] = []
        guard let section = field.section(of: StandardsProfile.TableKey.self) else { return [] }
        let origins = Origins(section, reader: self)
        for item in section.required(.table, valid: "a list of classes")?.items() ?? [] {
            guard let inner = item.section(of: HazardClass.Key.self) else { continue }
            guard let name = inner.required(.name, valid: "a class such as J1")?.name() else { continue }
            if found.contains(where: { $0.name == name }) {
                item.fault("repeats the class \(name)", valid: "each class once")
            }
            let figures = origins.figures(inner[.critical], inner[.beta], suffix: ", class \(name)")
            found.append(HazardClass(name: name, critical: figures.critical, beta: figures.beta))
        }
        return found
    }

    /// Where a table's two columns come from; a column without figures needs no source.
    private struct Origins {
        let section: Section<StandardsProfile.TableKey>
        let critical: FigureSource?
        let beta: FigureSource?

        init(_ section: Section<StandardsProfile.TableKey>, reader: StandardsReader) {
            self.section = section
            critical = reader.readSource(section[.criticalSource])
            beta = reader.readSource(section[.betaSource])
        }

        func figures(_ critical: Field?, _ beta: Field?, suffix: String = "") -> (critical: Figure?, beta: Figure?) {
            (
                figure(critical, in: StandardsReader.tonnes, self.critical, .criticalSource, suffix),
                figure(beta, in: StandardsReader.factor, self.beta, .betaSource, suffix)
            )
        }

        private func figure(
            _ field: Field?, in range: ClosedRange<Double>, _ source: FigureSource?,
            _ key: StandardsProfile.TableKey, _ suffix: String
        ) -> Figure? {
            guard let value = field?.number(in: range) else { return nil }
            if section[key] == nil {
                field?.fault("has no source", valid: "\(key.rawValue): \(StandardsReader.sourceForm) beside the table")
            }
            guard let source else { return nil }
            return Figure(value, from: "\(source.place)\(suffix), \(source.certainty.words)")
        }
    }
}
