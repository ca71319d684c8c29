/// Every point's newest sample, by `SITE/POINT`; brought up to date by reading only what was committed since.
package struct LatestSamples: Sendable {
    package internal(set) var byPoint: [String: StoredSample] = [:]
    /// The last journal row that was read.
    var journalID: Int64 = 0
    var pointNames: [Int64: String] = [:]

    package init() {}
}
