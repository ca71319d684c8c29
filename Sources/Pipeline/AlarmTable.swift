import Alarms
import Telemetry

/// Alarms that are not normal: found by their subject, by their episode, or by a place that is theirs until they are normal
/// again.
struct AlarmTable {
    /// By place; nil where there is none.
    private var alarms: [Alarm?] = []
    /// What every announcement and claim of an alarm's climb says of it, written once for as long as it stays as it is.
    private var texts: [AlarmText?] = []
    private var free: [Int] = []
    private var bySubject: [AlarmSubject: Int] = [:]
    private var byEpisode: [ULID: Int] = [:]

    /// In no order.
    var values: some Sequence<Alarm> { alarms.lazy.compactMap { $0 } }

    subscript(subject: AlarmSubject) -> Alarm? {
        get { bySubject[subject].flatMap { alarms[$0] } }
        set {
            let place = bySubject[subject]
            if let place, let former = alarms[place]?.episode, former != newValue?.episode {
                byEpisode[former] = nil
            }
            guard let newValue else {
                guard let place else { return }
                bySubject[subject] = nil
                alarms[place] = nil
                texts[place] = nil
                return free.append(place)
            }
            let chosen = place ?? free.popLast() ?? alarms.count
            if chosen == alarms.count {
                alarms.append(newValue)
                texts.append(nil)
            } else {
                alarms[chosen] = newValue
                texts[chosen] = nil
            }
            if place == nil { bySubject[subject] = chosen }
            byEpisode[newValue.episode] = chosen
        }
    }

    /// The alarm of an episode that has not ended.
    subscript(episode: ULID) -> Alarm? { byEpisode[episode].flatMap { alarms[$0] } }

    func place(of episode: ULID) -> Int? { byEpisode[episode] }

    subscript(place: Int) -> Alarm? { alarms[place] }

    /// What the alarm at a place has said of it.
    mutating func text(at place: Int) -> AlarmText? {
        if let text = texts[place] { return text }
        guard let alarm = alarms[place] else { return nil }
        let text = AlarmText(alarm)
        texts[place] = text
        return text
    }

    /// Its climb has ended: nobody will ask for its text for a while.
    mutating func forgetText(of episode: ULID) {
        if let place = byEpisode[episode] { texts[place] = nil }
    }
}
