import Foundation
import Logging
import OperatorAPI
import Registry
import Telemetry
import Testing

@Suite("The desk that knows the tokens")
struct TokenDeskTests {
    private let start = Instant(wall: 1_000_000, monotonic: 5_000)
    private let secret: TokenSecret
    private let tally = RequestTally()

    init() {
        var random = SystemRandomNumberGenerator()
        secret = TokenSecret(from: &random)
    }

    private func desk(_ tokens: [AccessToken]?) -> TokenDesk {
        TokenDesk(tokens, tally: tally, at: start, logger: Logger(label: "test"))
    }

    private func token(expires: Int64? = nil, rate: Double? = nil) -> AccessToken {
        AccessToken(name: "duty", digest: secret.digest, role: .operator, expires: expires, rate: rate)
    }

    /// The status of a refusal; nil where the request was let in.
    private func refusal(
        _ desk: TokenDesk, _ header: String?, from address: String = "10.0.0.7", at now: Instant
    ) -> Int? {
        do throws(Problem) {
            _ = try desk.admit(header, from: address, at: now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("lets a bearer in by name, role and address, however the scheme is written")
    func admission() throws {
        let desk = desk([token()])
        for scheme in ["Bearer", "bearer", "BEARER "] {
            let principal = try desk.admit("\(scheme) \(secret.text)", from: "10.0.0.7", at: start).principal
            #expect(principal.name == "duty" && principal.role == .operator && principal.scope.isUnlimited)
            #expect(principal.origin == "operator, 10.0.0.7")
        }
    }

    @Test("keeps no token, only its digest, which is what the file holds")
    func digest() {
        #expect(secret.text.hasPrefix("hzd_") && secret.text.utf8.count == 68)
        #expect(secret.digestText.count == 64 && !secret.text.contains(secret.digestText))
        var random = SystemRandomNumberGenerator()
        #expect(TokenSecret(from: &random).text != secret.text)
        #expect(refusal(desk([token()]), "Bearer \(secret.digestText)", at: start) == 401)
    }

    @Test("refuses no token, a wrong one, an expired one and another scheme with 401")
    func refused() {
        let desk = desk([token(expires: start.wall + 10)])
        #expect(refusal(desk, "Bearer \(secret.text)", at: start) == nil)
        #expect(refusal(desk, "Bearer \(secret.text)", at: start.advanced(by: 10)) == 401)
        #expect(refusal(desk, nil, at: start) == 401)
        #expect(refusal(desk, "Bearer \(secret.text)x", at: start) == 401)
        #expect(refusal(desk, "Basic \(secret.text)", at: start) == 401)
        #expect(refusal(desk, "Bearer", at: start) == 401)
        #expect(refusal(self.desk(nil), "Bearer \(secret.text)", at: start) == 401)
    }

    @Test("says where there is no tokens file how to make a token")
    func withoutFile() {
        do throws(Problem) {
            _ = try desk(nil).admit(nil, from: "::1", at: start)
            Issue.record("let in without a token")
        } catch {
            #expect(error.detail.contains("hazardctl token") && error.detail.contains("http.tokens_file"))
        }
    }

    @Test("lets twice a token's rate in at once, then its rate, and says when to come again")
    func rate() {
        let desk = desk([token(rate: 10)])
        let header = "Bearer \(secret.text)"
        for _ in 0..<20 { #expect(refusal(desk, header, at: start) == nil) }
        #expect(refusal(desk, header, at: start) == 429)
        #expect(refusal(desk, header, at: start.advanced(by: 100)) == nil)
        #expect(refusal(desk, header, at: start.advanced(by: 100)) == 429)
        var count = 0
        for step in 1...1_000 where refusal(desk, header, at: start.advanced(by: 100 + Int64(step) * 10)) == nil {
            count += 1
        }
        #expect((99...101).contains(count), "10 a second for 10 s")
        #expect(tally.current.limited > 800)
    }

    @Test(
        "answers an address with 429 after ten tokens a minute that do not hold, and still lets good ones in from there"
    )
    func failures() {
        let desk = desk([token()])
        for _ in 0..<FailedAttempts.most { #expect(refusal(desk, "Bearer wrong", at: start) == 401) }
        #expect(refusal(desk, "Bearer wrong", at: start) == 429)
        #expect(refusal(desk, "Bearer wrong", from: "10.0.0.8", at: start) == 401)
        #expect(refusal(desk, "Bearer \(secret.text)", at: start) == nil)
        #expect(refusal(desk, "Bearer wrong", at: start.advanced(by: FailedAttempts.window)) == 401)
    }

    @Test("tells so many addresses apart and no more")
    func bound() {
        var attempts = FailedAttempts()
        for number in 0..<FailedAttempts.bound * 2 {
            #expect(attempts.add(from: "\(number)", at: Int64(number)) == nil)
        }
        #expect(attempts.count == FailedAttempts.bound)
    }

    @Test("goes by the tokens of the newest file at once, and keeps what a token has left of its rate")
    func reload() throws {
        let desk = desk([token(rate: 1)])
        let header = "Bearer \(secret.text)"
        let admission = try desk.admit(header, from: "::1", at: start)
        #expect(refusal(desk, header, at: start) == nil)
        desk.adopt([token(rate: 1)], at: start)
        #expect(admission.isInForce(at: start))
        #expect(refusal(desk, header, at: start) == 429)
        desk.adopt([AccessToken(name: "duty", digest: secret.digest, role: .viewer)], at: start)
        #expect(!admission.isInForce(at: start), "it said more than it does now")
        #expect(try desk.admit(header, from: "::1", at: start).principal.role == .viewer)
        desk.adopt([], at: start)
        #expect(refusal(desk, header, at: start) == 401)
    }

    @Test("what a role may do is in proportion: who may withdraw may act, who may act may read")
    func rights() {
        for role in Principal.Role.allCases {
            let rights = role.rights
            #expect(rights.contains(.read))
            #expect(!rights.contains(.withdraw) || rights.contains(.act))
            #expect(rights.contains(.configure) == rights.contains(.audit))
        }
        #expect(Principal.Role.viewer.rights == [.read])
        #expect(Principal.Role.consumer.rights == [.read, .consume])
        #expect(Principal.Role.operator.rights == [.read, .act, .consume])
        #expect(Principal.Role.local.rights == Set(Right.allCases))
    }
}
