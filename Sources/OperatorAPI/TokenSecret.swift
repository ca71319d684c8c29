import Crypto

/// A bearer token as its bearer has it. The daemon keeps its digest alone.
///
/// A slow hash would protect nothing here: 256 random bits cannot be guessed however fast each guess is, and every
/// request would pay for it.
package struct TokenSecret: Sendable {
    /// By which a token is recognised where it should not be, such as in a repository.
    private static let prefix = "hzd_"
    /// Longer texts are no tokens.
    static let longest = 512

    package let text: String

    /// - Parameter random: where its 256 bits come from.
    package init(from random: inout some RandomNumberGenerator) {
        let words = (0..<4).map { _ in String(random.next() as UInt64, radix: 16) }
        text = TokenSecret.prefix + words.map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined()
    }

    package var digest: [UInt8] { TokenSecret.digest(of: text) }

    /// In hexadecimal digits, as the tokens file has it.
    package var digestText: String {
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    static func digest(of text: some StringProtocol) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
