import ArgumentParser
import Settings

/// A length of time on the command line, such as `1m`.
struct ResolutionArgument: ExpressibleByArgument {
    let milliseconds: Int64

    init?(argument: String) {
        guard let milliseconds = DurationText.milliseconds(argument), milliseconds > 0 else { return nil }
        self.milliseconds = milliseconds
    }
}
