import Settings

/// The loosest set points that gas detectors may have.
package struct GasProfile: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case source, combustible, toxic, oxygen
    }

    /// The keys of `toxic`.
    package enum ToxicKey: String, SectionKey {
        case oel = "oel_percent"
        case idlh = "idlh_percent"
    }

    /// Two levels of alarm, each a highest set point.
    package struct Levels: Hashable, Sendable {
        package enum Key: String, SectionKey {
            case high = "H"
            case highHigh = "HH"
        }

        package var high: Double
        package var highHigh: Double
    }

    /// A lowest set point for deficiency and a highest one for enrichment.
    package struct Window: Hashable, Sendable {
        package enum Key: String, SectionKey {
            case low = "L"
            case high = "H"
        }

        package var low: Double
        package var high: Double
    }

    package var name: String
    package var source: FigureSource
    /// %LEL.
    package var combustible: Levels?
    /// Percent of a toxic substance's exposure limit.
    package var exposure: Levels?
    /// Percent of its IDLH.
    package var danger: Levels?
    /// %VOL.
    package var oxygen: Window?
}
