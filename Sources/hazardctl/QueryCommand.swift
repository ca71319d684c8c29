import Alarms
import ArgumentParser
import Historian
import OperatorAPI
import Settings
import Store
import Telemetry

/// `hazardctl query`
struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Print a point's samples between two times, both included.",
        discussion: """
            CSV columns are t_ms,value,quality, or t_ms,min,max,mean,count with --resolution. Times are UTC \
            milliseconds; quality is the OPC byte: 192 good, 64 uncertain, 0 bad. A missing value is an empty cell. \
            With --resolution bad values do not count, and each stretch begins at a whole multiple of it in UTC.
            """)

    @Argument(help: "SITE/POINT, such as shengli/LT-101.")
    var point: String

    @Option(parsing: .unconditional, help: ArgumentHelp("First time. \(MomentArgument.help)", valueName: "t"))
    var from = MomentArgument.hourAgo

    @Option(parsing: .unconditional, help: ArgumentHelp("Last time; the same forms.", valueName: "t"))
    var to = MomentArgument.now

    @Option(help: ArgumentHelp("Summarise by stretches of 10s, 1m, 1h, 1d …", valueName: "length"))
    var resolution: ResolutionArgument?

    @Option(help: ArgumentHelp("No more samples than so many.", valueName: "number"))
    var limit: Int?

    @Flag(help: "Begin with the newest sample; with --limit, print the newest so many.")
    var newestFirst = false

    @Option(help: "csv or json.")
    var format = SampleFormat.csv

    @OptionGroup var node: Node

    func validate() throws {
        guard (limit ?? 1) > 0 else {
            throw ValidationError("--limit is \(limit ?? 0); valid: a whole number from 1 on")
        }
        guard resolution == nil || (limit == nil && !newestFirst) else {
            throw ValidationError("--limit and --newest-first go with samples; with --resolution give --from and --to")
        }
    }

    func run() async throws {
        let settings = try node.settings()
        let now = SystemClock.now().wall
        let first = try from.resolved(at: now, timeZone: settings.timeZone)
        let last = try to.resolved(at: now, timeZone: settings.timeZone)
        guard first <= last else {
            throw CommandFailure(.usage, "--from is later than --to; valid: a first time and one not before it")
        }
        let folder = StateFolder(settings.stateDirectory)
        let reader = HistoryReader(try StateReader(folder), folder)
        var output = StandardOutput()
        if let resolution {
            let buckets = try reader.buckets(of: point, from: first, through: last, width: resolution.milliseconds)
            write(try known(buckets), width: resolution.milliseconds, to: &output)
        } else if newestFirst || limit != nil {
            let samples = try reader.samples(
                of: point, from: first, through: last, atMost: limit ?? .max, newestFirst: newestFirst)
            write(try known(samples), to: &output)
        } else {
            write(try known(try reader.samples(of: point, from: first, through: last)), to: &output)
        }
        output.flush()
    }

    private func known<Found>(_ found: Found?) throws -> Found {
        guard let found else {
            throw CommandFailure(
                "no point \(point.printable) is on record; valid: SITE/POINT as `hazardctl points` lists them")
        }
        return found
    }

    private func write(_ samples: [StoredSample], to output: inout StandardOutput) {
        guard format == .json else {
            output.line(SampleText.sampleHeader)
            for sample in samples { output.line(SampleText.line(sample)) }
            return
        }
        var head = JSONText()
        head.member("point", point)
        output.write(head.object.dropLast() + ",\"samples\":[")
        for (place, sample) in samples.enumerated() {
            output.write("\(place == 0 ? "" : ",")\n\(SampleText.json(sample))")
        }
        output.line("\n]}")
    }

    private func write(_ buckets: [SampleBucket], width: Int64, to output: inout StandardOutput) {
        guard format == .json else {
            output.line(SampleText.bucketHeader)
            for bucket in buckets { output.line(SampleText.line(bucket)) }
            return
        }
        var head = JSONText()
        head.member("point", point)
        head.member("resolution_ms", width)
        output.write(head.object.dropLast() + ",\"buckets\":[")
        for (place, bucket) in buckets.enumerated() {
            output.write("\(place == 0 ? "" : ",")\n\(SampleText.json(bucket))")
        }
        output.line("\n]}")
    }
}
