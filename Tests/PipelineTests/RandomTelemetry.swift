import Telemetry

/// Telemetry with everything that can be wrong with it, from a seed.
struct RandomTelemetry {
    struct Value {
        let tag: String
        /// As it stands in the message.
        let text: String
        var isUsable = true
    }

    struct Message {
        var gateway: String
        var time: Int64?
        var values: [Value]
        var isRetained = false
        var isReadable = true
        var text = ""
    }

    private var random: RandomState
    private var sent: [Message] = []
    private var sequence = 0

    init(seed: UInt64) {
        random = RandomState(seed: seed)
    }

    /// The next message; its own times lie before `start`, in steps so coarse that they often meet.
    mutating func next(before start: Int64) -> Message {
        if !sent.isEmpty, random.next() % 5 == 0 {
            return sent[Int(random.next() % UInt64(sent.count))]
        }
        var message = Message(gateway: random.next() % 20 == 0 ? "gw9" : "gw\(1 + random.next() % 2)", values: [])
        message.isRetained = random.next() % 25 == 0
        if random.next() % 4 != 0 { message.time = start - 1_000 * Int64(1 + random.next() % 120) }
        for _ in 0..<(random.next() % 4) {
            let tag = "T\(random.next() % 5)"
            guard !message.values.contains(where: { $0.tag == tag }) else { continue }
            message.values.append(value(tag))
        }
        sequence += 1
        let time = message.time.map { "\"ts\":\($0)," } ?? ""
        let body = message.values.map { "\"\($0.tag)\":\($0.text)" }.joined(separator: ",")
        message.text = "{\"seq\":\(sequence),\(time)\"values\":{\(body)}}"
        if random.next() % 20 == 0 {
            message.text.removeLast()
            message.isReadable = false
        }
        sent.append(message)
        return message
    }

    private mutating func value(_ tag: String) -> Value {
        switch random.next() % 12 {
        case 0: Value(tag: tag, text: "null")
        case 1: Value(tag: tag, text: "\"shut\"", isUsable: false)
        case 2: Value(tag: tag, text: "[]", isUsable: false)
        case 3: Value(tag: tag, text: "{\"v\":1,\"q\":999}", isUsable: false)
        default: Value(tag: tag, text: "\(random.next() % 4)")
        }
    }
}
