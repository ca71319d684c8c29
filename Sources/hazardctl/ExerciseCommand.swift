import ArgumentParser
import Pipeline

/// `hazardctl exercise`
struct ExerciseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exercise",
        abstract: "Run an alarm through the whole chain as an exercise (演练).",
        discussion: """
            Nothing is measured: the alarm is raised under SITE/_exercise/OBJECT/CONDITION, is marked "exercise": true in every event, \
            message and escalation, climbs as a real one would, and can be acknowledged and confirmed. A real alarm of the same name \
            is raised beside it as ever.
            """,
        subcommands: [Begin.self, End.self])

    /// `hazardctl exercise begin`
    struct Begin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "begin", abstract: "Raise an alarm as an exercise; --comment names the exercise.")

        @Option(
            name: .customLong("for"),
            help: ArgumentHelp("After what time it ends by itself, such as 30m; 1d at most.", valueName: "time"))
        var time: DurationArgument

        @OptionGroup var alarms: AlarmAction

        func run() async throws {
            for alarm in try await alarms.carryOut(.startExercise, for: time.milliseconds) {
                StandardOutput.print("\(alarm), episode \(alarm.episode)")
            }
        }
    }

    /// `hazardctl exercise end`
    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end", abstract: "End an exercise before its time, wherever it has got to.")

        @OptionGroup var episode: EpisodeAction

        func run() async throws {
            try await episode.carryOut(.endExercise)
        }
    }
}
