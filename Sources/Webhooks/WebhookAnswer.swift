/// What became of one attempt to deliver an event.
package enum WebhookAnswer: Sendable, Hashable {
    /// 2xx.
    case delivered
    /// The same message would be refused again: it is passed over.
    case refused(reason: String)
    /// To be tried again; `after` milliseconds at the earliest, where the target says so.
    case failed(Failure, after: Int64?)
    /// 410: the target wants no more.
    case gone

    /// Why an attempt is to be repeated.
    package enum Failure: Sendable, Hashable {
        case status(Int)
        /// No answer in time.
        case timeout
        /// No connection, or one that broke; in words.
        case connection(String)
    }

    /// The longest wait that a target may ask for, in milliseconds.
    package static let longestWait: Int64 = 3_600_000

    /// Reads an answer's status.
    /// - Parameters:
    ///   - retryAfter: the header's text.
    ///   - now: UTC milliseconds, for a header that names a date.
    package init(status: Int, retryAfter: String? = nil, at now: Int64 = 0) {
        switch status {
        case 200...299: self = .delivered
        case 410: self = .gone
        case 408, 429: self = .failed(.status(status), after: WebhookAnswer.wait(retryAfter, now))
        case 400...499: self = .refused(reason: "status \(status)")
        // Redirects among them: they are not followed, and whoever put one up may take it down again.
        default: self = .failed(.status(status), after: WebhookAnswer.wait(retryAfter, now))
        }
    }

    /// Milliseconds of `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
    private static func wait(_ text: String?, _ now: Int64) -> Int64? {
        guard let text else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return Int64(text).map { min($0, longestWait / 1_000) * 1_000 } ?? longestWait
        }
        return HTTPDate.milliseconds(text).map { max(0, min($0 - now, longestWait)) }
    }
}

extension WebhookAnswer.Failure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .status(let status) where 300...399 ~= status:
            "status \(status), a redirect, which is not followed: put the address it leads to into the settings"
        case .status(let status): "status \(status)"
        case .timeout: "no answer in time"
        case .connection(let reason): reason
        }
    }
}
