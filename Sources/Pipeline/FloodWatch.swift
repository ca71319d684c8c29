import AlarmFigures
import Registry

/// Counts at every operator position what was annunciated in the last ten minutes, and says when FLOOD is to be raised
/// and when it is over. It only watches: no alarm is dropped, delayed or hidden for a flood. Times are monotonic.
struct FloodWatch: Sendable {
    /// What is to be done about the FLOOD alarm, with its cause.
    enum Change: Equatable {
        case rise(cause: String)
        case fall(cause: String)
    }

    private let rule: FloodRule
    private let positions: PositionMap
    /// By position, as many as the registry has at most; each holds no more than a flood takes to begin.
    private var windows: [String: FloodWindow<FloodGroups.Member>] = [:]
    /// Positions in flood.
    private var flooded: Set<String> = []
    /// What the flood has brought so far; empty without one.
    private var groups = FloodGroups()
    private var isRaised = false
    /// The time last handed in.
    private var latest = Int64.min

    init(_ rule: FloodRule, _ positions: PositionMap) {
        self.rule = rule
        self.positions = positions
    }

    /// When `pass` next has something to say.
    var deadline: Int64? {
        guard flooded.isEmpty != isRaised else { return latest }
        return flooded.compactMap { windows[$0]?.ends }.min()
    }

    /// Counts an annunciation.
    /// - Parameters:
    ///   - subject: `site/object/CONDITION`.
    ///   - time: not before one handed in earlier.
    mutating func annunciated(_ subject: String, site: String, source: String, at time: Int64) {
        latest = max(latest, time)
        let position = positions.position(site: site, source: source)
        let member = FloodGroups.Member(subject: subject, source: source.isEmpty ? site : site + "/" + source)
        var window = windows.removeValue(forKey: position) ?? FloodWindow(rule, bound: rule.startsAbove + 1)
        if window.pass(to: time) != nil { flooded.remove(position) }
        if window.add(member, at: time) {
            flooded.insert(position)
            for entry in window.members { groups.add(entry.item, at: position) }
        } else if window.isInFlood {
            groups.add(member, at: position)
        }
        windows[position] = window
    }

    /// Lets time pass.
    mutating func pass(to time: Int64) -> Change? {
        latest = max(latest, time)
        if !flooded.isEmpty {
            for position in flooded.sorted() where windows[position]?.pass(to: time) != nil {
                flooded.remove(position)
            }
        }
        if !flooded.isEmpty, !isRaised {
            isRaised = true
            return .rise(cause: groups.text)
        }
        if flooded.isEmpty, isRaised {
            isRaised = false
            defer { groups = FloodGroups() }
            return .fall(cause: groups.isEmpty ? "over" : "over after " + groups.text)
        }
        if flooded.isEmpty, !groups.isEmpty { groups = FloodGroups() }
        return nil
    }

    /// Takes up where the watch of an engine before left off, by what is committed.
    /// - Parameters:
    ///   - log: what was annunciated since before any flood that may go on, in the order of the log, with its times on
    ///     this engine's clock.
    ///   - isRaised: whether FLOOD stands, which is what the operators know.
    ///   - time: now.
    mutating func restore(
        _ log: [(subject: String, site: String, source: String, time: Int64)], isRaised: Bool, at time: Int64
    ) {
        for entry in log {
            // A flood that was over before counts by itself.
            _ = pass(to: max(latest, entry.time))
            annunciated(entry.subject, site: entry.site, source: entry.source, at: latest)
        }
        self.isRaised = isRaised
        latest = max(latest, time)
    }
}
