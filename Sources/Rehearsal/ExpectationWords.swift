import Telemetry

/// The words of one expected event:
///
/// * `ALARM KIND[, KIND …]`, such as `LT-101/HH raised`, then a priority, `name=value` of the event's data, `at TIME`;
/// * `TIER[, TIER …] told of ALARM`, `TIER[, TIER …] no longer told of ALARM`;
/// * `GATEWAY online`, `GATEWAY offline`, `GATEWAY gap`.
struct ExpectationWords {
    /// As written; set to `SITE/OBJECT/CONDITION` by whoever knows the names.
    var subject: String
    private(set) var tiers: [String] = []
    /// The gateway's name where the event is one of a gateway.
    private(set) var gateway: String?
    private var types: [String] = []
    private var members: [String: String] = [:]
    private var at: Int64?

    private static let form =
        "such as `LT-101/HH raised critical`, `LT-101/H returned, cleared at 12s`, "
        + "`township told of LT-101/HH`, `gw1 offline`"

    init(_ text: String) throws(SubjectProblem) {
        var words = try ExpectationWords.split(text)
        subject = ""
        if let of = ExpectationWords.find(["told", "of"], in: words), words.count > of + 2 {
            let isEnded = of >= 2 && words[(of - 2)..<of] == ["no", "longer"]
            tiers = ExpectationWords.list(words[..<(isEnded ? of - 2 : of)])
            types = ["hazard.escalation.\(isEnded ? "cancelled" : "due").v1"]
            subject = words[of + 2]
            words.removeFirst(of + 3)
            guard !tiers.isEmpty else {
                throw SubjectProblem("nobody is named in \"\(text)\"", valid: ExpectationWords.form)
            }
        } else if words.count >= 2, !words[0].contains("/"), ["online", "offline", "gap"].contains(words[1]) {
            gateway = words[0]
            types = ["hazard.gateway.\(words[1]).v1"]
            words.removeFirst(2)
        } else {
            guard words.count >= 2 else { throw SubjectProblem("\"\(text)\"", valid: ExpectationWords.form) }
            subject = words.removeFirst()
            try readKinds(&words)
        }
        try readRest(words, text)
    }

    /// The condition under which a gateway's event goes.
    var gatewayCondition: Condition { types.first?.contains(".gap.") == true ? .gap : .offline }

    func events(line: Int) -> [ExpectedEvent] {
        guard tiers.isEmpty else {
            return tiers.map { tier in
                ExpectedEvent(
                    line: line, type: types[0], subject: subject,
                    members: members.merging(["tier": tier]) { first, _ in first }, at: at)
            }
        }
        return types.map { ExpectedEvent(line: line, type: $0, subject: subject, members: members, at: at) }
    }

    private mutating func readKinds(_ words: inout [String]) throws(SubjectProblem) {
        var goesOn = true
        while goesOn, !words.isEmpty {
            let word = words.removeFirst()
            goesOn = word.hasSuffix(",")
            for kind in word.split(separator: ",").map({ String($0) }) {
                guard let type = EventType.named(kind) else {
                    throw SubjectProblem("\"\(kind)\", which is no kind of event", valid: EventType.valid)
                }
                types.append(type)
            }
        }
        guard !types.isEmpty else { throw SubjectProblem("no kind of event", valid: EventType.valid) }
    }

    private mutating func readRest(_ words: [String], _ text: String) throws(SubjectProblem) {
        var place = 0
        while place < words.count {
            let word = words[place]
            if word == "at", place + 1 < words.count, let time = OffsetText.milliseconds(words[place + 1]) {
                at = time
                place += 1
            } else if Priority(name: word) != nil {
                members["priority"] = word
            } else if let equals = word.firstIndex(of: "="), equals > word.startIndex {
                members[String(word[..<equals])] = String(word[word.index(after: equals)...])
            } else {
                throw SubjectProblem(
                    "\"\(word)\" in \"\(text)\"",
                    valid: "a priority, `at 12s`, or name=value of the event's data, such as value=9.6 or cause=status")
            }
            place += 1
        }
    }

    /// Splits at spaces, but not between quotes, which go.
    private static func split(_ text: String) throws(SubjectProblem) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        var isWord = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
                isWord = true
            } else if character == " ", !isQuoted {
                if isWord { words.append(word) }
                word = ""
                isWord = false
            } else {
                word.append(character)
                isWord = true
            }
        }
        guard !isQuoted else { throw SubjectProblem("a quote that is never closed", valid: "quotes in pairs") }
        if isWord { words.append(word) }
        return words
    }

    private static func find(_ phrase: [String], in words: [String]) -> Int? {
        words.indices.first { words[$0...].starts(with: phrase) }
    }

    private static func list(_ words: ArraySlice<String>) -> [String] {
        words.joined(separator: " ").split(whereSeparator: { $0 == "," || $0 == " " }).map { String($0) }
    }
}
