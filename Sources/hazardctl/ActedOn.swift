import Foundation
import Pipeline

/// An alarm after an operator's action, as much of it as the command line says.
struct ActedOn: Decodable, CustomStringConvertible {
    let site: String
    let object: String
    let condition: String
    let state: String
    let suppression: String
    let episode: String

    var description: String { "\(site)/\(object)/\(condition): now \(standing)" }

    func report(of action: OperatorCommand.Action) -> String {
        "\(site)/\(object)/\(condition): \(action.rawValue.replacing("_", with: " ")) done, now \(standing)"
    }

    private var standing: String {
        state
            + (suppression == "none" ? "" : ", \(suppression.replacing("_", with: " "))")
    }

    private struct List: Decodable {
        let alarms: [ActedOn]
    }

    /// Reads one alarm, or a list of them; empty if it is neither.
    static func read(_ json: String) -> [ActedOn] {
        let data = Data(json.utf8)
        if let list = try? JSONDecoder().decode(List.self, from: data) { return list.alarms }
        return (try? JSONDecoder().decode(ActedOn.self, from: data)).map { [$0] } ?? []
    }
}
