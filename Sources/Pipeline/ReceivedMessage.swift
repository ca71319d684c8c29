package import Decoding

/// One telemetry message as the engine takes it in: its bytes and what was read out of them. Valid during
/// the call only, but safe to hold on to meanwhile.
@safe
package struct ReceivedMessage {
    package let topic: UnsafeRawBufferPointer
    /// The gateway's name, out of the topic.
    package let gateway: UnsafeRawBufferPointer
    package let payload: UnsafeRawBufferPointer
    package let isRetained: Bool
    package let records: UnsafeBufferPointer<DecodedRecord>
    package let values: UnsafeBufferPointer<DecodedValue>

    package init(
        topic: UnsafeRawBufferPointer, gateway: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer,
        isRetained: Bool, records: UnsafeBufferPointer<DecodedRecord>, values: UnsafeBufferPointer<DecodedValue>
    ) {
        unsafe self.topic = topic
        unsafe self.gateway = gateway
        unsafe self.payload = payload
        self.isRetained = isRetained
        unsafe self.records = records
        unsafe self.values = values
    }

    var valueCount: Int { unsafe values.count }

    var recordCount: Int { unsafe records.count }

    func value(_ place: Int) -> DecodedValue { unsafe values[place] }

    /// The counter of one of its objects; -1 for none.
    func sequence(_ place: Int) -> Int64 { unsafe records[place].sequence }

    /// The newest time any value carries, and whether any value carries none.
    var times: (newest: Int64?, someAreMissing: Bool) {
        var newest: Int64?
        var someAreMissing = false
        for place in 0..<valueCount {
            let time = value(place).time
            if time == .min {
                someAreMissing = true
            } else {
                newest = max(newest ?? .min, time)
            }
        }
        return (newest, someAreMissing)
    }

    /// Whether any of its objects counts messages.
    var isNumbered: Bool {
        for place in 0..<recordCount where sequence(place) >= 0 { return true }
        return false
    }
}
