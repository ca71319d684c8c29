import CMosquitto
import Glibc

/// The messages of one burst, copied flat into one growing buffer, so that a message costs no allocation of ours.
///
/// The buffers handed out point into the arena and are valid until the next message arrives (any `read()` of the
/// session) or `removeAll`. Behind every payload stand `padding` readable zero bytes, which simdjson wants.
@safe package final class MessageArena {
    /// Readable bytes behind every payload; simdjson reads that far past the end.
    package static let padding = 64
    /// Bytes kept of a payload over the limit: what quarantine stores of it.
    package static let oversizeKept = 4_096

    /// In order of arrival.
    package private(set) var records: [MessageRecord] = []
    /// Bytes in use, padding included.
    package private(set) var byteCount = 0
    private var capacity: Int
    private var bytes: UnsafeMutableRawPointer

    package init(capacity: Int = 64 * 1_024) {
        self.capacity = max(capacity, Self.padding)
        unsafe bytes = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit {
        unsafe bytes.deallocate()
    }

    package var count: Int {
        records.count
    }

    package var isEmpty: Bool {
        records.isEmpty
    }

    /// Forgets all messages. With `keepingCapacity` the memory stays for the next burst.
    package func removeAll(keepingCapacity: Bool = true) {
        records.removeAll(keepingCapacity: keepingCapacity)
        byteCount = 0
        guard !keepingCapacity else { return }
        unsafe bytes.deallocate()
        capacity = 64 * 1_024
        unsafe bytes = .allocate(byteCount: capacity, alignment: 16)
    }

    /// The bytes of a record's range.
    package func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: bytes + range.lowerBound, count: range.count)
    }

    /// The topic's bytes, UTF-8 as the broker checked it.
    package func topic(_ index: Int) -> UnsafeRawBufferPointer {
        unsafe bytes(records[index].topic)
    }

    /// The payload's bytes, followed by `padding` readable ones.
    package func payload(_ index: Int) -> UnsafeRawBufferPointer {
        unsafe bytes(records[index].payload)
    }

    package func topicText(_ index: Int) -> String {
        unsafe String(decoding: topic(index), as: UTF8.self)
    }

    /// Copies a message as libmosquitto shows it inside its callback.
    func append(_ message: UnsafePointer<mosquitto_message>, properties: OpaquePointer?, limit: Int) {
        let name = unsafe message.pointee.topic
        let nameLength = unsafe name.map { unsafe strlen($0) } ?? 0
        let fullLength = unsafe Int(message.pointee.payloadlen)
        let oversize = fullLength > limit
        let topic = unsafe store(name, count: nameLength)
        let kept = oversize ? min(fullLength, Self.oversizeKept) : fullLength
        let payload = unsafe store(message.pointee.payload, count: kept, padding: Self.padding)
        var responseTopic = 0..<0
        var correlation = 0..<0
        if let properties = unsafe properties {
            responseTopic = unsafe storeResponseTopic(properties)
            correlation = unsafe storeCorrelation(properties)
        }
        unsafe records.append(
            MessageRecord(
                topic: topic, payload: payload, fullLength: fullLength, qos: Int32(message.pointee.qos),
                retained: message.pointee.retain, oversize: oversize,
                responseTopic: responseTopic, correlation: correlation))
    }

    private func storeResponseTopic(_ properties: OpaquePointer) -> Range<Int> {
        var text: UnsafeMutablePointer<CChar>?
        guard
            unsafe mosquitto_property_read_string(properties, Int32(MQTT_PROP_RESPONSE_TOPIC.rawValue), &text, false)
                != nil,
            let text = unsafe text
        else { return 0..<0 }
        defer { unsafe free(text) }
        return unsafe store(text, count: strlen(text))
    }

    private func storeCorrelation(_ properties: OpaquePointer) -> Range<Int> {
        var value: UnsafeMutableRawPointer?
        var length: UInt16 = 0
        let identifier = Int32(MQTT_PROP_CORRELATION_DATA.rawValue)
        guard
            unsafe mosquitto_property_read_binary(properties, identifier, &value, &length, false) != nil,
            let value = unsafe value
        else { return 0..<0 }
        defer { unsafe free(value) }
        return unsafe store(value, count: Int(length))
    }

    /// Appends bytes and zeroed padding; grows by doubling.
    private func store(_ source: UnsafeRawPointer?, count: Int, padding: Int = 0) -> Range<Int> {
        let start = byteCount
        let end = start + count + padding
        if end > capacity {
            let grown = max(end, capacity * 2)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 16)
            unsafe larger.copyMemory(from: bytes, byteCount: byteCount)
            unsafe bytes.deallocate()
            unsafe bytes = larger
            capacity = grown
        }
        if count > 0, let source = unsafe source {
            unsafe (bytes + start).copyMemory(from: source, byteCount: count)
        }
        if padding > 0 {
            unsafe memset(bytes + start + count, 0, padding)
        }
        byteCount = end
        return start..<(start + count)
    }
}
