import ArgumentParser
import Settings

/// A time such as 90s, 30m, 4h or 1d.
struct DurationArgument: ExpressibleByArgument {
    let milliseconds: Int64

    init?(argument: String) {
        guard let milliseconds = DurationText.milliseconds(argument), milliseconds > 0 else { return nil }
        self.milliseconds = milliseconds
    }
}
