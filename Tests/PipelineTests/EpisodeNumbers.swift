/// Numbers the episodes of each subject from 1, in the order they appear.
struct EpisodeNumbers {
    private var known: [String: [String]] = [:]

    mutating func number(_ episode: String, of subject: String) -> Int {
        if let place = known[subject]?.firstIndex(of: episode) { return place + 1 }
        known[subject, default: []].append(episode)
        return known[subject]?.count ?? 1
    }
}
