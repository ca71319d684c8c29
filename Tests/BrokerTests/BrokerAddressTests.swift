import Broker
import Testing

@Suite("broker addresses")
struct BrokerAddressTests {
    @Test(
        "URLs are read as settings write them",
        arguments: [
            ("mqtt://127.0.0.1:1884", BrokerAddress(host: "127.0.0.1", port: 1884)),
            ("mqtt://broker.example", BrokerAddress(host: "broker.example", port: 1883)),
            ("mqtts://broker.example/", BrokerAddress(tls: true, host: "broker.example", port: 8883)),
            ("mqtts://[fe80::1]:9000", BrokerAddress(tls: true, host: "fe80::1", port: 9000)),
            ("mqtt://[::1]", BrokerAddress(host: "::1", port: 1883)),
        ])
    func valid(url: String, expected: BrokerAddress) throws {
        #expect(try BrokerAddress(url: url) == expected)
        #expect(try BrokerAddress(url: expected.description) == expected)
    }

    @Test(
        "URLs that name no broker are refused with what would be right",
        arguments: [
            "", "127.0.0.1:1883", "http://host:80", "mqtt://", "mqtt://:1883", "mqtt://host:0", "mqtt://host:65536",
            "mqtt://host:x", "mqtt://user@host:1883", "mqtt://host:1883/path",
        ])
    func invalid(url: String) {
        let error = #expect(throws: BrokerError.self) { try BrokerAddress(url: url) }
        #expect(error?.context.contains("mqtt://HOST:PORT") == true)
    }
}
