import Alarms
import Hummingbird

/// Why a request was not carried out, as RFC 9457 `application/problem+json`.
package struct Problem: Error {
    let status: HTTPResponse.Status
    /// A sentence: what was wrong, and what would be right.
    package let detail: String
    /// What the status has to come with.
    let headers: HTTPFields

    init(_ status: HTTPResponse.Status, _ detail: String, headers: HTTPFields = [:]) {
        self.status = status
        self.detail = detail
        self.headers = headers
    }

    /// The status as a number.
    package var code: Int { status.code }

    /// 401 as RFC 6750 wants it.
    static func unauthorised(_ detail: String) -> Problem {
        Problem(.unauthorized, detail, headers: [.wwwAuthenticate: "Bearer"])
    }

    /// 429.
    /// - Parameter wait: milliseconds.
    static func tooMany(_ detail: String, wait: Int64) -> Problem {
        let seconds = max(1, (wait + 999) / 1_000)
        return Problem(
            .tooManyRequests, "\(detail); try again in \(seconds) s", headers: [.retryAfter: String(seconds)])
    }

    /// `about:blank` is RFC 9457's type for a problem that its status says all about.
    var response: Response {
        var json = JSONText()
        json.member("type", "about:blank")
        json.member("title", status.reasonPhrase)
        json.member("status", Int64(status.code))
        json.member("detail", detail)
        var headers = headers
        headers[.contentType] = "application/problem+json"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: json.object)))
    }
}
