import Pipeline

/// Counts, apart from the engine, what the contract's table makes of each input of a random stream.
struct AccountingModel {
    private struct Key: Hashable {
        let point: String
        let time: Int64
    }

    private(set) var counts = Accounting()
    private(set) var conflicts = 0
    private(set) var refusedValues = 0
    private(set) var refusedMessages = 0
    private var recorded: [Key: String] = [:]
    private var numbered: Set<String> = []
    private let points: Set<String>

    init(points: Set<String>) {
        self.points = points
    }

    mutating func take(_ message: RandomTelemetry.Message) {
        guard message.isReadable else {
            counts.received += 1
            counts.quarantined += 1
            refusedMessages += 1
            return
        }
        counts.received += Int64(message.values.count)
        guard message.gateway != "gw9" else {
            counts.unmapped += Int64(message.values.count)
            return
        }
        guard !message.isRetained || message.time != nil else {
            counts.quarantined += Int64(message.values.count)
            return
        }
        let isAgain = message.time == nil && !numbered.insert(message.text).inserted
        for value in message.values { take(value, message, isAgain: isAgain) }
    }

    private mutating func take(_ value: RandomTelemetry.Value, _ message: RandomTelemetry.Message, isAgain: Bool) {
        let point = message.gateway + "/" + value.tag
        if !points.contains(point) {
            counts.unmapped += 1
        } else if !value.isUsable {
            counts.quarantined += 1
            if !isAgain { refusedValues += 1 }
        } else if isAgain {
            counts.duplicate += 1
        } else if let time = message.time {
            let key = Key(point: point, time: time)
            if recorded[key] == nil {
                recorded[key] = value.text
                counts.stored += 1
            } else if recorded[key] == value.text {
                counts.duplicate += 1
            } else {
                counts.quarantined += 1
                conflicts += 1
            }
        } else {
            // Received in a millisecond of its own, so no record of that time can exist.
            counts.stored += 1
        }
    }
}
