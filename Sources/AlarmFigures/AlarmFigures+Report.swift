extension AlarmFigures {
    /// The figures from the beginning of the range to a time, which is where the range ends at the latest.
    package func report(at time: Int64) -> FigureReport {
        let end = max(from, min(time, to))
        var members = [[Int]](repeating: [], count: scopes.count)
        for (place, subject) in subjects.enumerated() {
            members[0].append(place)
            members[subject.site].append(place)
            members[subject.position].append(place)
        }
        let summary = ScopeSummary(figures: self, end: end)
        func listed(_ table: [String: Int]) -> [Int] {
            Set(table.values).filter { scopes[$0].annunciated > 0 }.sorted {
                (scopes[$1].annunciated, scopes[$0].name) < (scopes[$0].annunciated, scopes[$1].name)
            }
        }
        func figures(_ places: [Int]) -> [ScopeFigures] {
            places.prefix(FigureReport.scopeBound).map { summary.figures(of: $0, members: members[$0]) }
        }
        let siteScopes = listed(sites)
        let positionScopes = listed(positionScopes)
        return FigureReport(
            from: from, to: end, basis: basis, events: events,
            whole: summary.figures(of: 0, members: members[0]), sites: figures(siteScopes),
            positions: figures(positionScopes),
            sitesLeftOut: max(0, siteScopes.count - FigureReport.scopeBound),
            positionsLeftOut: max(0, positionScopes.count - FigureReport.scopeBound))
    }
}
