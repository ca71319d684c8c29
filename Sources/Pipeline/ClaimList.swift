import Alarms
import Telemetry

/// The tasks of a claim or report as the audit record names them, ` TASK/CLAIM` one after the other: by the hundred, so
/// that it is put together byte by byte.
struct ClaimList: CustomStringConvertible {
    private var bytes: [UInt8] = []

    mutating func add(_ task: ULID, claim: Int) {
        bytes.append(UInt8(ascii: " "))
        task.write(to: &bytes)
        bytes.append(UInt8(ascii: "/"))
        JSONText.write(Int64(claim), to: &bytes)
    }

    var description: String { String(decoding: bytes, as: UTF8.self) }
}
