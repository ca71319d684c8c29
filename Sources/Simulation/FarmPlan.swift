/// What is simulated: so many sites, each with one gateway and its points.
///
/// A site's points are laid out tank by tank, ten instruments a tank (`LT-101 PT-101 TT-101 …`, then tank
/// 102). A point's tag on its gateway is its name. The first site is `shengli` behind `gw1`.
package struct FarmPlan: Hashable, Sendable {
    package let sites: Int
    package let pointsPerSite: Int
    /// Samples a second of each point.
    package let rate: Double
    /// The most samples a message holds. One scan is split to keep to it; several are gathered to fill it, but none is
    /// held back longer than a second.
    package let batch: Int
    package let seed: UInt64

    package init(
        sites: Int = 1, pointsPerSite: Int = 50, rate: Double = 1, batch: Int = 50, seed: UInt64 = 7
    ) throws(SimulationFault) {
        guard (1...100_000).contains(sites) else {
            throw SimulationFault("sites is \(sites); 1 to 100000 can be simulated")
        }
        guard (1...1_000_000).contains(pointsPerSite), sites * pointsPerSite <= 10_000_000 else {
            throw SimulationFault(
                "points is \(pointsPerSite) at \(sites) sites; 1 to 1000000 a site and 10000000 in all can be simulated"
            )
        }
        guard rate > 0, rate <= 1_000 else {
            throw SimulationFault(
                "rate is \(rate) samples a second and point; more than 0 and at most 1000 can be told apart in "
                    + "milliseconds (for a higher load add points)")
        }
        guard (1...100_000).contains(batch) else {
            throw SimulationFault("batch is \(batch); 1 to 100000 samples fit a message")
        }
        self.sites = sites
        self.pointsPerSite = pointsPerSite
        self.rate = rate
        self.batch = batch
        self.seed = seed
    }

    /// Samples a second of all points together.
    package var samplesPerSecond: Double { rate * Double(sites * pointsPerSite) }

    package func siteName(_ site: Int) -> String {
        site == 0 ? "shengli" : "farm-\(site + 1)"
    }

    package func gatewayName(_ site: Int) -> String {
        "gw\(site + 1)"
    }

    /// The name of a site's point by its position in the layout.
    package func pointName(_ position: Int) -> String {
        let sheet = instrument(position).sheet
        return "\(sheet.letters)-\(101 + tank(position))\(sheet.suffix)"
    }

    func instrument(_ position: Int) -> Instrument {
        Instrument.allCases[position % Instrument.allCases.count]
    }

    /// Which of the site's tanks a point belongs to, from 0.
    func tank(_ position: Int) -> Int {
        position / Instrument.allCases.count
    }

    var scansPerMessage: Int { max(1, min(batch / pointsPerSite, Int(rate))) }

    var tanksPerSite: Int { tank(pointsPerSite - 1) + 1 }

    /// The position of a named point, or nil if the plan has none of that name.
    func position(of name: String) -> Int? {
        (0..<pointsPerSite).first { pointName($0) == name }
    }

    /// The site of a name, or nil if the plan has none of that name.
    func site(named name: String) -> Int? {
        (0..<sites).first { siteName($0) == name }
    }
}
