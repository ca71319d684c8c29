/// The body of a report on many escalations.
package struct ReportBody: Decodable, Equatable {
    package struct Item: Decodable, Equatable {
        package var id: String?
        package var claim: Int64?
        package var note: String?
    }

    package var verb: String
    package var items: [Item]
    /// Of extending, seconds.
    package var lease: Double?

    enum CodingKeys: String, CodingKey {
        case verb, items
        case lease = "lease_s"
    }
}

extension ReportBody {
    /// Reads the body as programs write it: known members only, each once, texts without escapes, whole numbers. It takes a
    /// tenth of the general decoder's time, and is nil for every other form: what that means, or what is wrong with it, the
    /// general one says.
    package init?(plain bytes: Span<UInt8>) {
        var reader = PlainReader()
        var (verb, items, lease): (String?, [Item]?, Int64?) = (nil, nil, nil)
        guard reader.take("{", bytes) else { return nil }
        repeat {
            switch reader.key(bytes) {
            case "verb" where verb == nil: verb = reader.text(bytes)
            case "items" where items == nil: items = ReportBody.items(&reader, bytes)
            case "lease_s" where lease == nil: lease = reader.number(bytes)
            default: return nil
            }
            if reader.hasFailed { return nil }
        } while reader.take(",", bytes)
        guard reader.take("}", bytes), reader.isAtEnd(bytes), let verb, let items else { return nil }
        self.init(verb: verb, items: items, lease: lease.map { Double($0) })
    }

    private static func items(_ reader: inout PlainReader, _ bytes: Span<UInt8>) -> [Item]? {
        guard reader.take("[", bytes) else { return reader.fail() }
        var items: [Item] = []
        repeat {
            guard let item = item(&reader, bytes) else { return reader.fail() }
            items.append(item)
        } while reader.take(",", bytes)
        return reader.take("]", bytes) ? items : reader.fail()
    }

    private static func item(_ reader: inout PlainReader, _ bytes: Span<UInt8>) -> Item? {
        guard reader.take("{", bytes) else { return nil }
        var item = Item()
        repeat {
            switch reader.key(bytes) {
            case "id" where item.id == nil: item.id = reader.text(bytes)
            case "claim" where item.claim == nil: item.claim = reader.number(bytes)
            case "note" where item.note == nil: item.note = reader.text(bytes)
            default: return nil
            }
            if reader.hasFailed { return nil }
        } while reader.take(",", bytes)
        return reader.take("}", bytes) ? item : nil
    }
}
