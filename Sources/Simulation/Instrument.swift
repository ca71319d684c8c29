/// The instruments of one simulated ammonia tank, in the order in which a site's points are laid out.
enum Instrument: Int, CaseIterable, Sendable {
    case level
    case pressure
    case temperature
    case inletFlow
    case inletValve
    case outletValve
    case combustible
    case combustibleBeside
    case toxic
    case oxygen

    var isSwitch: Bool { self == .inletValve || self == .outletValve }

    /// A reading far from every limit, in thousandths of the unit.
    var usualThousandths: Int64 {
        switch self {
        case .level: 5_000
        case .pressure: 800
        case .temperature: 20_000
        case .inletFlow: 120_000
        case .inletValve, .outletValve: 1_000
        case .combustible, .combustibleBeside, .toxic: 400
        case .oxygen: 20_700
        }
    }

    /// Gas set points keep to GB/T 50493-2019 §5.5.2: combustible 25 and 50 %LEL, oxygen 19.5 and 23.5 %VOL. The toxic
    /// gas names no profile, as the standards profile that is built in has no exposure limits.
    var sheet: InstrumentSheet {
        switch self {
        case .level:
            InstrumentSheet(
                letters: "LT", kind: "level", unit: "m", range: 0...12, lowLow: 0.5, low: 1, high: 8.5, highHigh: 9.5,
                deadband: 0.1, priority: "critical", zh: "储罐液位", en: "Tank level",
                consequenceZH: "储罐溢流，液氨泄漏", consequenceEN: "The tank overflows and ammonia escapes",
                actionZH: "关闭进料阀，停止装卸", actionEN: "Close the inlet valve and stop unloading")
        case .pressure:
            InstrumentSheet(
                letters: "PT", kind: "pressure", unit: "MPa", range: 0...2.5, high: 1.3, highHigh: 1.5, deadband: 0.02,
                priority: "critical", zh: "储罐压力", en: "Tank pressure",
                consequenceZH: "安全阀起跳", consequenceEN: "The relief valve opens",
                actionZH: "开启喷淋冷却", actionEN: "Start the cooling spray")
        case .temperature:
            InstrumentSheet(
                letters: "TT", kind: "temperature", unit: "degC", range: -40...80, high: 38, highHigh: 45,
                deadband: 0.5,
                priority: "high", zh: "储罐温度", en: "Tank temperature")
        case .inletFlow:
            InstrumentSheet(
                letters: "FT", kind: "flow", unit: "m3/h", range: 0...250, high: 200, deadband: 5, onDelaySeconds: 15,
                priority: "medium", zh: "进料流量", en: "Inlet flow")
        case .inletValve:
            InstrumentSheet(
                letters: "XV", suffix: "-IN", kind: "switch", priority: "medium", zh: "进料阀", en: "Inlet valve open")
        case .outletValve:
            InstrumentSheet(
                letters: "XV", suffix: "-OUT", kind: "switch", priority: "medium", zh: "出料阀", en: "Outlet valve open")
        case .combustible:
            Instrument.combustibleSheet(suffix: "", zh: "罐区可燃气体", en: "Combustible gas at the tank")
        case .combustibleBeside:
            Instrument.combustibleSheet(suffix: "-B", zh: "泵区可燃气体", en: "Combustible gas at the pump")
        case .toxic:
            InstrumentSheet(
                letters: "GT", kind: "gas_toxic", unit: "ppm", range: 0...200, high: 25, highHigh: 50, deadband: 2,
                priority: "critical", substance: "ammonia", zh: "氨气浓度", en: "Ammonia in air",
                consequenceZH: "人员中毒", consequenceEN: "People are poisoned",
                actionZH: "佩戴呼吸器，沿上风向撤离", actionEN: "Put on breathing apparatus and leave upwind")
        case .oxygen:
            InstrumentSheet(
                letters: "OX", kind: "oxygen", unit: "%VOL", range: 0...30, low: 19.5, high: 23.5, deadband: 0.2,
                priority: "high", profile: "gb50493", zh: "氧气浓度", en: "Oxygen in air")
        }
    }

    private static func combustibleSheet(suffix: String, zh: String, en: String) -> InstrumentSheet {
        InstrumentSheet(
            letters: "GD", suffix: suffix, kind: "gas_combustible", unit: "%LEL", range: 0...100, high: 25,
            highHigh: 50,
            deadband: 2, priority: "critical", profile: "gb50493", substance: "ammonia", zh: zh, en: en,
            consequenceZH: "可燃气体积聚，遇火爆炸", consequenceEN: "Gas gathers and can explode",
            actionZH: "查找泄漏点，切断火源", actionEN: "Find the leak and remove sources of ignition")
    }
}
