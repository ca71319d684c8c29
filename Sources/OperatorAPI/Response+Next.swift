import Foundation
import HTTPTypes
import Hummingbird

extension Response {
    /// Says where the answer goes on (RFC 8288).
    /// - Parameter query: names and values; those without a value are left out.
    mutating func linkNext(_ path: String, _ query: [(name: String, value: String?)]) {
        let parts = query.compactMap { name, value in
            value.flatMap { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) }.map { "\(name)=\($0)" }
        }
        guard let link = HTTPField.Name("Link") else { return }
        headers[link] = "<\(path)?\(parts.joined(separator: "&"))>; rel=\"next\""
    }
}
