/// A row of a test's point list. The tag on the gateway is the point's name.
struct PointRow {
    static let header =
        "point,source,gateway,tag,kind,unit,low,high,LL,L,H,HH,deadband,on_delay_s,off_delay_s,stale_after_s,"
        + "priority,latching"

    let point: String
    var gateway: String
    /// Cells by column. A point that says nothing of `stale_after_s` is never stale.
    var cells: [String: String]

    init(_ point: String, gateway: String = "gw1", _ cells: [String: String] = [:]) {
        self.point = point
        self.gateway = gateway
        self.cells = cells
    }

    var line: String {
        let known = ["point": point, "gateway": gateway, "tag": point, "kind": "other", "stale_after_s": "0"]
        let row = known.merging(cells) { _, given in given }
        return PointRow.header.split(separator: ",").map { row[String($0)] ?? "" }.joined(separator: ",")
    }
}
