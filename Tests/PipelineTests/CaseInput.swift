import Pipeline

/// One line of a case's `input.txt`, as `Tests/Cases/README.md` describes it.
struct CaseInput: Sendable {
    enum Action: Sendable {
        case tick
        case message(gateway: String, payload: String, isRetained: Bool)
        case status(gateway: String, isOnline: Bool, isRetained: Bool)
        case brokerLost
        case brokerRestored
        /// With what is said, and where something is put aside for a time the milliseconds.
        case command(OperatorCommand.Action, subject: String, comment: String?, duration: Int64?, permit: String?)
        /// Milliseconds the daemon is down.
        case restart(Int64)
        /// Milliseconds by which the daemon's own wall clock is stepped.
        case setWallClock(Int64)
        case note(type: String)
    }

    /// Milliseconds since the start.
    let at: Int64
    let action: Action

    /// Reads a line; one with a range of times stands for several.
    static func read(_ line: String) throws -> [CaseInput] {
        guard line.hasPrefix("+"), let space = line.firstIndex(of: " ") else {
            throw CaseProblem("\(line): a line begins with +SECONDS and a space")
        }
        let rest = line[space...].drop { $0 == " " }
        return try times(line[line.index(after: line.startIndex)..<space]).enumerated().map { count, at in
            CaseInput(at: at, action: try action(fill(String(rest), count: count, at: at)))
        }
    }

    /// `5` or `0..60/2`: from 0 to 60 every 2 seconds.
    private static func times(_ text: Substring) throws -> [Int64] {
        let parts = text.split(separator: "/")
        let ends = parts.first.map { separate(String($0)) } ?? []
        guard let first = ends.first, let start = milliseconds(first), let last = milliseconds(ends[ends.count - 1])
        else { throw CaseProblem("+\(text): +5 or +0..60/2 would be right") }
        guard ends.count == 2 else { return [start] }
        guard parts.count == 2, let step = milliseconds(String(parts[1])), step > 0 else {
            throw CaseProblem("+\(text): a range needs a step, such as +0..60/2")
        }
        return Array(stride(from: start, through: last, by: Int64.Stride(step)))
    }

    private static func separate(_ text: String) -> [String] {
        guard let dots = text.firstRange(of: "..") else { return [text] }
        return [String(text[..<dots.lowerBound]), String(text[dots.upperBound...])]
    }

    static func milliseconds(_ text: String) -> Int64? {
        Double(text).map { Int64(($0 * 1_000).rounded()) }
    }

    /// Puts UTC milliseconds for `@now`, `@now-2400` and `@12`, and the count for `%n`.
    private static func fill(_ text: String, count: Int, at: Int64) throws -> String {
        var result = ""
        var rest = Substring(text.replacing("%n", with: String(count + 1)))
        while let sign = rest.firstIndex(of: "@") {
            result += rest[..<sign]
            rest = rest[rest.index(after: sign)...]
            var time = EngineHarness.start
            if rest.hasPrefix("now") {
                time += at
                rest = rest.dropFirst(3)
            }
            let number = rest.prefix { "+-.0123456789".contains($0) }
            rest = rest[number.endIndex...]
            if !number.isEmpty {
                guard let offset = milliseconds(String(number)) else {
                    throw CaseProblem("@\(number): @now, @now-60 or @60 would be right")
                }
                time += offset
            }
            result += String(time)
        }
        return result + rest
    }

    private static func action(_ text: String) throws -> Action {
        let words = text.split(separator: " ", maxSplits: 1).map { String($0) }
        let rest = words.count > 1 ? words[1] : ""
        let parts = rest.split(separator: " ").map { String($0) }
        switch words.first {
        case "tick": return .tick
        case "status" where parts.count >= 2 && ["online", "offline"].contains(parts[1]):
            return .status(gateway: parts[0], isOnline: parts[1] == "online", isRetained: parts.last == "retained")
        case "broker" where rest == "lost": return .brokerLost
        case "broker" where rest == "restored": return .brokerRestored
        case let word? where OperatorCommand.Action(rawValue: word) != nil && !parts.isEmpty:
            guard let action = OperatorCommand.Action(rawValue: word) else { break }
            let takesTime = [.shelve, .removeFromService, .startExercise].contains(action)
            let duration = takesTime && parts.count > 1 ? milliseconds(parts[1]) : nil
            let permit = action == .removeFromService && parts.count > 2 ? parts[2] : nil
            let comment = parts.dropFirst(1 + (duration == nil ? 0 : 1) + (permit == nil ? 0 : 1))
                .joined(separator: " ")
            return .command(
                action, subject: parts[0], comment: comment.isEmpty ? nil : comment, duration: duration,
                permit: permit)
        case "node": return .note(type: "hazard.node.\(rest).v1")
        case "restart":
            if let down = milliseconds(rest) { return .restart(down) }
        case "wall":
            if let step = milliseconds(rest) { return .setWallClock(step) }
        case "retained":
            let telemetry = rest.split(separator: " ", maxSplits: 1).map { String($0) }
            if telemetry.count == 2 {
                return .message(gateway: telemetry[0], payload: telemetry[1], isRetained: true)
            }
        case let gateway? where !rest.isEmpty && ["{", "["].contains(rest.first):
            return .message(gateway: gateway, payload: rest, isRetained: false)
        default: break
        }
        throw CaseProblem("\(text): not an input that Tests/Cases/README.md names")
    }
}
