/// A host and a TCP port, written `HOST:PORT`, or `[ADDRESS]:PORT` for IPv6.
package struct ListenAddress: Hashable, Sendable {
    package let host: String
    package let port: Int

    /// Nil when the text is anything else; without a default the port must be written.
    init?(_ text: Substring, defaultPort: Int? = nil) {
        let name: Substring
        var portText: Substring?
        if text.first == "[" {
            guard let close = text.firstIndex(of: "]") else { return nil }
            name = text[text.index(after: text.startIndex)..<close]
            let rest = text[text.index(after: close)...]
            guard rest.isEmpty || rest.first == ":", !name.isEmpty else { return nil }
            guard name.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." || $0 == "%" }) else { return nil }
            portText = rest.isEmpty ? nil : rest.dropFirst()
        } else {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let first = parts.first, NameRule.isName(first) else { return nil }
            name = first
            portText = parts.count == 2 ? parts[1] : nil
        }
        if let portText {
            guard portText.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(portText) else { return nil }
            port = number
        } else if let defaultPort {
            port = defaultPort
        } else {
            return nil
        }
        guard (1...65_535).contains(port) else { return nil }
        host = String(name)
    }
}
