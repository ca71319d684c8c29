import ArgumentParser
import Decoding
import Evidence
import Historian
import Incidents
import Settings
import Store

/// How the program ends after an error: what it says, where, and its exit code.
struct CommandEnding {
    let text: String
    let code: Int32
    /// Whether the text is what was asked for, such as help.
    let isAnswer: Bool

    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure:
            self.init("hazardctl: \(failure)", failure.code)
        case let rejected as ConfigurationRejected:
            self.init("\(rejected)", .rejected)
        case let store as StoreError:
            self.init("hazardctl: \(store)", store.kind == .locked ? .unreachable : .failed)
        case let error as HistoryError:
            self.init("hazardctl: \(error)", .failed)
        case let error as SampleTextError:
            self.init("hazardctl: \(error)", .failed)
        case let error as EvidenceError:
            self.init("hazardctl: \(error)", .failed)
        case let error as IncidentError:
            self.init("hazardctl: \(error)", .failed)
        case let code as ExitCode:
            self.init("", code: code.rawValue, isAnswer: false)
        default:
            let status = Hazardctl.exitCode(for: error)
            let isAnswer = status == .success
            self.init(
                Hazardctl.fullMessage(for: error), code: isAnswer ? 0 : CommandEnding.code(status), isAnswer: isAnswer)
        }
    }

    private init(_ text: String, _ status: ExitStatus) {
        self.init(text, code: status.rawValue, isAnswer: false)
    }

    private init(_ text: String, code: Int32, isAnswer: Bool) {
        self.text = text
        self.code = code
        self.isAnswer = isAnswer
    }

    private static func code(_ status: ExitCode) -> Int32 {
        status == .validationFailure ? ExitStatus.usage.rawValue : ExitStatus.failed.rawValue
    }
}
