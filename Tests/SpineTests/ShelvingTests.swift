import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("An operator's word on an alarm")
    struct ShelvingTests {
        @Test("confirming goes on record; a shelf survives a kill and ends by itself; both without a daemon, too")
        func confirmAndShelve() async throws {
            let deployment = try Deployment(Site([PointRow("LT-1", ["H": "8"])]))
            try await deployment.start()
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 9])
            try await deployment.until("H is raised") { try deployment.story(of: "LT-1/H") == ["raised"] }

            let alarm = "\(Site.name)/LT-1/H"
            let mute = try deployment.hazardctl("confirm", alarm)
            #expect(mute.code == 1 && mute.errors.contains("a comment that says what was done"), "\(mute)")
            #expect(try deployment.hazardctl("confirm", alarm, "--comment", "inlet closed").code == 0)
            let refused = try deployment.hazardctl("shelve", alarm, "--for", "30d", "--comment", "in repair")
            #expect(refused.code == 1 && refused.errors.contains("valid: up to"), "\(refused)")
            let shelved = try deployment.hazardctl("shelve", alarm, "--for", "4s", "--comment", "in repair")
            #expect(shelved.code == 0 && shelved.text.contains("shelved"), "\(shelved)")
            deployment.kill()
            #expect(try deployment.alarm("LT-1/H")?.suppression == "shelved")
            try await deployment.start()
            try await deployment.until("the shelf has ended") {
                try deployment.story(of: "LT-1/H") == ["raised", "confirmed", "shelved", "unshelved"]
            }
            #expect(try deployment.alarm("LT-1/H")?.suppression == "none")

            #expect(deployment.terminate() == 0)
            #expect(try deployment.hazardctl("shelve", alarm, "--for", "1h", "--comment", "in repair").code == 0)
            #expect(try deployment.hazardctl("unshelve", alarm).code == 0)
            let events = try deployment.events().filter { $0.subject == alarm }
            #expect(events.suffix(2).map(\.kind) == ["shelved", "unshelved"])
            #expect(events.first { $0.kind == "confirmed" }?.data.comment == "inlet closed")
            #expect(events.first { $0.kind == "shelved" }?.data.actor?.isEmpty == false)
            #expect(try deployment.hazardctl("verify").code == 0)
        }
    }
}
