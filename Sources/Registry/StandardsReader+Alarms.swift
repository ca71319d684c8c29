import Settings

/// The part of a standards profile that an alarm system's figures are held against.
extension StandardsReader {
    private static let percents = 0.0...100.0
    private static let alarms = 1...1_000

    func readAlarmTargets(_ field: Field) -> AlarmTargets? {
        guard let section = field.section(of: AlarmTargets.Key.self) else { return nil }
        let load = section.required(.load, valid: "alarms by time")?.section(of: AlarmTargets.LoadKey.self)
        let flood = section.required(.flood, valid: "when a flood begins and ends")?
            .section(of: AlarmTargets.FloodKey.self)
        let chattering = section.required(.chattering, valid: "{within_s: 60, source: …}")?
            .section(of: AlarmTargets.WithinKey.self)
        let fleeting = section.required(.fleeting, valid: "{within_s: 10, source: …}")?
            .section(of: AlarmTargets.WithinKey.self)
        let stale = section.required(.stale, valid: "{after_h: 24, fewer_than: 5, source: …}")?
            .section(of: AlarmTargets.StaleKey.self)
        let shares = section.required(.priorities, valid: "percents by priority")?
            .section(of: AlarmTargets.PriorityKey.self)
        guard let load, let flood, let chattering, let fleeting, let stale, let shares else { return nil }
        let sources: [AlarmTargets.Key: FigureSource?] = [
            .load: source(load, .source), .flood: source(flood, .source), .chattering: source(chattering, .source),
            .fleeting: source(fleeting, .source), .stale: source(stale, .source), .priorities: source(shares, .source),
        ]
        let average = load.required(.average, valid: "alarms in 10 min, such as 1")?.number(in: 1e-3...1e3)
        let mostAverage = load.required(.mostAverage, valid: "alarms in 10 min, such as 2")?.number(in: 1e-3...1e3)
        let peak = load.required(.peak, valid: "alarms in 10 min, such as 10")?.integer(in: StandardsReader.alarms)
        let intervals = share(load, .intervalsAbove)
        let frequent = share(load, .mostFrequent)
        let rule = floodRule(flood)
        let floodTime = share(flood, .time)
        let chatterWindow = chattering.required(.within, valid: "seconds")?.seconds(in: 1...600)
        let fleetingWithin = fleeting.required(.within, valid: "seconds")?.seconds(in: 1...600)
        let staleHours = stale.required(.after, valid: "hours")?.number(in: 0.1...8_760)
        let fewer = stale.required(.fewerThan, valid: "alarms, such as 5")?.integer(in: StandardsReader.alarms)
        let low = share(shares, .low)
        let medium = share(shares, .medium)
        let high = share(shares, .high)
        guard let average, let mostAverage, let peak, let intervals, let frequent, let rule, let floodTime else {
            return nil
        }
        guard let chatterWindow, let fleetingWithin, let staleHours, let fewer, let low, let medium, let high else {
            return nil
        }
        return AlarmTargets(
            average: average, mostAverage: mostAverage, peak: peak, intervalsAbove: intervals, mostFrequent: frequent,
            flood: rule, floodTime: floodTime, chatterWindow: chatterWindow, fleetingWithin: fleetingWithin,
            staleAfter: Int64((staleHours * 3_600_000).rounded()), stale: fewer, lowShare: low, mediumShare: medium,
            highShare: high, sources: sources.compactMapValues { $0 })
    }

    private func source<Key: SectionKey>(_ section: Section<Key>, _ key: Key) -> FigureSource? {
        readSource(section.required(key, valid: StandardsReader.sourceForm))
    }

    private func share<Key: SectionKey>(_ section: Section<Key>, _ key: Key) -> Double? {
        section.required(key, valid: "percent")?.number(in: StandardsReader.percents).map { $0 / 100 }
    }

    private func floodRule(_ section: Section<AlarmTargets.FloodKey>) -> FloodRule? {
        let starts = section.required(.startsAbove, valid: "alarms in 10 min, such as 10")?
            .integer(in: StandardsReader.alarms)
        let ends = section.required(.endsBelow, valid: "alarms in 10 min, such as 5")?
            .integer(in: StandardsReader.alarms)
        guard let starts, let ends else { return nil }
        if ends > starts {
            section.whole.fault("has an end above its beginning", valid: "ends_below not above starts_above")
        }
        return FloodRule(startsAbove: starts, endsBelow: min(ends, starts))
    }
}
