package import Logging
package import Registry
import Synchronization
package import Telemetry

/// Knows the bearer tokens in force, and how often each may ask. Safe on any thread.
package final class TokenDesk: Sendable {
    /// Requests a second for a token that has no rate of its own.
    package static let usualRate = 50.0
    /// Seconds whose requests may come at once.
    private static let burst = 2.0

    /// A request that was let in.
    package struct Admission: Sendable {
        package let principal: Principal
        fileprivate let digest: [UInt8]
        fileprivate let desk: TokenDesk

        /// Whether the token still says the same: answers that last for hours end with it.
        package func isInForce(at now: Instant) -> Bool { desk.isInForce(self, at: now) }
    }

    private struct Entry {
        let token: AccessToken
        var bucket: TokenBucket
    }

    private struct State {
        /// By their digests: how long the search takes says nothing of a token, because nobody can choose its digest.
        /// Nil where there is no tokens file.
        var entries: [[UInt8]: Entry]?
        var attempts = FailedAttempts()
    }

    private let state: Mutex<State>
    private let tally: RequestTally
    private let logger: Logger

    /// - Parameter tokens: nil where there is no tokens file.
    package init(_ tokens: [AccessToken]?, tally: RequestTally, at now: Instant, logger: Logger) {
        state = Mutex(State())
        self.tally = tally
        self.logger = logger
        adopt(tokens, at: now)
    }

    /// Goes on with other tokens. One that is still there keeps what it has left of its rate.
    package func adopt(_ tokens: [AccessToken]?, at now: Instant) {
        state.withLock { state in
            let former = state.entries ?? [:]
            state.entries = tokens.map { tokens in
                Dictionary(
                    tokens.map { ($0.digest, TokenDesk.entry($0, former[$0.digest], at: now)) },
                    uniquingKeysWith: { first, _ in first })
            }
        }
    }

    private static func entry(_ token: AccessToken, _ former: Entry?, at now: Instant) -> Entry {
        let rate = token.rate ?? usualRate
        if let former, former.bucket.rate == rate { return Entry(token: token, bucket: former.bucket) }
        let bucket = TokenBucket(rate: rate, capacity: max(1, rate * burst), at: now.monotonic)
        return Entry(token: token, bucket: bucket)
    }

    /// Lets a request in.
    /// - Parameters:
    ///   - authorization: the header's value.
    ///   - address: the peer's.
    /// - Throws: `Problem` 401 or 429.
    package func admit(_ authorization: String?, from address: String, at now: Instant) throws(Problem) -> Admission {
        let digest = try TokenDesk.secret(authorization).map { TokenSecret.digest(of: $0) }
        let verdict = state.withLock { TokenDesk.judge(digest, from: address, at: now, &$0) }
        switch verdict {
        case .admitted(let token):
            let principal = Principal(
                name: token.name, role: Principal.Role(token.role), scope: token.scope, address: address)
            return Admission(principal: principal, digest: token.digest, desk: self)
        case .tooOften(let name, let wait):
            tally.countLimited()
            throw .tooMany("the token of \(name) asks too often", wait: wait)
        case .unknown(let reason, let wait):
            logger.warning("http-token-refused: a request from \(address): \(reason)")
            guard let wait else { throw .unauthorised(reason) }
            tally.countLimited()
            throw .tooMany("too many requests from \(address) had tokens that do not hold", wait: wait)
        case .none(let reason): throw .unauthorised(reason)
        }
    }

    private enum Verdict {
        case admitted(AccessToken)
        /// Milliseconds to wait.
        case tooOften(name: String, wait: Int64)
        case unknown(String, wait: Int64?)
        /// There was no token to judge.
        case none(String)
    }

    private static func judge(
        _ digest: [UInt8]?, from address: String, at now: Instant, _ state: inout State
    ) -> Verdict {
        guard state.entries != nil else {
            return .none(
                "no token is known here; name a file in http.tokens_file, and make one with "
                    + "`hazardctl token NAME --role viewer --append`")
        }
        guard let digest else {
            return .none(
                "the request has no token; valid: the header Authorization: Bearer with a token that "
                    + "`hazardctl token` made")
        }
        guard let token = state.entries?[digest]?.token else {
            return .unknown(
                "the token is not known here; valid: one whose entry is in http.tokens_file",
                wait: state.attempts.add(from: address, at: now.monotonic))
        }
        if let expires = token.expires, expires <= now.wall {
            return .unknown(
                "the token of \(token.name) expired at \(TimestampText.utc(expires)); valid: a new one",
                wait: state.attempts.add(from: address, at: now.monotonic))
        }
        guard let wait = state.entries?[digest]?.bucket.take(at: now.monotonic) else { return .admitted(token) }
        return .tooOften(name: token.name, wait: wait)
    }

    /// What follows `Bearer` (RFC 6750); nil without the header.
    private static func secret(_ authorization: String?) throws(Problem) -> Substring? {
        guard let authorization else { return nil }
        let parts = authorization.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= TokenSecret.longest else {
            throw .unauthorised("the header Authorization does not say Bearer and a token; valid: Bearer hzd_…")
        }
        return parts[1]
    }

    private func isInForce(_ admission: Admission, at now: Instant) -> Bool {
        state.withLock { state in
            guard let token = state.entries?[admission.digest]?.token else { return false }
            let principal = admission.principal
            return token.name == principal.name && Principal.Role(token.role) == principal.role
                && token.scope == principal.scope && token.expires.map { $0 > now.wall } ?? true
        }
    }
}

extension Principal.Role {
    fileprivate init(_ role: AccessToken.Role) {
        self =
            switch role {
            case .viewer: .viewer
            case .operator: .operator
            case .engineer: .engineer
            case .consumer: .consumer
            }
    }
}
