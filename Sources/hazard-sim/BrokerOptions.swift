import ArgumentParser
import Broker
import Foundation

/// How the simulated gateways reach their broker.
struct BrokerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "mqtt://HOST:PORT or mqtts://HOST:PORT; repeat it to have several tried in order.", valueName: "url"))
    var broker = ["mqtt://127.0.0.1:1883"]

    @Option(help: "The user the gateways log in as.")
    var username: String?

    @Option(help: ArgumentHelp("A file that holds the user's password.", valueName: "file"))
    var passwordFile: String?

    @Option(help: ArgumentHelp("The authority that signed the broker's certificate, PEM.", valueName: "file"))
    var caFile: String?

    @Option(help: ArgumentHelp("The gateways' certificate, PEM, for mutual TLS.", valueName: "file"))
    var certFile: String?

    @Option(help: ArgumentHelp("The certificate's key, PEM.", valueName: "file"))
    var keyFile: String?

    /// The session of a gateway, but for its name and will.
    func session() throws -> SessionOptions {
        var addresses: [BrokerAddress] = []
        do throws(BrokerError) {
            for url in broker { addresses.append(try BrokerAddress(url: url)) }
        } catch {
            throw ValidationError(error.description)
        }
        let password = try passwordFile.map { file in
            try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
        }
        return SessionOptions(
            clientID: "hazard-sim", urls: addresses, username: username, password: password,
            tls: TLSFiles(caFile: caFile, certFile: certFile, keyFile: keyFile))
    }
}
