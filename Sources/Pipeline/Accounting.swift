/// What became of the samples received; the parts always add up to `received`.
package struct Accounting: Sendable, Hashable {
    package var received: Int64 = 0
    package var stored: Int64 = 0
    package var duplicate: Int64 = 0
    package var unmapped: Int64 = 0
    package var quarantined: Int64 = 0

    package init() {}

    package var isBalanced: Bool { received == stored + duplicate + unmapped + quarantined }
}
