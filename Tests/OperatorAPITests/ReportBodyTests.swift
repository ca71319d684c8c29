import Foundation
import OperatorAPI
import Telemetry
import Testing

@Suite("A report's body")
struct ReportBodyTests {
    private static func plain(_ text: String) -> ReportBody? { ReportBody(plain: Array(text.utf8).span) }

    @Test("in its plain form is read without the general decoder")
    func plain() throws {
        let body = try #require(
            ReportBodyTests.plain(
                #" {"verb":"extend", "lease_s": 90,"items":[{"id":"01A","claim":7,"note":"王五 读了"},{"claim":0}]} "#))
        #expect(body.verb == "extend" && body.lease == 90)
        #expect(body.items.map(\.id) == ["01A", nil] && body.items.map(\.claim) == [7, 0])
        #expect(body.items.map(\.note) == ["王五 读了", nil])
    }

    @Test(
        "in any other form is the general decoder's",
        arguments: [
            "", "{}", "[]", "null", #"{"verb":"done"}"#, #"{"verb":"done","items":[]}"#,
            #"{"verb":"done","items":[{}]}"#, #"{"verb":"done","items":[{"id":"a","claim":1}]"#,
            #"{"verb":"done","items":[{"id":"a","claim":1}]}}"#, #"{"verb":"done","items":[{"id":"a\n","claim":1}]}"#,
            #"{"verb":"done","items":[{"id":null,"claim":1}]}"#, #"{"verb":"done","items":[{"id":"a","claim":1.0}]}"#,
            #"{"verb":"done","items":[{"id":"a","claim":01}]}"#, #"{"verb":"done","items":[{"id":"a","claim":-1}]}"#,
            #"{"verb":"done","items":[{"id":"a","claim":1e2}]}"#, #"{"verb":"done","items":[{"id":"a","claim":"1"}]}"#,
            #"{"verb":"done","items":[{"id":"a","claim":1234567890123456}]}"#,
            #"{"verb":"done","items":[{"id":"a","id":"b","claim":1}]}"#,
            #"{"verb":"a","verb":"b","items":[{"id":"a"}]}"#,
            #"{"verb":"done","other":1,"items":[{"id":"a","claim":1}]}"#,
            #"{"verb":"done","items":[{"id":"a","claim":1},]}"#, "{\"verb\":\"do\tne\",\"items\":[{\"id\":\"a\"}]}",
            #"{"verb":"done","lease_s":2.5,"items":[{"id":"a","claim":1}]}"#,
        ])
    func other(_ text: String) {
        #expect(ReportBodyTests.plain(text) == nil)
    }

    @Test("means the same to both wherever the plain one takes it, whatever bytes are changed, left out or put in")
    func mutated() {
        let seed: [UInt8] = Array(
            #"{"verb":"done","items":[{"id":"01JD","claim":12,"note":"好"},{"id":"b","claim":3}],"lease_s":60}"#.utf8)
        let marks: [UInt8] = Array("{}[]\",: \\\n0159.-eé\u{7F}\u{1}".utf8) + [0xFF, 0xC3]
        var random = RandomState(seed: 11)
        var taken = 0
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0..<(1 + Int(random.next() % 3)) {
                let place = Int(random.next() % UInt64(bytes.count))
                let mark = marks[Int(random.next() % UInt64(marks.count))]
                switch random.next() % 3 {
                case 0: bytes[place] = mark
                case 1: bytes.remove(at: place)
                default: bytes.insert(mark, at: place)
                }
            }
            guard let plain = ReportBody(plain: bytes.span) else { continue }
            taken += 1
            let general = try? JSONDecoder().decode(ReportBody.self, from: Data(bytes))
            #expect(plain == general, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(taken > 500)
    }
}
