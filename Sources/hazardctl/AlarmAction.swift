import Alarms
import ArgumentParser
import OperatorAPI
import Pipeline
import Settings

/// An action on alarms that may stand or not, for a time.
struct AlarmAction: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "SITE/OBJECT/CONDITION, such as shengli/LT-101/HH; SITE/OBJECT for all of an object where that makes sense.",
            valueName: "alarm"))
    var alarm: String

    @Option(help: ArgumentHelp("Goes on record with the action.", valueName: "text"))
    var comment: String?

    @OptionGroup var node: Node

    func validate() throws {
        guard (comment?.unicodeScalars.count ?? 0) <= OperatorCommand.longestComment else {
            throw ValidationError("--comment is longer than \(OperatorCommand.longestComment) characters")
        }
        guard AlarmTarget(alarm) != nil else {
            throw ValidationError("\(alarm.printable) is no alarm; valid: SITE/OBJECT or SITE/OBJECT/CONDITION")
        }
    }

    /// - Parameter duration: milliseconds.
    func carryOut(
        _ action: OperatorCommand.Action, for duration: Int64? = nil, permit: String? = nil
    ) async throws -> [ActedOn] {
        guard let target = AlarmTarget(alarm) else { return [] }
        let command = OperatorCommand(
            action: action, target: .alarms(target), actor: LocalUser.ownActor, comment: comment, duration: duration,
            permit: permit)
        return ActedOn.read(try await OperatorRun(node: node).carryOut(command))
    }
}
