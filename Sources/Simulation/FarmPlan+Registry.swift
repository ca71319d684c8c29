extension FarmPlan {
    /// The registry that fits the simulated gateways: a site file and a point list for each site.
    package func registryFiles() -> [RegistryFile] {
        (0..<sites).flatMap { site in
            [
                RegistryFile(name: "\(siteName(site)).yaml", text: siteFile(site)),
                RegistryFile(name: "\(siteName(site)).points.csv", text: pointList(site)),
            ]
        }
    }

    private func siteFile(_ site: Int) -> String {
        let name = siteName(site)
        let (zh, en) =
            site == 0 ? ("胜利罐区", "Shengli tank farm") : ("模拟罐区\(site + 1)", "Simulated tank farm \(site + 1)")
        return """
            site: \(name)
            name: {zh: \(zh), en: \(en)}
            area: dongying/kenli/shengtuo
            policy: default
            responsible:
              principal:   {name: 张三, phone: "0546-0000001"}
              technical:   {name: 李四, phone: "0546-0000002"}
              operational: {name: 王五, phone: "0546-0000003"}
            hazard_sources:
              - source: TF-1
                name: {zh: 液氨罐组, en: Ammonia tank group}
                residents_within_500m: 60
                substances:
                  - {name: ammonia, quantity_t: \(40 * tanksPerSite)}
            gateways: [{gateway: \(gatewayName(site)), silence_s: 60}]
            points_file: \(name).points.csv

            """
    }

    private func pointList(_ site: Int) -> String {
        let header = FarmPlan.columns.joined(separator: ",")
        let gateway = gatewayName(site)
        let rows = (0..<pointsPerSite).map { row($0, gateway: gateway) }
        return ([header] + rows).joined(separator: "\n") + "\n"
    }

    private func row(_ position: Int, gateway: String) -> String {
        let sheet = instrument(position).sheet
        let name = pointName(position)
        let number = 101 + tank(position)
        return [
            name, "TF-1", gateway, name, sheet.kind, sheet.unit,
            text(sheet.range?.lowerBound), text(sheet.range?.upperBound),
            text(sheet.lowLow), text(sheet.low), text(sheet.high), text(sheet.highHigh),
            text(sheet.deadband), sheet.onDelaySeconds.map { String($0) } ?? "", sheet.profile, sheet.substance,
            sheet.priority,
            sheet.consequenceZH, sheet.consequenceEN, sheet.actionZH, sheet.actionEN,
            "\(number)号\(sheet.zh)", "\(sheet.en) \(number)",
        ].joined(separator: ",")
    }

    private static let columns = [
        "point", "source", "gateway", "tag", "kind", "unit", "low", "high", "LL", "L", "H", "HH", "deadband",
        "on_delay_s", "profile", "substance",
        "priority", "consequence_zh", "consequence_en", "action_zh", "action_en", "name_zh", "name_en",
    ]

    /// As short as it can be written; empty is "not set".
    private func text(_ value: Double?) -> String {
        guard let value else { return "" }
        return value == value.rounded() ? String(Int(value)) : String(value)
    }
}
