import Foundation
import Store

/// The keys that signed, in the order they were introduced.
struct KeyLine {
    private struct Place {
        let key: PublicKey
        /// The record that introduces it, and the journal row from which on it signs.
        let record: Int64
        let since: Int64
        /// Whether the key before vouched for it.
        let isEndorsed: Bool
    }

    private var places: [Place] = []
    /// Identifiers of the key that somebody outside vouches for and of those it vouched for in turn.
    private(set) var trusted: Set<String> = []

    /// - Throws: an `EvidenceFault` for a key that does not follow from the trusted one.
    init(_ ledger: Ledger, trusted key: PublicKey?) throws {
        for entry in ledger.keys { try add(entry) }
        guard let key, !places.isEmpty else { return }
        guard let first = places.firstIndex(where: { $0.key == key }) else {
            throw EvidenceFault(
                "the given public key \(key.identifier) is none of this store's: "
                    + "\(identifiers.joined(separator: ", ")); the chain was signed by a foreign key")
        }
        for (place, before) in zip(places[first...].dropFirst(), places[first...])
        where !place.isEndorsed {
            throw EvidenceFault("\(KeyLine.complaint(place, before)); compare it with the node itself")
        }
        self.trusted = Set(places[first...].map(\.key.identifier))
    }

    private mutating func add(_ entry: Ledger.Entry<KeyRecord>) throws {
        guard let bytes = Data(base64Encoded: entry.body.publicKey), let key = PublicKey(bytes: bytes)
        else {
            throw EvidenceFault("chain record \(entry.id) introduces what is no Ed25519 key")
        }
        let endorsement = entry.body.endorsement.flatMap { Data(base64Encoded: $0) }
        let isEndorsed =
            places.last.map { last in
                endorsement.map { last.key.isValid($0, over: entry.body.publicKey) } ?? false
            }
            ?? true
        places.append(Place(key: key, record: entry.id, since: entry.journalID, isEndorsed: isEndorsed))
    }

    var identifiers: [String] { places.map(\.key.identifier) }

    /// Keys that the one before did not vouch for.
    var remarks: [String] {
        zip(places.dropFirst(), places).filter { !$0.0.isEndorsed }.map {
            KeyLine.complaint($0.0, $0.1)
        }
    }

    private static func complaint(_ place: Place, _ before: Place) -> String {
        "key \(place.key.identifier) (record \(place.record)) is not vouched for by key \(before.key.identifier) before "
            + "it: a foreign key, or the old one was lost"
    }

    /// Checks who signed.
    func check(_ seal: Seal, _ name: String) throws {
        guard places.contains(where: { $0.key.identifier == seal.key }) else {
            throw EvidenceFault(
                "\(name) names key \(seal.key), which this store never introduced: a foreign key")
        }
        guard let place = places.last(where: { $0.since <= seal.statement.journalID }),
            place.key.identifier == seal.key
        else {
            throw EvidenceFault(
                "\(name) is signed with key \(seal.key), which was not the node's at that time")
        }
        guard place.key.isValid(seal.signature, over: seal.text) else {
            throw EvidenceFault(
                "\(name) does not have a valid signature of key \(seal.key): it was changed")
        }
    }
}
