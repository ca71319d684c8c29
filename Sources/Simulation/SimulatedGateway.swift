import Telemetry

/// One site as its gateway sees it: scans its instruments and packs what they read into messages.
struct SimulatedGateway: Sendable {
    private let name: String
    private let layout: [Instrument]
    /// Each point's tag as a JSON key.
    private let keys: [[UInt8]]
    private let incidents: [PlacedIncident]
    private let batch: Int
    private let scansPerMessage: Int
    private var tanks: [Tank]
    private var random: RandomState
    private var sequence: Int64 = 0
    /// What a stuck transmitter keeps saying, by the incident's place in the list.
    private var frozen: [Int: Int64] = [:]
    private var readings: [Int64]
    private var writer = ScanWriter()
    private var scansWaiting = 0

    init(site: Int, of plan: FarmPlan, incidents: [PlacedIncident]) {
        name = plan.gatewayName(site)
        layout = (0..<plan.pointsPerSite).map { plan.instrument($0) }
        keys = (0..<plan.pointsPerSite).map { Array("\"\(plan.pointName($0))\":".utf8) }
        // A stuck transmitter hides what any other incident would show.
        self.incidents =
            incidents.filter { $0.incident.kind != .stuck } + incidents.filter { $0.incident.kind == .stuck }
        batch = plan.batch
        scansPerMessage = plan.scansPerMessage
        var random = RandomState(seed: plan.seed &+ UInt64(site) &* 0x9E37_79B9_7F4A_7C15)
        tanks = (0..<plan.tanksPerSite).map { _ in Tank(random: &random) }
        self.random = random
        readings = Array(repeating: 0, count: plan.pointsPerSite)
    }

    /// Moves the site on by one scan and adds the messages that became full.
    ///
    /// - Parameters:
    ///   - scan: when, in UTC milliseconds and in seconds after the world's start.
    ///   - seconds: since the scan before.
    ///   - jitter: the most by which a time stamp misses the scan's time, in ms.
    mutating func scan(
        at scan: Scan, seconds: Double, jitter: Int64, into messages: inout [GatewayMessage]
    ) {
        for tank in tanks.indices { tanks[tank].step(seconds: seconds, warmthOfDay: scan.warmthOfDay) }
        for position in layout.indices { readings[position] = read(position) }
        var offset = Int64(0)
        var isSilent = false
        for (place, placed) in incidents.enumerated() {
            offset += strike(placed, place, at: scan.elapsed)
            isSilent = isSilent || placed.incident.kind == .silence && placed.incident.isRunning(at: scan.elapsed)
        }
        let time = scan.time + offset + Int64.random(in: -jitter...jitter, using: &random)
        if isSilent {
            _ = writer.take()
            scansWaiting = 0
        } else {
            pack(time: time, into: &messages)
        }
    }

    private mutating func read(_ position: Int) -> Int64 {
        let tank = tanks[position / Instrument.allCases.count]
        switch layout[position] {
        case .level: return thousandths(tank.level + random.noise(0.002))
        case .pressure: return thousandths(tank.pressure(level: tank.level) + random.noise(0.001))
        case .temperature: return thousandths(tank.temperature + random.noise(0.02))
        case .inletFlow: return thousandths(tank.inletIsOpen ? tank.inletFlow + random.noise(0.5) : 0)
        case .inletValve: return tank.inletIsOpen ? 1_000 : 0
        case .outletValve: return tank.outletIsOpen ? 1_000 : 0
        case .combustible, .combustibleBeside: return thousandths(max(0, 0.4 + random.noise(0.3)))
        case .toxic: return thousandths(max(0, 0.5 + random.noise(0.3)))
        case .oxygen: return thousandths(20.9 + random.noise(0.02))
        }
    }

    /// Lets an incident change what was read; returns the clock's offset in ms if it is about the clock.
    private mutating func strike(_ placed: PlacedIncident, _ place: Int, at elapsed: Double) -> Int64 {
        let incident = placed.incident
        guard incident.isRunning(at: elapsed) else { return 0 }
        let extent = incident.extent(at: elapsed)
        switch incident.kind {
        case .overfill:
            if let tank = placed.tank { overfill(tank, to: incident, extent, at: elapsed) }
        case .leak:
            if let tank = placed.tank { leak(tank, of: incident.amount, extent) }
        case .stuck:
            if let position = placed.position {
                let kept = frozen[place] ?? readings[position]
                frozen[place] = kept
                readings[position] = kept
            }
        case .silence:
            break
        case .drift:
            return Int64((incident.amount * extent * 1_000).rounded())
        }
        return 0
    }

    private mutating func overfill(_ tank: Int, to incident: Incident, _ extent: Double, at elapsed: Double) {
        let rise = (incident.amount - tanks[tank].level) * extent
        add(rise, to: .level, of: tank)
        add(0.006 * rise, to: .pressure, of: tank)
        let isDraining = incident.isReceding(at: elapsed)
        set(isDraining ? 0 : thousandths(165 + random.noise(0.5)), of: .inletFlow, tank)
        set(isDraining ? 0 : 1_000, of: .inletValve, tank)
        set(isDraining ? 1_000 : 0, of: .outletValve, tank)
    }

    private mutating func leak(_ tank: Int, of peak: Double, _ extent: Double) {
        add(peak * extent, to: .combustible, of: tank)
        add(peak * extent / 2, to: .combustibleBeside, of: tank)
        add(peak * extent, to: .toxic, of: tank)
        add(-0.2 * extent, to: .level, of: tank)
        add(-0.05 * extent, to: .pressure, of: tank)
        add(-0.5 * extent, to: .oxygen, of: tank)
    }

    private mutating func add(_ amount: Double, to instrument: Instrument, of tank: Int) {
        let position = tank * Instrument.allCases.count + instrument.rawValue
        if position < readings.count { readings[position] += thousandths(amount) }
    }

    private mutating func set(_ reading: Int64, of instrument: Instrument, _ tank: Int) {
        let position = tank * Instrument.allCases.count + instrument.rawValue
        if position < readings.count { readings[position] = reading }
    }

    private mutating func pack(time: Int64, into messages: inout [GatewayMessage]) {
        if scansPerMessage < 2 {
            for first in stride(from: 0, to: layout.count, by: batch) {
                let positions = first..<min(first + batch, layout.count)
                write(positions, time: time)
                messages.append(GatewayMessage(gateway: name, payload: writer.take(), samples: positions.count))
            }
            return
        }
        if scansWaiting == 0 { writer.beginArray() } else { writer.separateRecords() }
        write(layout.indices, time: time)
        scansWaiting += 1
        guard scansWaiting == scansPerMessage else { return }
        writer.endArray()
        messages.append(
            GatewayMessage(gateway: name, payload: writer.take(), samples: scansWaiting * layout.count))
        scansWaiting = 0
    }

    private mutating func write(_ positions: Range<Int>, time: Int64) {
        writer.beginRecord(sequence: sequence, time: time)
        sequence += 1
        for position in positions {
            if layout[position].isSwitch {
                writer.value(key: keys[position], isOn: readings[position] != 0)
            } else {
                writer.value(key: keys[position], thousandths: readings[position])
            }
        }
        writer.endRecord()
    }

    private func thousandths(_ value: Double) -> Int64 {
        Int64((value * 1_000).rounded())
    }
}
