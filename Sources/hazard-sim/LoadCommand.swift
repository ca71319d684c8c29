import ArgumentParser
import Broker
import Simulation
import Telemetry

/// `hazard-sim load`: publishes as much as it is told, or as fast as the broker takes it.
struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Publish telemetry at a given rate, or as fast as the broker acknowledges it.",
        discussion: """
            QoS 1, with at most --window messages unacknowledged. The farm's points report in turn; times follow the \
            clock, but are never the same twice for a point. `hazard-sim registry` writes the fitting registry.

              hazard-sim load --sites 20 --points 50 --messages 100000
              hazard-sim load --sites 20 --points 50 --samples-per-second 20000 --duration 60
            """)

    /// Bytes; about what a gateway's modem would put into a packet or two.
    private static let gathering = 1_400

    @OptionGroup var broker: BrokerOptions
    @OptionGroup var farm: FarmOptions

    @Option(help: ArgumentHelp("Messages to publish.", valueName: "count"))
    var messages: Int?

    @Option(help: ArgumentHelp("Seconds to publish for.", valueName: "seconds"))
    var duration: Double?

    @Option(help: "Unacknowledged messages.")
    var window = 5_000

    @Option(help: "Names the connection at the broker.")
    var clientID = "hazard-sim-load"

    func validate() throws {
        guard messages != nil || duration != nil else { throw ValidationError("give --messages or --duration") }
        guard farm.rate == nil else { throw ValidationError("--rate is for run; load takes --samples-per-second") }
        guard (1...60_000).contains(window) else { throw ValidationError("--window has to be 1 to 60000") }
    }

    func run() throws {
        var stream = LoadStream(try farm.plan())
        let topics = (0..<farm.sites).map { "hazard/v1/gateways/\(stream.gatewayName($0))/telemetry" }
        var session = try broker.session()
        session.clientID = clientID
        let client = PublishingClient(options: session, window: window, gathering: LoadCommand.gathering)
        do throws(BrokerError) {
            try client.connect()
        } catch {
            StandardError.say("hazard-sim: \(error)")
            throw ExitCode(69)
        }
        StopRequest.listen()
        do throws(BrokerError) {
            try publish(&stream, topics, client)
        } catch {
            StandardError.say("hazard-sim: \(error)")
            throw ExitCode(1)
        }
    }

    private func publish(_ stream: inout LoadStream, _ topics: [String], _ client: PublishingClient) throws(BrokerError)
    {
        let began = SystemClock.nanoseconds()
        let end = duration.map { began + Int64($0 * 1e9) } ?? .max
        var published = 0
        var samples = 0
        var time = SystemClock.now().wall
        while published < messages ?? .max, !StopRequest.isMade {
            if stream.isAtRoundStart {
                guard SystemClock.nanoseconds() < end else { break }
                time = max(time + 1, SystemClock.now().wall)
            }
            if let rate = farm.samplesPerSecond {
                while Double(samples) > rate * Double(SystemClock.nanoseconds() - began) / 1e9, !StopRequest.isMade {
                    try client.pump(milliseconds: 1)
                }
            }
            let message = stream.message(at: time)
            try client.publish(topics[message.gateway], message.payload)
            published += 1
            samples += message.samples
        }
        let isDone = try client.flush()
        let seconds = Double(SystemClock.nanoseconds() - began) / 1e9
        print(
            "published \(published) messages (\(samples) samples) in \(Double(Int(seconds * 1_000)) / 1_000) s: "
                + "\(Int(Double(samples) / seconds)) samples/s, acknowledged \(client.acknowledgedCount)")
        client.disconnect()
        guard isDone else {
            throw BrokerError(code: 0, context: "\(client.unacknowledged.count) messages were not acknowledged in time")
        }
    }
}
