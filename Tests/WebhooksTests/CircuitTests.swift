import Telemetry
import Testing
import Webhooks

@Suite("A target's circuit")
struct CircuitTests {
    private static let pause = RetryPause(first: 1_000, longest: 300_000)

    @Test("opens with the fifth failure in a row, and lets one message through when its pause is over")
    func opens() throws {
        var random = RandomState(seed: 1)
        var circuit = Circuit(pause: CircuitTests.pause)
        for _ in 1..<Circuit.threshold {
            #expect(circuit.failed(isProbe: false, at: 0, using: &random) == .none)
            #expect(circuit.permit(at: 0) == .any)
        }
        #expect(circuit.failed(isProbe: false, at: 0, using: &random) == .opened)
        let until = try #require(circuit.opensAt)
        #expect(until <= 16_000)
        #expect(circuit.permit(at: until - 1) == .none)
        #expect(circuit.permit(at: until) == .probe)
        circuit.probed()
        #expect(circuit.permit(at: until + 1_000_000) == .none, "one message at a time")
    }

    @Test("opens again when the probe fails, and closes when it gets an answer")
    func probes() throws {
        var random = RandomState(seed: 2)
        var circuit = Circuit(pause: CircuitTests.pause)
        for _ in 0..<Circuit.threshold { _ = circuit.failed(isProbe: false, at: 0, using: &random) }
        circuit.probed()
        #expect(circuit.failed(isProbe: true, at: 50_000, using: &random) == .none, "it was open before")
        let until = try #require(circuit.opensAt)
        #expect((50_000...82_000).contains(until))
        circuit.probed()
        #expect(circuit.succeeded() == .closed)
        #expect(circuit.permit(at: 0) == .any)
        #expect(circuit.failures == 0)
    }

    @Test("an answer in between begins the count anew")
    func resets() {
        var random = RandomState(seed: 3)
        var circuit = Circuit(pause: CircuitTests.pause)
        for _ in 1..<Circuit.threshold { _ = circuit.failed(isProbe: false, at: 0, using: &random) }
        #expect(circuit.succeeded() == .none)
        for _ in 1..<Circuit.threshold { _ = circuit.failed(isProbe: false, at: 0, using: &random) }
        #expect(circuit.isClosed)
    }

    @Test("failures of messages that were under way when it opened change nothing")
    func stragglers() {
        var random = RandomState(seed: 4)
        var circuit = Circuit(pause: CircuitTests.pause)
        for _ in 0..<Circuit.threshold { _ = circuit.failed(isProbe: false, at: 0, using: &random) }
        let state = circuit.state
        #expect(circuit.failed(isProbe: false, at: 5, using: &random) == .none)
        #expect(circuit.state == state)
    }

    @Test("pauses are anything up to a ceiling that doubles from a second to five minutes")
    func pauses() {
        var random = RandomState(seed: 5)
        let pause = RetryPause()
        for failures in 1...40 {
            let ceiling: Int64 = min(300_000, 1_000 << Int64(min(failures - 1, 20)))
            let lengths = (0..<500).map { _ in pause.length(after: failures, using: &random) }
            #expect(lengths.allSatisfy { (0...ceiling).contains($0) })
            #expect(lengths.contains { $0 > ceiling / 2 } && lengths.contains { $0 < ceiling / 2 })
        }
    }
}
