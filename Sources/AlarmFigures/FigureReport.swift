/// The figures of a range of time: of everything, and by site and operator position.
package struct FigureReport: Sendable, Hashable {
    /// UTC milliseconds; the end is not included.
    package let from: Int64
    package let to: Int64
    package let basis: FigureBasis
    /// Alarm events counted.
    package let events: Int
    package let whole: ScopeFigures
    /// Those with most alarms first.
    package let sites: [ScopeFigures]
    package let positions: [ScopeFigures]
    /// Sites and positions beyond those listed.
    package let sitesLeftOut: Int
    package let positionsLeftOut: Int

    /// The most sites, and the most positions, listed.
    package static let scopeBound = 200
}
