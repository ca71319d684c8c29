import Decoding

/// Samples handed in to be put on record, as they were read.
struct SampleBatch: Sendable {
    /// `SITE/POINT`, by the number that the samples have.
    let names: [String]
    let samples: [SampleTextReader.Sample]
    /// Who hands them in.
    let actor: String
}
