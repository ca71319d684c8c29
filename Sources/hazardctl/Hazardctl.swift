import ArgumentParser
import Glibc

/// The operator's executable.
@main
struct Hazardctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hazardctl",
        abstract: "Looks into a hazardd node and acts on its alarms.",
        discussion: """
            Reading needs no running daemon. Exit codes: 0 done, 1 failed, 2 usage, 3 evidence does not verify, 69 a needed service is \
            unreachable, 78 configuration rejected.
            """,
        subcommands: [
            CheckCommand.self, TestCommand.self, ReplayCommand.self, ReloadCommand.self, ConfigCommand.self,
            PointsCommand.self, QueryCommand.self, AlarmsCommand.self, EventsCommand.self,
            AcknowledgeCommand.self, ConfirmCommand.self, ResetCommand.self, ShelveCommand.self, UnshelveCommand.self,
            RemoveFromServiceCommand.self, ReturnToServiceCommand.self, SuppressedCommand.self, ExerciseCommand.self,
            EscalationsCommand.self, StatusCommand.self,
            StorageCommand.self, CompactCommand.self, VerifyCommand.self, SealCommand.self, RotateKeyCommand.self,
            HoldsCommand.self, GradeCommand.self,
            IncidentCommand.self, VerifyIncidentCommand.self, ImportCommand.self, ExportCommand.self,
            BackupCommand.self, RestoreCommand.self, UnmappedCommand.self, QuarantineCommand.self,
            KpiCommand.self, TokenCommand.self, WebhooksCommand.self,
        ])

    static func main() async {
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let ending = CommandEnding(error)
            if ending.isAnswer {
                StandardOutput.print(ending.text)
            } else {
                StandardOutput.complain(ending.text)
            }
            Glibc.exit(ending.code)
        }
    }
}
