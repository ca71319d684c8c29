import Foundation
import Historian
import Registry
import Store
import Telemetry

/// `report.html`: what happened, to read on a screen or on paper. One file that loads nothing and runs nothing.
struct IncidentReport {
    private static let mostOthers = 300

    let material: IncidentMaterial
    let samples: CapsuleSamples
    let registry: Registry
    private let zone: NodeTime
    private var sheet: IncidentSheet { material.sheet }

    init(_ material: IncidentMaterial, samples: CapsuleSamples, registry: Registry) {
        self.material = material
        self.samples = samples
        self.registry = registry
        zone = NodeTime(material.sheet.timezone)
    }

    func html() throws -> String {
        let facts = try material.events.map { try EventFacts(body: $0.body) }
        let own = facts.filter { $0.data.episode == sheet.episode }
        let points = points
        let alarmed = own.first.map { "\($0.site)/\($0.data.point ?? "")" }
        return """
            <!DOCTYPE html>
            <html lang="zh"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width">
            <title>\(sheet.subject.html) \(zone.text(sheet.raisedAt))</title>
            <style>\(ReportStyle.css)</style></head><body>
            \(head(own))
            \(state)
            <h2>经过 <span>Timeline</span></h2>
            \(timeline(own))
            \(legend)
            <div class="plots">\(plots(points.filter { $0.name == alarmed }, own, width: PlotScale.pageWidth))</div>
            <h2>测点 <span>Points in the window</span></h2>
            \(summary(points))
            <h2>曲线 <span>Trends</span></h2>
            <div class="plots">\(plots(points.filter { $0.name != alarmed }, own, width: PlotScale.usualWidth))</div>
            \(others(facts.filter { $0.data.episode != sheet.episode }))
            \(foot)
            </body></html>

            """
    }

    private var points: [(name: String, samples: SampleSeries, point: Point?)] {
        samples.series.map { series in
            (series.point, series.samples, registry.index(of: series.point).map { registry[$0] })
        }
    }

    private func head(_ own: [EventFacts]) -> String {
        let raise = own.first { $0.kind == "raised" } ?? own.first
        let place = [ReportWords.title(sheet.siteName), ReportWords.title(sheet.sourceName)].filter { !$0.isEmpty }
        let unit = (raise?.data.unit).map { " " + $0.html } ?? ""
        var facts: [(String, String)] = [
            ("报警 Alarm", "\(sheet.subject.html) — \(ReportWords.condition(raise?.data.condition ?? ""))"),
            ("等级 Priority", ReportWords.priority(raise?.data.priority ?? "")),
            ("发生 Raised", zone.text(sheet.raisedAt)),
        ]
        if let value = raise?.data.value {
            let limit = raise?.data.limit.map { " · 限值 limit \(FigureText.text($0))\(unit)" } ?? ""
            facts.append(("数值 Value", FigureText.text(value) + unit + limit))
        }
        if let cause = raise?.data.cause { facts.append(("原因 Cause", cause.html)) }
        let consequence = ReportWords.title(raise?.data.consequence)
        if !consequence.isEmpty { facts.append(("后果 Consequence", consequence)) }
        let action = ReportWords.title(raise?.data.action)
        if !action.isEmpty { facts.append(("处置 Action", action)) }
        facts.append(("时段 Window", "\(zone.text(sheet.from)) – \(zone.text(sheet.to)) (\(zone.name.html))"))
        facts.append(("编号 Episode", "<code>\(sheet.episode.html)</code> · node \(sheet.node.html)"))
        let rows = facts.map { "<tr><th>\($0.0)</th><td>\($0.1)</td></tr>" }.joined()
        let code = [sheet.site, sheet.source].filter { !$0.isEmpty }.joined(separator: "/")
        return
            "<header><p>\(code.html)</p><h1>\(place.isEmpty ? sheet.subject.html : place.joined(separator: "<br>"))</h1>"
            + "</header><table class=\"facts\">\(rows)</table>"
    }

    /// Whether it is proven, and whether the configuration shown is the one that was in force.
    private var state: String {
        let proof =
            material.index.open.map {
                "<p class=\"note warn\"><b>尚未证实</b> Not yet proven: \($0.html).</p>"
            } ?? "<p class=\"note\">可独立核验:<code>python3 verify.py --public-key FILE</code>. "
            + "Whoever holds the node's public key can check this folder without the node.</p>"
        let recorded = sheet.configuration.recorded
        let configuration =
            recorded == sheet.configuration.now
            ? "<p class=\"note\">报警时的配置与现在相同。 The configuration in force at the alarm is the one in this folder "
                + "(fingerprint <code>\(sheet.configuration.now.html)</code>).</p>"
            : "<p class=\"note warn\"><b>配置已改变</b> The configuration has changed since the alarm: in force then "
                + "<code>\((recorded ?? "unknown").html)</code>, in this folder "
                + "<code>\(sheet.configuration.now.html)</code>. Limits and names below are those of now.</p>"
        return proof + configuration
    }

    private func timeline(_ own: [EventFacts]) -> String {
        let rows = own.map { event in
            let offset = event.milliseconds - sheet.raisedAt
            return "<tr class=\"\(event.kind == "raised" ? "raised" : "")\"><td>\(zone.text(event.milliseconds))</td>"
                + "<td class=\"number\">\(IncidentReport.offset(offset))</td><td>\(ReportWords.kind(event.kind))</td>"
                + "<td>\(detail(event))</td></tr>"
        }.joined()
        return
            "<table class=\"list\"><tr><th>时间 Time</th><th class=\"number\">间隔 After</th><th>事件 Event</th><th>说明 Detail</th></tr>"
            + "\(rows)</table>"
    }

    private func detail(_ event: EventFacts) -> String {
        var parts: [String] = []
        if let tier = event.data.tier { parts.append(ReportWords.tier(tier)) }
        if ["raised", "returned", "realarmed"].contains(event.kind), let value = event.data.value {
            parts.append(FigureText.text(value) + ((event.data.unit).map { " " + $0.html } ?? ""))
        }
        if let actor = event.data.actor { parts.append("<b>\(actor.html)</b>") }
        if let comment = event.data.comment { parts.append("“\(comment.html)”") }
        if let cause = event.data.cause, event.kind != "raised" { parts.append(cause.html) }
        return parts.joined(separator: " ")
    }

    /// `+5 m 10.0 s`
    private static func offset(_ milliseconds: Int64) -> String {
        let size = abs(milliseconds)
        let sign = milliseconds < 0 ? "−" : "+"
        let seconds = "\(size / 1_000 % 60).\(size / 100 % 10) s"
        guard size >= 60_000 else { return sign + seconds }
        let minutes = "\(size / 60_000 % 60) m"
        return size < 3_600_000 ? "\(sign)\(minutes) \(seconds)" : "\(sign)\(size / 3_600_000) h \(minutes)"
    }

    private func summary(_ points: [(name: String, samples: SampleSeries, point: Point?)]) -> String {
        let rows = points.map { name, samples, point in
            let shown = samples.values.indices.filter { !Plot.isBad(samples, $0) }.map { samples.values[$0] }
            let bad = samples.count - shown.count
            let uncertain = samples.qualities.indices.count { Plot.isUncertain(samples, $0) }
            let figures = [shown.min(), shown.max(), shown.first, shown.last].map {
                "<td class=\"number\">\($0.map { FigureText.text($0) } ?? "–")</td>"
            }.joined()
            let title = ReportWords.title(IncidentSheet.Title(zh: point?.title.zh, en: point?.title.en))
            return "<tr><td><b>\(name.html)</b> \(title)</td><td>\((point?.unit ?? "").html)</td>\(figures)"
                + "<td class=\"number\">\(samples.count)</td><td class=\"number\">\(bad > 0 ? "\(bad)" : "")</td>"
                + "<td class=\"number\">\(uncertain > 0 ? "\(uncertain)" : "")</td></tr>"
        }.joined()
        return
            "<table class=\"list\"><tr><th>测点 Point</th><th>单位 Unit</th><th class=\"number\">最小 Min</th><th class=\"number\">最大 Max</th>"
            + "<th class=\"number\">首值 First</th><th class=\"number\">末值 Last</th><th class=\"number\">样本 Samples</th><th class=\"number\">坏 Bad</th><th class=\"number\">存疑 Uncertain</th></tr>\(rows)</table>"
    }

    private func plots(
        _ points: [(name: String, samples: SampleSeries, point: Point?)], _ own: [EventFacts], width: Double
    ) -> String {
        let active = IncidentReport.active(own, until: sheet.to)
        let isAlarmed = width == PlotScale.pageWidth
        return points.map { name, samples, point in
            let title = ReportWords.title(IncidentSheet.Title(zh: point?.title.zh, en: point?.title.en))
            let unit = point.flatMap { $0.unit.isEmpty ? nil : " (\($0.unit.html))" } ?? ""
            let plot = Plot(
                samples, rules: point?.rules ?? [], times: sheet.from...max(sheet.from, sheet.to),
                moment: sheet.raisedAt, active: isAlarmed ? active : [], zone: zone, width: width)
            let picture = samples.count > 0 ? plot.svg : "<p class=\"none\">没有样本 no samples</p>"
            let kind = isAlarmed ? " class=\"alarmed\"" : ""
            return "<figure\(kind)><figcaption><b>\(name.html)</b> \(title)\(unit)</figcaption>\(picture)</figure>"
        }.joined()
    }

    /// From each raise to the return after it.
    private static func active(_ own: [EventFacts], until end: Int64) -> [ClosedRange<Int64>] {
        var spans: [ClosedRange<Int64>] = []
        var start: Int64?
        for event in own {
            switch event.kind {
            case "raised": start = start ?? event.milliseconds
            case "returned", "cleared":
                if let from = start { spans.append(from...max(from, event.milliseconds)) }
                start = nil
            default: break
            }
        }
        if let start { spans.append(start...max(start, end)) }
        return spans
    }

    private var legend: String {
        "<p class=\"legend\"><i class=\"line\"></i>测量值 value <i class=\"ring\"></i>存疑 uncertain <i class=\"tick\"></i>坏值 bad "
            + "<i class=\"dash\"></i>报警时刻 alarm raised <i class=\"shade\"></i>报警持续 active "
            + "<i class=\"limit\"></i>限值 limits HH H L LL</p>"
    }

    private func others(_ events: [EventFacts]) -> String {
        guard !events.isEmpty else { return "" }
        let rows = events.prefix(IncidentReport.mostOthers).map { event in
            "<tr><td>\(zone.text(event.milliseconds))</td><td>\(event.subject.html)</td>"
                + "<td>\(ReportWords.kind(event.kind))</td><td>\(detail(event))</td></tr>"
        }.joined()
        let rest = events.count - IncidentReport.mostOthers
        let more = rest > 0 ? "<p>另有 \(rest) 条,见 events.jsonl; \(rest) more in events.jsonl</p>" : ""
        return "<h2>同一时段的其他事件 <span>Other events of the site in the window</span></h2>"
            + "<table class=\"list\"><tr><th>时间 Time</th><th>对象 Subject</th><th>事件 Event</th><th>说明 Detail</th></tr>"
            + "\(rows)</table>\(more)"
    }

    private var foot: String {
        "<footer>hazardd · \(sheet.node.html) · \(zone.text(sheet.madeAt)) (\(zone.name.html)). "
            + "本报告由 events.jsonl 与 samples.csv 生成,以该两文件为准。 This page renders events.jsonl and samples.csv; they are what "
            + "is proven, the page itself is not.</footer>"
    }
}
