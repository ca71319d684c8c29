import Settings

/// Where a group of figures comes from.
package struct FigureSource: Hashable, Sendable, CustomStringConvertible {
    package enum Key: String, SectionKey {
        case document, clause, certainty
    }

    /// Such as `GB 18218-2018`.
    package var document: String
    package var clause: String?
    package var certainty: Certainty

    package init(document: String, clause: String? = nil, certainty: Certainty) {
        self.document = document
        self.clause = clause
        self.certainty = certainty
    }

    /// The document and where in it: `GB/T 50493-2019, 5.5.2`.
    package var place: String {
        clause.map { "\(document), \($0)" } ?? document
    }

    /// The place, and how sure it is.
    package var description: String { "\(place), \(certainty.words)" }
}
