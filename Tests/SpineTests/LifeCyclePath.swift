/// A way through an alarm's life. Several are gone side by side over one daemon, which is killed after every step; a
/// path that waits for another, or for its time, has a step without an action.
///
/// The tables are in `LifeCyclePath+….swift`, by what they are about.
struct LifeCyclePath {
    typealias Step = LifeCycleStep

    let name: String
    /// The point whose values the steps publish.
    let row: PointRow
    /// `object/CONDITION` of the site; the point's H unless it says otherwise.
    let alarm: String
    let steps: [Step]

    init(_ name: String, _ row: PointRow, alarm: String? = nil, _ steps: [Step]) {
        self.name = name
        self.row = row
        self.alarm = alarm ?? "\(row.point)/H"
        self.steps = steps
    }

    var subject: String { "\(Site.name)/\(alarm)" }
    /// Whether the alarm is one of the point, not of its gateway.
    var isOfPoint: Bool { alarm.hasPrefix(row.point + "/") }
    var isLatching: Bool { isOfPoint && row.cells["latching"] == "true" }

    /// What the raise of an alarm brings that nobody has put aside.
    static let raised = "raised, due enterprise"
    /// What the end of a climb brings by the standard policy, of a medium alarm and of a high one.
    static let mediumEnds = "cancelled enterprise, cancelled township"
    static let highEnds = "\(mediumEnds), cancelled county, cancelled city"
}
