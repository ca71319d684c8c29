import Registry

/// How busy the operators are just now.
package struct LiveFigures: Sendable, Hashable {
    /// Alarms annunciated in the last ten minutes: all, and the most at one operator position.
    package var recent = 0
    package var most = 0
    /// Operator positions in flood.
    package var floods = 0
    /// Alarms that come and go.
    package var chattering = 0
    package var stale = 0

    package init() {}
}

extension AlarmFigures {
    /// How it looks at a moment, which no event taken in is later than.
    package mutating func live(at time: Int64) -> LiveFigures {
        passAll(to: time)
        var live = LiveFigures()
        live.recent = scopes[0].window.count
        for place in positionScopes.values {
            live.most = max(live.most, scopes[place].window.count)
            live.floods += scopes[place].window.isInFlood ? 1 : 0
        }
        for subject in subjects {
            if subject.chatter.isChattering(at: time, within: targets.chatterWindow) { live.chattering += 1 }
            if let begin = subject.staleFrom(after: targets.staleAfter), begin <= time { live.stale += 1 }
        }
        return live
    }
}
