import Alarms
import Hummingbird

/// Why a request was not carried out, as RFC 9457 `application/problem+json`.
struct Problem: Error {
    let status: HTTPResponse.Status
    /// A sentence: what was wrong, and what would be right.
    let detail: String

    init(_ status: HTTPResponse.Status, _ detail: String) {
        self.status = status
        self.detail = detail
    }

    /// `about:blank` is RFC 9457's type for a problem that its status says all about.
    var response: Response {
        var json = JSONText()
        json.member("type", "about:blank")
        json.member("title", status.reasonPhrase)
        json.member("status", Int64(status.code))
        json.member("detail", detail)
        return Response(
            status: status, headers: [.contentType: "application/problem+json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: json.object)))
    }
}
