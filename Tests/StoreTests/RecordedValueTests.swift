import Pipeline
import Store
import Telemetry
import Testing

@Suite("The look-up of a recorded value")
struct RecordedValueTests {
    @Test("finds every sample of a long journal, also after a restart, and nothing else")
    func longJournal() throws {
        let fixture = try StoreFixture()
        // More rows than one run of the index, more samples than a ring holds.
        for number in 0..<600 {
            try fixture.commit(
                StoreFixture.samples(number % 4, [(Int64(number) * 10, Double(number)), (Int64(number) * 10 + 5, -1)]))
        }
        for round in 0..<2 {
            for number in stride(from: 0, to: 600, by: 7) {
                let point = number % 4
                let other = (number + 1) % 4
                #expect(try fixture.recorded(point, at: Int64(number) * 10) == Double(number))
                #expect(try fixture.recorded(point, at: Int64(number) * 10 + 5) == -1)
                #expect(try fixture.recorded(point, at: Int64(number) * 10 + 1) == nil)
                #expect(try fixture.recorded(other, at: Int64(number) * 10) == nil)
            }
            if round == 0 { try fixture.reopen() }
        }
    }

    @Test("finds what was just committed in a row that was looked at before")
    func freshRow() throws {
        let fixture = try StoreFixture()
        for number in Int64(0)..<300 {
            #expect(try fixture.recorded(0, at: number) == nil)
            try fixture.commit(StoreFixture.samples(0, [(number, Double(number))]))
            #expect(try fixture.recorded(0, at: number) == Double(number))
        }
    }

    @Test("gives the first of two values for one time, which is the one that counts")
    func first() throws {
        let fixture = try StoreFixture()
        try fixture.commit(StoreFixture.samples(0, [(5, 1), (5, 2)]))
        #expect(try fixture.recorded(0, at: 5) == 1)
        try fixture.reopen()
        #expect(try fixture.recorded(0, at: 5) == 1)
    }

    @Test("finds a value that was none")
    func notANumber() throws {
        let fixture = try StoreFixture()
        try fixture.commit(StoreFixture.samples(0, [(5, .nan)]))
        #expect(try fixture.recorded(0, at: 5)?.isNaN == true)
    }
}
