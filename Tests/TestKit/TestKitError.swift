/// Why a fixture could not do its work: a sentence for the test's report.
package struct TestKitError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
