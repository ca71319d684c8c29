/// What a test's deployment consists of: one site `shengli` with its points, policies and settings.
struct Site {
    static let name = "shengli"
    static let node = "spine-1"
    static let area = "dongying/kenli/shengtuo"

    var points: [PointRow]
    /// The whole of `policies.yaml`; nil: the daemon's own default policy.
    var policies: String?
    /// Further lines of `hazardd.yaml`.
    var settings: [String] = []
    /// Further lines of the site's file.
    var siteLines: [String] = []

    init(_ points: [PointRow], policies: String? = nil, settings: [String] = []) {
        self.points = points
        self.policies = policies
        self.settings = settings
    }

    var pointList: String {
        ([PointRow.header] + points.map(\.line)).joined(separator: "\n") + "\n"
    }

    var siteFile: String {
        ([
            "site: \(Site.name)", "name: {zh: 胜利罐区, en: Shengli tank farm}", "area: \(Site.area)",
            "policy: default", "points_file: shengli.points.csv",
        ] + siteLines).joined(separator: "\n") + "\n"
    }

    func settingsFile(brokerURL: String) -> String {
        var lines = [
            "node: \(Site.node)", "state_directory: state", "timezone: Asia/Shanghai",
            "broker: {urls: [\"\(brokerURL)\"], client_id: hazardd-\(Site.node), keep_alive_s: 10}",
            "registry: sites",
        ]
        if policies != nil { lines.append("policies: policies.yaml") }
        return (lines + settings).joined(separator: "\n") + "\n"
    }
}
