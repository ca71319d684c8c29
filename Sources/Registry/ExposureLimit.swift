import Settings

/// What people may breathe of a substance, in one unit.
package struct ExposureLimit: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case substance, unit, oel, idlh, source
    }

    package var substance: String
    /// As the points that measure it write it, such as `mg/m3`.
    package var unit: String
    /// The occupational exposure limit.
    package var oel: Double?
    /// Immediately dangerous to life or health.
    package var idlh: Double?
    package var source: FigureSource
}
