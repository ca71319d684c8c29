import Figures
import Testing

@Suite("The daemon's own figures")
struct NodeFiguresTests {
    @Test("name everything that keeps it from recording")
    func obstacles() {
        var figures = NodeFigures(lastTurn: 1_000)
        #expect(figures.obstacles(at: 1_500).count == 2, "neither subscribed nor committed")
        figures.isSubscribed = true
        figures.hasCommitted = true
        #expect(figures.obstacles(at: 1_500).isEmpty)
        figures.isStoreFailing = true
        figures.isHolding = true
        #expect(figures.obstacles(at: 1_500).count == 2)
    }

    @Test("tell a pipeline that stands still from one that works")
    func complaint() {
        let figures = NodeFigures(lastTurn: 1_000)
        #expect(figures.complaint(at: 1_000 + NodeFigures.longestTurn) == nil)
        #expect(figures.complaint(at: 1_001 + NodeFigures.longestTurn)?.contains("10001 ms") == true)
    }
}
