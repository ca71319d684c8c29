/// A tank farm and its gateways, moved on by whoever owns it: no clock, no threads, no I/O.
///
/// The same plan, incidents, start and number of scans give the same bytes, however the time between is cut into calls.
package struct World: Sendable {
    package let plan: FarmPlan
    /// UTC milliseconds of the first scan.
    package let start: Int64
    private var gateways: [SimulatedGateway]
    private var scansDone = 0

    /// - Throws: if an incident names a site or point that the plan does not have.
    package init(_ plan: FarmPlan, incidents: [Incident] = [], start: Int64) throws(SimulationFault) {
        self.plan = plan
        self.start = start
        var placed: [PlacedIncident] = []
        for incident in incidents { placed.append(try PlacedIncident(incident, in: plan)) }
        gateways = (0..<plan.sites).map { site in
            SimulatedGateway(site: site, of: plan, incidents: placed.filter { $0.site == site })
        }
    }

    /// When the next scan is due, in UTC milliseconds.
    package var nextScan: Int64 { time(ofScan: scansDone) }

    /// Does every scan due up to and including this time (UTC milliseconds) and returns what was published.
    package mutating func advance(to time: Int64) -> [GatewayMessage] {
        var messages: [GatewayMessage] = []
        while nextScan <= time {
            scan(into: &messages)
        }
        return messages
    }

    private mutating func scan(into messages: inout [GatewayMessage]) {
        let scan = Scan(time: nextScan, elapsed: Double(scansDone) / plan.rate)
        let seconds = scansDone == 0 ? 0 : 1 / plan.rate
        for gateway in gateways.indices {
            gateways[gateway].scan(at: scan, seconds: seconds, jitter: jitter, into: &messages)
        }
        scansDone += 1
    }

    private func time(ofScan number: Int) -> Int64 {
        start + Int64((Double(number) * 1_000 / plan.rate).rounded(.down))
    }

    /// Milliseconds; small enough that two scans never change places or meet.
    private var jitter: Int64 {
        min(5, max(0, (Int64(1_000 / plan.rate) - 1) / 2))
    }
}
