import Testing

extension Spine {
    @Suite("A daemon killed in the middle of whatever happens to alarms")
    struct RandomLifeCycleTests {
        private static let kills = Spine.isLong ? 100 : 4

        @Test("carries out every command once, tells of every crossing once, and ends where the life cycle ends")
        func randomMoments() async throws {
            let deployment = try Deployment(
                Site(LifeCycleTraffic.points, settings: ["commands: {mqtt: true}"]))
            let traffic = try LifeCycleTraffic(deployment)
            try await deployment.start()
            try await traffic.untilHeard()
            for _ in 0..<RandomLifeCycleTests.kills {
                try await traffic.flow(for: .milliseconds(.random(in: 300...1_200)))
                deployment.kill()
                try await traffic.flow(for: .milliseconds(.random(in: 0...150)))
                try deployment.launch()
            }
            try await traffic.flow(for: .seconds(1))
            try traffic.settle()
            try await RandomLifeCycleTests.quiet(deployment, traffic)

            let events = try deployment.events()
            EventOrder.check(events)
            for row in LifeCycleTraffic.points {
                try RandomLifeCycleTests.checkLife(row, events, deployment, traffic)
            }
            try RandomLifeCycleTests.checkCommands(events, deployment, traffic)
            try RandomLifeCycleTests.checkClimbs(events, deployment)
            try await EventOrder.checkDelivery(of: events, to: traffic.listener, from: deployment)
            try await deployment.checkRetained()
            let verified = try deployment.hazardctl("verify")
            #expect(verified.code == 0, "\(verified)")
            print(
                "\(RandomLifeCycleTests.kills) kills: \(traffic.published) values, \(traffic.commands.count) commands,",
                "\(events.count) events")
        }

        /// Waits until everything sent is dealt with, and nothing is left that would soon bring events: a shelf, or a
        /// tier due that commands waiting with the broker have gone before.
        private static func quiet(_ deployment: Deployment, _ traffic: LifeCycleTraffic) async throws {
            try await deployment.untilReady()
            try await deployment.until("everything is dealt with", within: .seconds(60)) {
                try traffic.listen()
                let counts = try deployment.rows(
                    """
                    SELECT (SELECT stored FROM accounting),
                    (SELECT count(DISTINCT request_id) FROM operator_action WHERE request_id LIKE 'random-%'),
                    (SELECT count(*) FROM withdrawal),
                    (SELECT count(*) FROM escalation_task WHERE state = 'scheduled' AND due_at <= \(Spine.now))
                    """)
                return counts == ["\(traffic.published)|\(traffic.commands.count)|0|0"]
            }
        }

        /// The events of a point's alarm are a life that the standard allows, brought about by the values published,
        /// and the alarm stands where it leads.
        private static func checkLife(
            _ row: PointRow, _ events: [EventRecord], _ deployment: Deployment, _ traffic: LifeCycleTraffic
        ) throws {
            let subject = "\(Site.name)/\(row.point)/H"
            let own = events.filter { $0.subject == subject && $0.isAlarm }
            var replay = AlarmReplay(isLatching: row.cells["latching"] == "true")
            for event in own { replay.take(event) }
            #expect(replay.complaints.isEmpty, "\(replay.complaints.prefix(5))")
            #expect(try deployment.standingState().standing(subject).state == replay.state, "\(subject)")
            let told = own.filter { $0.kind == "raised" || $0.kind == "returned" }.compactMap(\.data.sampledAt)
            let isSame = told == (traffic.crossings[row.point] ?? [])
            #expect(isSame, "\(subject): \(told.count) told of \(traffic.crossings[row.point]?.count ?? 0) crossings")
            #expect(!told.isEmpty, "\(subject) never crossed its limit")
        }

        /// Each command is on record once; one that was done has its event once, one that was refused has none.
        private static func checkCommands(
            _ events: [EventRecord], _ deployment: Deployment, _ traffic: LifeCycleTraffic
        ) throws {
            let rows = try deployment.rows(
                "SELECT request_id, outcome FROM operator_action WHERE request_id LIKE 'random-%'")
            var outcomes: [String: [Substring]] = [:]
            for row in rows {
                let cells = row.split(separator: "|", maxSplits: 1)
                outcomes[String(cells[0]), default: []].append(cells[1])
            }
            let told = Dictionary(grouping: events.filter { $0.data.comment != nil }) { $0.data.comment ?? "" }
            var done = 0
            for command in traffic.commands {
                let outcome = outcomes[command.id] ?? []
                let isDone = outcome.first?.hasPrefix("done") == true
                done += isDone ? 1 : 0
                let kinds = told[command.id, default: []].map(\.kind)
                let count = kinds.count { $0 == LifeCycleTraffic.kinds[command.action] }
                let isRight = outcome.count == 1 && (isDone ? count == 1 : kinds.isEmpty)
                #expect(isRight, "\(command): \(outcome), told as \(kinds)")
            }
            #expect(done > 0, "none of \(traffic.commands.count) commands was carried out")
        }

        /// What the queue has announced and cancelled is what the log tells of, and nothing was announced twice.
        private static func checkClimbs(_ events: [EventRecord], _ deployment: Deployment) throws {
            let queue = try deployment.rows(
                """
                SELECT subject, tier, sum(announcements), sum(state = 'cancelled') FROM escalation_task
                WHERE subject LIKE '\(Site.name)/%' GROUP BY 1, 2 HAVING sum(announcements) + sum(state = 'cancelled')
                """)
            let told = Dictionary(
                grouping: events.filter { $0.type.hasPrefix("hazard.escalation.") && $0.topicSite == Site.name }
            ) { "\($0.subject)|\($0.data.tier ?? "")" }
            let counts = told.map { key, events in
                "\(key)|\(events.count { $0.kind == "due" })|\(events.count { $0.kind == "cancelled" })"
            }
            #expect(Set(queue.map { String($0) }) == Set(counts))
            let again = try deployment.rows("SELECT subject, tier FROM escalation_task WHERE announcements > 1")
            #expect(again.isEmpty, "announced again: \(again)")
        }
    }
}
