import Alarms
import Foundation
import Hummingbird
import NIOCore
import Telemetry

/// What routes have in common: how a request is read and an answer made.
extension OperatorRoutes {
    /// The year 3000 is far enough for a time.
    private static let times: ClosedRange<Int64> = 0...32_503_680_000_000

    static func json(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// An object with one member, a list of objects: long ones are put together in one place.
    static func json(listing name: String, _ objects: some Sequence<JSONText>) -> Response {
        var text = Array("{\"\(name)\":[".utf8)
        for (place, object) in objects.enumerated() {
            if place > 0 { text.append(UInt8(ascii: ",")) }
            object.write(to: &text)
        }
        text += "]}".utf8
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: text)))
    }

    static func number(
        _ name: Substring, in request: Request, _ range: ClosedRange<Int64>, standard: Int64
    ) throws -> Int64 {
        guard let text = request.uri.queryParameters[name] else { return standard }
        guard let number = wholeNumber(text), range.contains(number) else {
            throw Problem(
                .badRequest,
                "\(name) is \"\(text)\"; valid: a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// As JSON would have it: without a plus sign, and without zeros before it.
    static func wholeNumber(_ text: some StringProtocol) -> Int64? {
        Int64(text).flatMap { "\($0)" == text ? $0 : nil }
    }

    /// true or false; false where the request does not say.
    static func flag(_ name: Substring, in request: Request) throws -> Bool {
        switch request.uri.queryParameters[name] {
        case nil, "false": return false
        case "true": return true
        case let other?: throw Problem(.badRequest, "\(name) is \"\(other)\"; valid: true or false")
        }
    }

    /// A time in UTC milliseconds; nil where the request names none.
    static func time(_ name: Substring, in request: Request) throws -> Int64? {
        guard request.uri.queryParameters[name] != nil else { return nil }
        return try number(name, in: request, times, standard: 0)
    }

    /// What a request's body says; nil where it has none.
    /// - Parameter form: what would be valid, in words.
    static func body<Body: Decodable>(
        of request: Request, upTo bound: Int = longestBody, form: String
    ) async throws -> Body? {
        try body(try await bytes(of: request, upTo: bound), form: form)
    }

    /// A request's body.
    /// - Throws: `Problem` 413 where it has more bytes than the bound.
    static func bytes(of request: Request, upTo bound: Int = longestBody) async throws -> ByteBuffer {
        do {
            return try await request.body.collect(upTo: bound)
        } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
            throw Problem(.contentTooLarge, "the body is too long; at most \(bound) bytes are read")
        }
    }

    static func body<Body: Decodable>(_ bytes: ByteBuffer, form: String) throws -> Body? {
        guard bytes.readableBytes > 0 else { return nil }
        do {
            return try JSONDecoder().decode(Body.self, from: Data(bytes.readableBytesView))
        } catch {
            throw Problem(.badRequest, "the body is not \(form)")
        }
    }

    /// The episode in the path.
    static func episode(_ context: some ActorContext) throws -> ULID {
        let text = try context.pathPart("episode")
        guard let episode = ULID(text) else {
            throw Problem(.badRequest, "\"\(text)\" is no episode; valid: the 26 characters that GET /v1/alarms gives")
        }
        return episode
    }
}
