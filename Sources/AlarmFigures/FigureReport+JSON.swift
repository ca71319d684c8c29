import Alarms
import Registry
import Telemetry

extension FigureReport {
    /// The report as one JSON object (`schemas/kpi.schema.json`).
    /// - Parameters:
    ///   - site: the only site that was read; nil for all of them.
    ///   - bucket: the length of the load's buckets in milliseconds, a multiple of ten minutes.
    package func json(node: String, site: String?, bucket: Int64) -> String {
        var json = JSONText()
        json.member("node", node)
        json.member("site", site)
        json.member("from", from)
        json.member("to", to)
        json.member("targets", json: targets)
        json.member("events", Int64(events))
        whole.write(to: &json)
        json.member("load", json: load(bucket))
        json.member("sites", json: FigureReport.list(sites) { $0.json(as: "site") })
        json.member("sites_left_out", Int64(sitesLeftOut))
        json.member("positions", json: FigureReport.list(positions) { $0.json(as: "position") })
        json.member("positions_left_out", Int64(positionsLeftOut))
        return json.object
    }

    /// Where the recommendations are from.
    private var targets: String {
        var sources = JSONText()
        for key in AlarmTargets.Key.allCases {
            sources.member(named: key.rawValue, basis.targets.sources[key]?.description)
        }
        var json = JSONText()
        json.member("profile", basis.profile)
        json.member("dated", basis.dated)
        json.member("sources", json: sources.object)
        return json.object
    }

    /// Alarms by buckets of time, those of none included, from the one that the range begins in.
    private func load(_ bucket: Int64) -> String {
        let length = max(AlarmLoad.length, bucket)
        let start = AlarmLoad.start(of: from)
        var counts = [Int](repeating: 0, count: to > start ? Int((to - 1 - start) / length) + 1 : 0)
        for interval in whole.load.intervals {
            let place = Int((interval.start - start) / length)
            if counts.indices.contains(place) { counts[place] += interval.count }
        }
        var json = JSONText()
        json.member("start", start)
        json.member("bucket_ms", length)
        json.member("counts", json: FigureReport.list(counts) { String($0) })
        return json.object
    }

    static func list<Element>(_ elements: [Element], _ text: (Element) -> String) -> String {
        "[" + elements.map(text).joined(separator: ",") + "]"
    }
}

extension ScopeFigures {
    fileprivate func json(as kind: String) -> String {
        var json = JSONText()
        json.member(named: kind, name)
        write(to: &json)
        return json.object
    }

    fileprivate func write(to json: inout JSONText) {
        json.member("positions_heard", Int64(positions))
        json.member("annunciated", Int64(annunciated))
        json.member("priorities", json: counts(Priority.allCases.reversed().map { ($0.name, byPriority[$0] ?? 0) }))
        json.member("figures", json: judged)
        json.member("intervals", Int64(intervals))
        json.member("intervals_above", Int64(intervalsAbove))
        json.member("most_frequent", json: FigureReport.list(mostFrequent) { $0.json })
        json.member("flood_count", Int64(floodCount))
        json.member("floods", json: FigureReport.list(floods) { $0.json })
        json.member("chattering", json: FigureReport.list(chattering) { $0.json })
        json.member("fleeting", json: FigureReport.list(fleeting) { $0.json })
        json.member("stale_count", Int64(staleCount))
        json.member("stale", json: FigureReport.list(stale) { $0.json })
        json.member("acknowledged", Int64(acknowledged))
        json.member("ended_unacknowledged", Int64(endedUnacknowledged))
        json.member("unacknowledged_count", Int64(unacknowledgedCount))
        json.member("unacknowledged", json: FigureReport.list(unacknowledged) { $0.json })
        let kinds = Suppression.allCases.filter { $0 != .none }
        json.member("suppressed", json: counts(kinds.map { ($0.name, suppressed[$0] ?? 0) }))
    }

    private func counts(_ numbers: [(name: String, count: Int)]) -> String {
        var json = JSONText()
        for (name, count) in numbers { json.member(named: name, Int64(count)) }
        return json.object
    }

    private var judged: String {
        var json = JSONText()
        for figure in figures { json.member(named: figure.name.rawValue, json: figure.json) }
        return json.object
    }
}

extension JudgedFigure {
    fileprivate var json: String {
        var json = JSONText()
        json.member("value", value.map { ($0 * 1e6).rounded() / 1e6 })
        json.member("target", target)
        json.member("limit", limit)
        json.member("limit_allowed", allowsLimit)
        json.member("verdict", verdict?.rawValue)
        return json.object
    }
}

extension ScopeFigures.Frequency {
    fileprivate var json: String {
        var json = JSONText()
        json.member("subject", subject)
        json.member("count", Int64(count))
        json.member("share", (share * 1e6).rounded() / 1e6)
        return json.object
    }
}

extension ScopeFigures.Flood {
    fileprivate var json: String {
        var json = JSONText()
        json.member("start", start)
        json.member("end", end)
        json.member("count", Int64(count))
        json.member("peak_10_min", Int64(peak))
        json.member("first_out", firstOut)
        json.member("first_out_at", firstOutAt)
        json.member("subjects", json: FigureReport.list(subjects) { $0.json })
        return json.object
    }
}

extension ScopeFigures.Chatter {
    fileprivate var json: String {
        var json = JSONText()
        json.member("subject", subject)
        json.member("stretches", Int64(stretches))
        json.member("transitions", Int64(transitions))
        json.member("latest", latest)
        json.member("proposal", json: proposal.json)
        return json.object
    }
}

extension ChatterProposal {
    fileprivate var json: String {
        var json = JSONText()
        json.member("deadband", deadband)
        json.member("unit", unit)
        json.member("off_delay_longer_by_s", offDelayLongerBy.map { $0 / 1_000 })
        json.member("working", working.joined(separator: " "))
        return json.object
    }
}

extension ScopeFigures.Standing {
    fileprivate var json: String {
        var json = JSONText()
        json.member("subject", subject)
        json.member("since", since)
        return json.object
    }
}
