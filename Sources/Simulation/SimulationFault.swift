/// Why a world cannot be simulated as asked: a sentence that names the option and what would be right.
package struct SimulationFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
