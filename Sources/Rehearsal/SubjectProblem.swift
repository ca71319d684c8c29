/// Why a text names no point or alarm of the rules under test.
struct SubjectProblem: Error {
    /// Continues a sentence about the text.
    let what: String
    let valid: String

    init(_ what: String, valid: String) {
        self.what = what
        self.valid = valid
    }
}
