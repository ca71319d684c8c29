/// Which texts may serve as names, judged on bytes so that a long point list needs no String for it.
package enum NameRule {
    package static let nameForm = "letters, digits, '_', '.' and '-'"
    package static let levelForm = "text without '/', '+', '#' and control characters"

    /// `[A-Za-z0-9_.-]+`, the names that stand in topics, subjects and paths.
    package static func isName(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        for place in range {
            switch bytes[place] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                continue
            default: return false
            }
        }
        return !range.isEmpty
    }

    /// Not empty and without control characters.
    package static func isText(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        for place in range where bytes[place] < 0x20 || bytes[place] == 0x7F { return false }
        return !range.isEmpty
    }

    /// Text that can be one level of an MQTT topic.
    package static func isTopicLevel(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        for place in range {
            let byte = bytes[place]
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "#") { return false }
        }
        return isText(bytes, range)
    }

    package static func isName(_ text: some StringProtocol) -> Bool {
        isName(Array(text.utf8), 0..<text.utf8.count)
    }

    package static func isText(_ text: some StringProtocol) -> Bool {
        isText(Array(text.utf8), 0..<text.utf8.count)
    }

    package static func isTopicLevel(_ text: some StringProtocol) -> Bool {
        isTopicLevel(Array(text.utf8), 0..<text.utf8.count)
    }
}
