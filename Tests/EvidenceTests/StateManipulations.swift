import Foundation
import Store

/// What can be done to `hazardd.sqlite`.
enum StateManipulations {
    static let all = journal + events + actions + records + seals + rest

    static let journal: [Manipulation] = [
        Manipulation("a bit of a sample in the journal", "journal row 330") {
            try $0.flip("SELECT hex(block) FROM journal WHERE id = 330")
        },
        .state(
            "another row's samples", "journal row 330",
            "UPDATE journal SET block = (SELECT block FROM journal WHERE id = 329) WHERE id = 330"),
        .state("a link", "journal row 345", "UPDATE journal SET chain = zeroblob(32) WHERE id = 345"),
        .state("a row dropped", "journal row 330 is missing", "DELETE FROM journal WHERE id = 330"),
        .state("the first row there dropped", "journal row 251 is missing", "DELETE FROM journal WHERE id = 251"),
        .state("the last row dropped", "its tail was cut off", "DELETE FROM journal WHERE id = 345"),
        .state(
            "the last rows dropped, the counter turned back", "operator actions, but",
            """
            DELETE FROM journal WHERE id > 340; UPDATE sqlite_sequence SET seq = 340 WHERE name = 'journal';
            INSERT INTO event SELECT MAX(sequence) + 1, time, type, site, subject, route, body FROM event
            """),
        .state(
            "the last rows dropped, counter and events turned back", "samples were stored",
            """
            DELETE FROM event WHERE sequence > (SELECT MAX(last_event) FROM journal WHERE id <= 340);
            DELETE FROM operator_action WHERE journal_id > 340; DELETE FROM journal WHERE id > 340;
            UPDATE sqlite_sequence SET seq = 340 WHERE name = 'journal'
            """),
        .state(
            "a row put in at the end", "journal row 346",
            """
            INSERT INTO journal (committed_at, t_min, t_max, samples, actions, chain, spans, block)
            SELECT committed_at, t_min, t_max, samples, 0, chain, spans, block FROM journal WHERE id = 345
            """),
        .state(
            "two rows swapped", "journal row 320",
            """
            UPDATE journal SET id = -1 WHERE id = 320; UPDATE journal SET id = 320 WHERE id = 321;
            UPDATE journal SET id = 321 WHERE id = -1
            """),
        .state("a row renumbered", "journal row 345 is missing", "UPDATE journal SET id = 400 WHERE id = 345"),
        .state(
            "the earliest time", "journal row 340 was changed", "UPDATE journal SET t_min = t_min - 1 WHERE id = 340"),
        .state("the latest time", "journal row 340 was changed", "UPDATE journal SET t_max = t_max + 1 WHERE id = 340"),
        .state("the number of samples", "journal row 340 was changed", "UPDATE journal SET samples = 1 WHERE id = 340"),
        .state("the spans", "its spans", "UPDATE journal SET spans = x'' WHERE id = 340"),
        .state("the number of actions", "operator actions", "UPDATE journal SET actions = actions + 1 WHERE id = 340"),
        .state(
            "the events a row names", "journal row",
            "UPDATE journal SET first_event = NULL, last_event = NULL WHERE id = (SELECT MAX(id) FROM journal WHERE first_event > 0)"
        ),
        .state(
            "samples of a row that is compacted and not yet deleted", "journal row 300",
            "UPDATE journal SET block = (SELECT block FROM journal WHERE id = 299) WHERE id = 300"),
        .state(
            "more samples in a row that is compacted and not yet deleted", "journal row 300",
            """
            UPDATE journal SET samples = samples * 2, block = CAST(block || (SELECT block FROM journal WHERE id = 299) AS BLOB)
            WHERE id = 300
            """),
        .state("where the journal starts", "journal row 250 is missing", "UPDATE journal_start SET journal_id = 249"),
        .state("the link the journal starts with", "journal row 251", "UPDATE journal_start SET link = zeroblob(32)"),
        .state("the journal's start removed", "journal row 1 is missing", "DELETE FROM journal_start"),
    ]

    static let events: [Manipulation] = [
        .state(
            "an event", "journal row",
            "UPDATE event SET body = replace(body, '9.5', '1.5') WHERE sequence = (SELECT MAX(sequence) FROM event)"),
        .state(
            "an event whose journal row is gone", "events 1 to",
            "UPDATE event SET body = replace(body, '9.5', '1.5') WHERE sequence = 5"),
        .state(
            "the site an event is filed under", "event 5 was changed", "UPDATE event SET site = 'x' WHERE sequence = 5"),
        .state(
            "the type an event is filed under", "event 5 was changed", "UPDATE event SET type = 'x' WHERE sequence = 5"),
        .state(
            "the subject an event is filed under", "event 5 was changed",
            "UPDATE event SET subject = 'shengli/P-1/H' WHERE sequence = 5"),
        .state(
            "the time an event is filed under", "event 5 was changed",
            "UPDATE event SET time = time + 1 WHERE sequence = 5"),
        .state(
            "the route of an event", "event 5 was changed", "UPDATE event SET route = 'county/x' WHERE sequence = 5"),
        .state("an event dropped", "events", "DELETE FROM event WHERE sequence = 5"),
        .state("all events before a compaction dropped", "events 1 to", "DELETE FROM event WHERE sequence < 100"),
        .state(
            "the last event dropped", "journal row",
            "DELETE FROM event WHERE sequence = (SELECT MAX(sequence) FROM event)"),
        .state(
            "an event put in at the end", "belongs to no journal row",
            "INSERT INTO event SELECT MAX(sequence) + 1, time, type, site, subject, route, body FROM event"),
        .state(
            "an event put in before the first", "numbered from 1",
            "INSERT INTO event SELECT 0, time, type, site, subject, route, body FROM event WHERE sequence = 1"),
        .state(
            "two events swapped", "events 1 to",
            """
            UPDATE event SET sequence = -1 WHERE sequence = 5; UPDATE event SET sequence = 5 WHERE sequence = 6;
            UPDATE event SET sequence = 6 WHERE sequence = -1
            """),
    ]

    static let actions: [Manipulation] = [
        .state(
            "who acted", "journal row",
            "UPDATE operator_action SET actor = 'wang' WHERE id = (SELECT MAX(id) FROM operator_action)"),
        .state(
            "who acted, in a row that is gone", "operator actions of journal rows 1 to 250",
            "UPDATE operator_action SET actor = 'wang' WHERE id = 1"),
        .state(
            "an action dropped, in a row that is gone", "operator actions of journal rows 1 to 250",
            "DELETE FROM operator_action WHERE id = 2"),
        .state(
            "an action dropped", "journal row",
            "DELETE FROM operator_action WHERE id = (SELECT MAX(id) FROM operator_action)"),
        put(inRow: "200", "operator actions of journal rows 1 to 250"), put(inRow: "345", "journal row 345"),
        put(inRow: "0", "operator actions, but"), put(inRow: "9000", "operator actions, but"),
    ]

    private static func put(inRow row: String, _ complaint: String) -> Manipulation {
        .state(
            "an action put into row \(row)", complaint,
            """
            INSERT INTO operator_action (journal_id, at, actor, action, episode, outcome)
            VALUES (\(row), 1763880000000, 'wang', 'acknowledge', '00000000000000000000000000', 'done')
            """)
    }

    static let records: [Manipulation] = [
        .state("the first compaction's record removed", "compaction", "DELETE FROM record WHERE id = 2"),
        .state(
            "the last compaction's record removed", "journal row 314",
            "DELETE FROM record WHERE id = (SELECT MAX(id) FROM record WHERE kind = 'compaction')"),
        .state(
            "a compaction's record", "chain records of journal rows 251",
            "UPDATE record SET body = json_set(body, '$.samples', 1) WHERE id = 2"),
        .state("a day's record removed", "chain records of journal rows 251", "DELETE FROM record WHERE id = 3"),
        .state(
            "a day's digest", "chain records of journal rows 251",
            "UPDATE record SET body = json_set(body, '$.digest', 'ff') WHERE id = 3"),
        .state("a record of an unknown kind", "unknown kind", "UPDATE record SET kind = 'x' WHERE id = 3"),
        .state(
            "the new key's record removed", "journal row 315",
            "DELETE FROM record WHERE id = (SELECT MAX(id) FROM record WHERE kind = 'key')"),
        .state(
            "two records swapped", "chain record",
            "UPDATE record SET id = -1 WHERE id = 2; UPDATE record SET id = 2 WHERE id = 5; UPDATE record SET id = 5 WHERE id = -1"
        ),
        purge(inRow: "0", "chain record"), purge(inRow: "345", "journal row 345"),
        purge(inRow: "9000", "chain records, but"),
        Manipulation("a day removed without a record", "2025-11-23.sqlite is missing") { try $0.remove($0.day("23")) },
    ]

    /// A day removed, with a record that says it was retention.
    private static func purge(inRow row: String, _ complaint: String) -> Manipulation {
        Manipulation("a removal on a forged record in row \(row)", complaint) { node in
            try node.sql(
                """
                INSERT INTO record (journal_id, at, kind, body) SELECT \(row), 1763880000000, 'purge',
                '{"files":[{"digest":"' || (body ->> '$.digest') || '","file":"2025-11-23.sqlite","samples":' ||
                (body ->> '$.samples') || '}],"reason":"retention"}' FROM record WHERE kind = 'day' LIMIT 1
                """)
            try node.remove(node.day("23"))
        }
    }

    static let seals: [Manipulation] = [
        .state("a seal removed", "seal 5 does not name", "DELETE FROM seal WHERE id = 4"),
        .state(
            "a seal of rows that are compacted removed", "seals of journal rows 251 to 313",
            "DELETE FROM seal WHERE id = 2"),
        .state("the last seal removed", "table seal ends at row 4", "DELETE FROM seal WHERE id = 5"),
        .state(
            "what a seal says", "seal 5 does not have a valid signature",
            "UPDATE seal SET body = json_set(body, '$.seal', replace(body ->> '$.seal', '\"node\":\"n1\"', '\"node\":\"n2\"')) WHERE id = 5"
        ),
        .state("the time of a seal", "seal 4", "UPDATE seal SET at = at - 86400000 WHERE id = 4"),
        .state("the link of a seal", "seal 4", "UPDATE seal SET link = zeroblob(32) WHERE id = 4"),
        .state("the key of a seal", "seal 4", "UPDATE seal SET key = 'ffffffffffffffff' WHERE id = 4"),
        .state("what is no seal", "seal 4 cannot be read", "UPDATE seal SET body = '{}' WHERE id = 4"),
        .state(
            "a seal once more", "seal 6 does not name",
            "INSERT INTO seal (at, journal_id, link, key, body) SELECT at, journal_id, link, key, body FROM seal WHERE id = 5"
        ),
    ]

    static let rest: [Manipulation] = [
        .state(
            "how many samples were stored", "samples were stored",
            "UPDATE accounting SET stored = stored - 1, received = received - 1"),
        .state("a point renamed", "point 1 is", "UPDATE point SET name = 'shengli/P-9' WHERE id = 1"),
        .state(
            "two points' names swapped", "point 1 is",
            """
            UPDATE point SET name = 'x' WHERE id = 1; UPDATE point SET name = 'shengli/P-0' WHERE id = 2;
            UPDATE point SET name = 'shengli/P-1' WHERE id = 1
            """),
        Manipulation("half of the state cut off", "hazardd.sqlite") { node in
            try node.sql("PRAGMA wal_checkpoint(TRUNCATE)")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: node.folder.database))
            try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: node.folder.database))
        },
    ]
}
