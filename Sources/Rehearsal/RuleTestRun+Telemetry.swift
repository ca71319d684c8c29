import Alarms
import Registry

/// What gateways send.
extension RuleTestRun {
    func take(_ readings: [Reading]) {
        let registry = node.rules.registry
        var byGateway: [(name: String, readings: [Reading])] = []
        for reading in readings {
            guard let index = registry.index(of: reading.point) else { continue }
            let name = registry.gateways[registry[index].gateway].name
            if let place = byGateway.firstIndex(where: { $0.name == name }) {
                byGateway[place].readings.append(reading)
            } else {
                byGateway.append((name, [reading]))
            }
        }
        for (name, readings) in byGateway {
            silent.remove(name)
            for reading in readings {
                record.story.add(
                    "\(names.short(point: reading.point)) = \(reading.text)", object: reading.point, at: node.elapsed)
                remember(reading, of: name)
            }
            send(readings, of: name)
        }
    }

    private func remember(_ reading: Reading, of gateway: String) {
        guard test.repeatEvery != nil else { return }
        if let place = lastReadings[gateway]?.firstIndex(where: { $0.point == reading.point }) {
            lastReadings[gateway]?[place] = reading
        } else {
            lastReadings[gateway, default: []].append(reading)
        }
    }

    func send(_ readings: [Reading], of gateway: String) {
        let registry = node.rules.registry
        let offset = clocks[gateway] ?? 0
        var values = JSONText()
        for reading in readings {
            guard let index = registry.index(of: reading.point) else { continue }
            values.member(named: registry[index].tag, json: reading.json(start: test.start + offset))
        }
        var message = JSONText()
        if let sequence = sequences[gateway] {
            message.member("seq", sequence)
            sequences[gateway] = sequence + 1
        }
        message.member("ts", node.trueTime + offset)
        message.member("values", json: values.object)
        _ = node.receive(gateway, message.object)
    }
}
