import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("What is out of service, and exercises")
    struct WithdrawalTests {
        @Test("a permit survives a kill, is listed for all to see, and runs out by itself")
        func outOfService() async throws {
            let deployment = try Deployment(Site([PointRow("LT-1", ["H": "8"])]))
            try await deployment.start()
            let gateway = try deployment.publisher()
            let object = "\(Site.name)/LT-1"
            let mute = try deployment.hazardctl("remove-from-service", object, "--permit", "P-77", "--for", "4s")
            #expect(mute.code == 1 && mute.errors.contains("a comment that says why"), "\(mute)")
            let unknown = try deployment.hazardctl(
                "remove-from-service", "\(Site.name)/LT-9", "--permit", "P-77", "--for", "4s", "--comment", "why")
            #expect(unknown.code == 1 && unknown.errors.contains("no alarm of the registry"), "\(unknown)")
            let removed = try deployment.hazardctl(
                "remove-from-service", object, "--permit", "P-77", "--for", "4s", "--comment", "calibration")
            #expect(removed.code == 0 && removed.text.contains("\(object)/H: now normal, out of service"), "\(removed)")
            try gateway.scan(at: Spine.now, ["LT-1": 9])
            try await deployment.until("H is raised") {
                try deployment.story(of: "LT-1/H") == ["removed_from_service", "raised"]
            }
            deployment.kill()
            let listed = try deployment.hazardctl("suppressed", "--format", "json")
            let list = try JSONDecoder().decode(Suppressed.self, from: Data(listed.text.utf8)).suppressed
            let high = try #require(list.first { $0.subject == "\(object)/H" })
            #expect(high.suppression == "out_of_service" && high.permit == "P-77" && high.reason == "calibration")
            #expect(high.state == "unacknowledged" && high.actor?.isEmpty == false)
            try await deployment.start()
            try await deployment.until("the permit has run out") {
                try deployment.story(of: "LT-1/H") == ["removed_from_service", "raised", "returned_to_service"]
            }
            #expect(try deployment.alarm("LT-1/H")?.suppression == "none")
            #expect(try deployment.hazardctl("suppressed").text.contains("no alarm is suppressed"))
            #expect(deployment.terminate() == 0)
            #expect(try deployment.hazardctl("verify").code == 0)
        }

        @Test("an exercise climbs beside the real alarm, over a kill, and is marked in all that is said of it")
        func exercise() async throws {
            let deployment = try Deployment(Site([PointRow("LT-1", ["H": "8"])]))
            try await deployment.start()
            let begun = try deployment.hazardctl(
                "exercise", "begin", "\(Site.name)/LT-1/H", "--for", "10m", "--comment", "autumn drill")
            #expect(begun.code == 0 && begun.text.contains("_exercise/LT-1/H: now unacknowledged"), "\(begun)")
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 9])
            try await deployment.until("the real alarm is raised beside it") {
                try deployment.story(of: "LT-1/H") == ["raised"]
            }
            deployment.kill()
            try await deployment.start()
            let subject = "\(Site.name)/_exercise/LT-1/H"
            #expect(try deployment.hazardctl("acknowledge", subject).code == 0)
            let real = try deployment.hazardctl("exercise", "end", "\(Site.name)/LT-1/H")
            #expect(real.code == 1 && real.errors.contains("is real"), "\(real)")
            #expect(try deployment.hazardctl("exercise", "end", subject).code == 0)
            #expect(
                try deployment.story(of: "_exercise/LT-1/H") == ["raised", "acknowledged", "returned", "cleared"])
            #expect(try deployment.alarm("LT-1/H")?.state == "unacknowledged")
            for event in try deployment.hazardctl("events", "--format", "json").lines where event.contains("LT-1/H") {
                #expect(event.contains("\"exercise\":true") == event.contains("_exercise/"), "\(event)")
            }
            #expect(deployment.terminate() == 0)
        }

        private struct Suppressed: Decodable {
            struct Alarm: Decodable {
                let subject: String
                let suppression: String
                let state: String
                let actor: String?
                let reason: String?
                let permit: String?
            }

            let suppressed: [Alarm]
        }
    }
}
