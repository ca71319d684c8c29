import ArgumentParser
import Foundation
import Registry
import Settings
import Store

/// `hazardctl config show`
struct ConfigShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the files of a configuration that was applied, or write them into a folder.")

    @Argument(help: "The version; the newest without one.")
    var version: Int?

    @Option(help: ArgumentHelp("A folder to make for them instead of printing them.", valueName: "dir"))
    var out: String?

    @OptionGroup var node: Node

    func run() async throws {
        let (found, files) = try ConfigVersionArgument(reader: try node.reader()).version(version)
        if let out {
            try write(files, to: out)
            StandardOutput.print("\(files.files.count) files of version \(found.version) in \(out.printable)")
            return
        }
        var output = StandardOutput()
        for file in files.files {
            output.line("==> \(file.name.printable) <==")
            output.write(String(decoding: file.bytes, as: UTF8.self))
            if file.bytes.last != UInt8(ascii: "\n") { output.line("") }
        }
        output.flush()
    }

    /// Files from outside of the settings' folder are put under `outside`, so that nothing is written but in the
    /// folder.
    private func write(_ files: ConfigurationFiles, to out: String) throws {
        let manager = FileManager.default
        if let found = try? manager.contentsOfDirectory(atPath: out), !found.isEmpty {
            throw CommandFailure(.usage, "--out \(out.printable) holds something already; valid: a folder to make")
        }
        do {
            for file in files.files {
                let levels = file.name.split(separator: "/").filter { $0 != ".." && $0 != "." }.map { String($0) }
                let path = ([out] + (file.name.hasPrefix("/") ? ["outside"] : []) + levels).joined(separator: "/")
                let url = URL(fileURLWithPath: path)
                try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.bytes).write(to: url)
            }
        } catch let error as CocoaError {
            throw CommandFailure("--out \(out.printable) cannot be written: \(error.localizedDescription)")
        }
    }
}
