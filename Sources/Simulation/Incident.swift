/// One scripted incident: what, when, how long, how steep, and where.
package struct Incident: Hashable, Sendable {
    package var kind: IncidentKind
    /// Seconds of the world's time after its start.
    package var start: Double
    /// Seconds from the first effect to the last.
    package var duration: Double
    /// Seconds it takes to build up after the start, and to die down before the end.
    package var ramp: Double
    /// The name of the site; nil is the first one.
    package var site: String?
    /// The name of the point within its site; nil is the usual one of the first tank.
    package var point: String?
    /// The incident's height: peak level in m, peak %LEL, or clock offset in s (negative: slow).
    package var amount: Double

    package init(
        _ kind: IncidentKind, start: Double, duration: Double = 20, ramp: Double = 5, site: String? = nil,
        point: String? = nil, amount: Double? = nil
    ) {
        self.kind = kind
        self.start = start
        self.duration = duration
        self.ramp = ramp
        self.site = site
        self.point = point
        self.amount = amount ?? kind.usualAmount
    }

    /// Reads `KIND@START[,duration=S][,ramp=S][,site=NAME][,point=NAME][,amount=NUMBER]`, times in seconds.
    package init(text: String) throws(SimulationFault) {
        let form = "KIND@SECONDS[,duration=S][,ramp=S][,site=NAME][,point=NAME][,amount=NUMBER]"
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let head = (parts.first ?? "").split(separator: "@", omittingEmptySubsequences: false)
        guard head.count == 2, let kind = IncidentKind(rawValue: String(head[0])) else {
            let kinds = IncidentKind.allCases.map { $0.rawValue }.joined(separator: ", ")
            throw SimulationFault("incident \"\(text)\" is not of the form \(form), KIND being one of \(kinds)")
        }
        self.init(kind, start: try Incident.seconds(head[1], of: "start", in: text))
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count == 2 ? pair[1] : ""
            switch pair[0] {
            case "duration": duration = try Incident.seconds(value, of: "duration", in: text)
            case "ramp": ramp = try Incident.seconds(value, of: "ramp", in: text)
            case "site": site = String(value)
            case "point": point = String(value)
            case "amount": amount = try Incident.number(value, of: "amount", in: text)
            default:
                throw SimulationFault("incident \"\(text)\": \"\(part)\" is not understood; the form is \(form)")
            }
        }
    }

    /// How much of the incident shows, 0 to 1, so many seconds after the world's start.
    func extent(at time: Double) -> Double {
        guard isRunning(at: time) else { return 0 }
        let steepness = min(ramp, duration / 2)
        let nearest = min(time - start, start + duration - time)
        return nearest >= steepness ? 1 : nearest / steepness
    }

    func isRunning(at time: Double) -> Bool {
        time >= start && time < start + duration
    }

    /// True once the incident is dying down.
    func isReceding(at time: Double) -> Bool {
        time >= start + duration - min(ramp, duration / 2)
    }

    private static func seconds(_ value: Substring, of key: String, in text: String) throws(SimulationFault) -> Double {
        let seconds = try number(value, of: key, in: text)
        guard seconds >= 0 else {
            throw SimulationFault("incident \"\(text)\": \(key) is \(seconds); seconds from 0 on would be right")
        }
        return seconds
    }

    private static func number(_ value: Substring, of key: String, in text: String) throws(SimulationFault) -> Double {
        guard let number = Double(value), number.isFinite else {
            throw SimulationFault("incident \"\(text)\": \(key) is \"\(value)\"; a number would be right")
        }
        return number
    }
}
