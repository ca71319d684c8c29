import ArgumentParser
import Broker
import Foundation
import Simulation
import Telemetry

/// `hazard-sim run`: publishes a simulated farm's telemetry, in step with the clock.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Publish the telemetry of a simulated tank farm.",
        discussion: """
            An incident is KIND@SECONDS[,duration=S][,ramp=S][,site=NAME][,point=NAME][,amount=NUMBER], KIND being \
            overfill, leak, stuck, silence or drift; amount is the peak in m or %LEL, or the clock's offset in s.

              hazard-sim run --incident overfill@10 --incident drift@60,ramp=0,amount=-2400
              hazard-sim run --points 1000 --samples-per-second 20000 --duration 600
            """)

    @OptionGroup var broker: BrokerOptions
    @OptionGroup var farm: FarmOptions

    @Option(help: "Seconds to run; until stopped if left out.")
    var duration: Double?

    @Option(help: "Faster or slower than life. Beyond 1 the farm's history ends now, so it needs --duration.")
    var speed = 1.0

    @Option(help: "Something that is to happen; may be repeated.")
    var incident: [String] = []

    @Option(help: "Unacknowledged messages of a connection.")
    var window = 1_000

    @Option(help: "The most connections; a farm with more gateways shares them.")
    var connections = 64

    func validate() throws {
        guard speed > 0, speed.isFinite, speed <= 1 || duration != nil else {
            throw ValidationError("--speed is \(speed); more than 0 would be right, and beyond 1 only with --duration")
        }
        guard duration.map({ $0 >= 0 && $0 < 1e9 }) ?? true else {
            throw ValidationError("--duration is \(duration ?? 0); seconds from 0 on would be right")
        }
        guard (1...60_000).contains(window), connections >= 1 else {
            throw ValidationError("--window has to be 1 to 60000, and --connections at least 1")
        }
    }

    func run() throws {
        let plan = try farm.plan()
        let head = speed > 1 ? (duration ?? 0) * (speed - 1) * 1_000 : 0
        var world: World
        do throws(SimulationFault) {
            var incidents: [Incident] = []
            for text in incident { incidents.append(try Incident(text: text)) }
            world = try World(plan, incidents: incidents, start: SystemClock.now().wall - Int64(head))
        } catch {
            throw ValidationError(error.description)
        }
        let links = try connect(plan)
        StopRequest.listen()
        let samples = play(&world, over: links)
        try finish(links, samples: samples)
    }

    private func connect(_ plan: FarmPlan) throws -> [GatewayLink] {
        let session = try broker.session()
        let count = min(plan.sites, connections)
        let links = (0..<count).map { place in
            let gateways = stride(from: place, to: plan.sites, by: count).map { plan.gatewayName($0) }
            return GatewayLink(gateways: gateways, session: session, window: window)
        }
        do throws(BrokerError) {
            for link in links { try link.connect() }
        } catch {
            StandardError.say("hazard-sim: \(error)")
            throw ExitCode(69)
        }
        return links
    }

    /// Returns the number of samples published.
    private func play(_ world: inout World, over links: [GatewayLink]) -> Int {
        let plan = world.plan
        let linkOfGateway = Dictionary(
            uniqueKeysWithValues: (0..<plan.sites).map { (plan.gatewayName($0), links[$0 % links.count]) })
        let began = SystemClock.now().monotonic
        let length = duration.map { Int64($0 * 1_000) } ?? Int64.max
        var samples = 0
        while !StopRequest.isMade {
            let now = SystemClock.now()
            let elapsed = min(now.monotonic - began, length)
            let isOver = elapsed == length
            let due = world.start + Int64(Double(elapsed) * speed) - (isOver ? 1 : 0)
            // A second of the world at a time, so that a slow broker slows the world down instead of filling memory.
            for message in world.advance(to: min(due, world.nextScan + 1_000)) {
                linkOfGateway[message.gateway]?.publish(message)
                samples += message.samples
            }
            for link in links { link.service(now: now) }
            if isOver, world.nextScan > due { break }
            let pause = Double(world.nextScan - due) / speed
            if pause > 0 { usleep(UInt32(min(pause, 50) * 1_000)) }
        }
        return samples
    }

    private func finish(_ links: [GatewayLink], samples: Int) throws {
        var failure: BrokerError?
        for link in links {
            do throws(BrokerError) {
                try link.close(timeout: 10_000)
            } catch {
                failure = error
            }
        }
        let published = links.reduce(0) { $0 + $1.published }
        let acknowledged = links.reduce(0) { $0 + $1.acknowledged }
        let dropped = links.reduce(0) { $0 + $1.dropped }
        print(
            "published \(published) messages (\(samples) samples), acknowledged \(acknowledged)"
                + (dropped == 0 ? "" : ", dropped \(dropped) for want of a broker"))
        if let failure {
            StandardError.say("hazard-sim: \(failure)")
        }
        if acknowledged < published { throw ExitCode(1) }
    }
}
