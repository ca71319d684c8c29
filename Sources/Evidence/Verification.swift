/// What `hazardctl verify` found to hold.
package struct Verification: Sendable, Hashable {
    package var journalRows: Int64 = 0
    package var compactions = 0
    package var events: Int64 = 0
    package var actions: Int64 = 0
    package var dayFiles = 0
    package var chunks = 0
    package var samples: Int64 = 0
    package var seals = 0
    /// The identifiers of the keys whose signatures were checked, oldest first.
    package var keys: [String] = []
    /// What can not be said for certain, and why.
    package var remarks: [String] = []

    package init() {}
}

/// The first thing that does not hold.
package struct EvidenceFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
