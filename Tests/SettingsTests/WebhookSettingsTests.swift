import Foundation
import Settings
import Testing

@Suite("Webhooks in settings")
struct WebhookSettingsTests {
    private let fixture: SettingsFixture

    init() throws {
        fixture = try SettingsFixture()
        try write(secret: "a secret of some length\n", to: "s.secret", mode: 0o600)
    }

    private func write(secret: String, to name: String, mode: Int) throws {
        try fixture.write(secret, to: name)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: fixture.path(name))
    }

    private func faults(_ lines: String) throws -> [String] {
        try fixture.faults(SettingsFixture.least + "webhooks:\n" + lines)
    }

    @Test("are read with their defaults")
    func defaults() throws {
        let settings = try fixture.load(
            SettingsFixture.least + "webhooks: [{name: duty, url: 'https://duty.example/in', secret_file: s.secret}]")
        let webhook = try #require(settings.webhooks.first)
        #expect(webhook.url.text == "https://duty.example/in")
        #expect(webhook.secretFile == fixture.path("s.secret"))
        #expect(webhook.timeout == 10_000)
        #expect(webhook.concurrency == 4)
        #expect(webhook.mode == .structured)
        #expect(webhook.types == [.all])
        #expect(webhook.sites.isEmpty && webhook.areas.isEmpty)
        #expect(webhook.caFile == nil)
    }

    @Test("are read with everything set")
    func everything() throws {
        let settings = try fixture.load(
            SettingsFixture.least + """
                webhooks:
                  - name: county
                    url: http://127.0.0.1:9000/hook?key=geheim
                    secret_file: s.secret
                    types: ["hazard.escalation.*", hazard.alarm.raised.v1]
                    sites: [shengli, _node]
                    areas: [dongying/kenli]
                    timeout_s: 2.5
                    concurrency: 8
                    mode: binary
                """)
        let webhook = try #require(settings.webhooks.first)
        #expect(webhook.types.map(\.description) == ["hazard.escalation.*", "hazard.alarm.raised.v1"])
        #expect(webhook.sites == ["shengli", "_node"])
        #expect(webhook.areas == [["dongying", "kenli"]])
        #expect(webhook.timeout == 2_500)
        #expect(webhook.concurrency == 8)
        #expect(webhook.mode == .binary)
        #expect(webhook.url.description == "http://127.0.0.1:9000/hook", "the query may be a secret")
    }

    @Test(
        "with a wrong value are refused by the key's name",
        arguments: [
            ("url: ftp://h/x", "url"), ("url: https://u:geheim@h/", "url"), ("url: 'https://'", "url"),
            ("url: 'https://h/a b'", "url"), ("types: []", "types"), ("types: [alarm.raised]", "types[0]"),
            ("types: ['hazard.*.raised']", "types[0]"), ("sites: []", "sites"), ("sites: [a/b]", "sites[0]"),
            ("areas: [a//b]", "areas[0]"), ("timeout_s: 0", "timeout_s"), ("concurrency: 65", "concurrency"),
            ("mode: batched", "mode"), ("ca_file: none.pem", "ca_file"), ("secret_file: none", "secret_file"),
            ("ca_file: sites/empty.yaml, url: 'http://h/'", "ca_file"), ("secrets: x", "secrets"),
        ])
    func wrong(keys: String, path: String) throws {
        var line = "name: a, " + keys
        if !keys.contains("url:") { line += ", url: 'https://h/'" }
        if !keys.contains("secret_file:") { line += ", secret_file: s.secret" }
        let faults = try faults("  - {\(line)}")
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasPrefix("hazardd.yaml:5: webhooks[0].\(path) ") == true, "\(faults)")
        #expect(faults.first?.contains("; valid: ") == true)
        #expect(!faults.joined().contains("geheim"))
    }

    @Test("name every fault at once, and what is missing")
    func missing() throws {
        let faults = try faults("  - {timeout_s: soon}\n  - {name: b/c, url: 5, secret_file: s.secret}")
        let starts = [
            "[0].name is", "[0].url is", "[0].secret_file is", "[0].timeout_s is", "[1].name is", "[1].url is",
        ]
        for start in starts { #expect(faults.contains { $0.contains("webhooks\(start)") }, "\(start) in \(faults)") }
        #expect(faults.count == starts.count)
    }

    @Test("have names of their own, and are not too many")
    func many() throws {
        let line = { (number: Int) in "  - {name: n\(number), url: 'https://h/', secret_file: s.secret}\n" }
        #expect(
            try faults(line(1) + line(1)) == [
                "hazardd.yaml:6: webhooks[1] repeats the name \"n1\"; valid: each name once"
            ])
        #expect(try faults((1...WebhookSettings.bound).map { line($0) }.joined()).isEmpty)
        let faults = try faults((0...WebhookSettings.bound).map { line($0) }.joined())
        #expect(faults == ["hazardd.yaml:5: webhooks lists 33 targets; valid: at most 32"])
    }

    @Test(
        "keep their secrets in a file that not everybody reads and that has one or two of them",
        arguments: [
            ("", 0o600, "is empty"), (" \n\n", 0o600, "is empty"), ("a\nb\nc\n", 0o600, "has 3 lines"),
            ("whsec_!!\n", 0o600, "no Base64"), ("s\n", 0o604, "chmod 600"), ("s\n", 0o666, "chmod 600"),
        ])
    func secretFile(text: String, mode: Int, what: String) throws {
        try write(secret: text, to: "t.secret", mode: mode)
        let faults = try faults("  - {name: a, url: 'https://h/', secret_file: t.secret}")
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("hazardd.yaml:5: webhooks[0].secret_file names ") == true, "\(faults)")
        #expect(faults.first?.contains(what) == true, "\(faults)")
    }

    @Test("have secrets as text, or as the Standard Webhooks scheme hands them out")
    func secrets() throws {
        let secrets = try WebhookSecrets(Array("  plain text \n\nwhsec_AAEC\n".utf8))
        #expect(secrets.keys == [Array("plain text".utf8), [0, 1, 2]])
    }

    @Test(
        "want types that are named or begin as named",
        arguments: [
            ("*", "hazard.node.started.v1", true), ("hazard.escalation.*", "hazard.escalation.due.v1", true),
            ("hazard.escalation.*", "hazard.alarm.raised.v1", false),
            ("hazard.alarm.raised.v1", "hazard.alarm.raised.v1", true),
            ("hazard.alarm.raised", "hazard.alarm.raised.v1", false),
        ])
    func types(pattern: String, type: String, matches: Bool) throws {
        #expect(try #require(EventTypePattern(pattern)).matches(type) == matches)
    }
}
