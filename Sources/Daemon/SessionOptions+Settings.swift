import Broker
import Foundation
import Settings

extension SessionOptions {
    /// The ingest session as the settings want it; reads the password file.
    init(_ broker: BrokerSettings) throws {
        var password: String?
        if let file = broker.passwordFile {
            password = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
        }
        self.init(
            clientID: broker.clientID,
            urls: broker.urls.map { BrokerAddress(tls: $0.tls, host: $0.host, port: UInt16(clamping: $0.port)) },
            protocolVersion: broker.protocolVersion == .v5 ? .v5 : .v311, cleanStart: false,
            sessionExpiry: broker.sessionExpiry, receiveMaximum: broker.receiveMaximum, keepAlive: broker.keepAlive,
            username: broker.username, password: password,
            tls: Broker.TLSFiles(
                caFile: broker.tls?.caFile, certFile: broker.tls?.certFile, keyFile: broker.tls?.keyFile),
            maximumMessageBytes: broker.maximumMessageBytes)
    }
}
