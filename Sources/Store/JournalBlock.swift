/// The samples of one burst as one run of bytes (`schemas/journal-block.md`).
///
/// Points and gateways are named by their durable numbers. Columns follow one another: message headers,
/// points, times, and qualities with lateness as runs, then the values.
package enum JournalBlock {
    package static let version: UInt8 = 2
    /// A block this program cannot read.
    package struct Unreadable: Error {
        package let reason: String
    }

    /// One sample with what its message knows.
    package struct Row {
        package var point: Int64
        package var time: Int64
        package var value: Double
        package var quality: UInt8
        package var isLate: Bool
        package var receivedAt: Int64
        package var epoch: UInt8
        /// How far the message's times were moved back because its clock ran ahead, in milliseconds.
        package var shift: Int64
    }

    package struct Message {
        package var gateway: Int64
        package var receivedAt: Int64
        package var shift: Int64
        package var hash: UInt64
        package var epoch: UInt8
        package var sampleCount: Int
    }
}
