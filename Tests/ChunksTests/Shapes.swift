import Foundation

/// Kinds of values that a point can have, each made from a seed.
enum Shape: String, CaseIterable {
    case constant, boolean, counter, resettingCounter, steps, levels, temperature, pressure, spikes, sixDigits
    case sixteenths, currentLoop, singlePrecision, tenths, inches, fullPrecision, incompressible, missing, mixed
    case repeating, ramp, huge

    func values(_ count: Int, seed: UInt64) -> [Double] {
        var random = SplitMix(seed: seed)
        var level = Double(Int.random(in: 100..<9_000, using: &random))
        let cycle = (0..<37).map { _ in Double(Int.random(in: 0..<50_000, using: &random)) / 100 }
        return (0..<count).map { sample in
            let noise = random.normal()
            let chance = Double.random(in: 0..<1, using: &random)
            switch self {
            case .constant: return 21.5
            case .boolean:
                if chance < 0.02 { level = level == 1 ? 0 : 1 } else if level > 1 { level = 0 }
                return level
            case .counter:
                level += 3
                return level
            case .resettingCounter:
                level = level > 9_900 ? 0 : level + (chance * 4).rounded(.down)
                return level
            case .steps:
                if chance < 0.01 { level += (noise * 100).rounded() }
                return level / 10
            case .levels:
                level += 0.03
                return (level + noise / 10).rounded() / 1_000
            case .temperature: return (200 + 40 * sin(Double(sample) / 4_000) + noise / 2).rounded() / 10
            case .pressure: return (level + noise * 2).rounded() / 1_000
            case .spikes: return chance < 0.005 ? (chance * 10_000).rounded() : 0
            case .sixDigits: return Double(String(format: "%.6g", 1 + noise / 2)) ?? 0
            case .sixteenths:
                level += noise
                return level.rounded() * 0.0625
            case .currentLoop: return 4 + Double(Int(1_000 + 30 * noise)) * 16 / 4_095
            case .singlePrecision: return Double(Float(20 + noise))
            case .tenths: return (200 + noise * 5).rounded() * 0.1
            case .inches: return (2_000 + noise * 20).rounded() * 0.0254
            case .fullPrecision: return 100 + noise * 5.123_456_789
            case .incompressible: return Double(bitPattern: random.next())
            case .missing: return sample / 100 % 7 == 3 ? .nan : (level + noise).rounded() / 10
            case .mixed: return chance < 0.3 ? noise : (noise * 100).rounded() / 100
            case .repeating: return cycle[sample % cycle.count]
            case .ramp: return Double(sample) * 0.25 - 1_000
            case .huge: return noise * 1e300
            }
        }
    }
}

/// Kinds of times.
enum TimeShape: String, CaseIterable {
    case exact, jittered, gaps, jitteredGaps, byException, drifting, unordered, anything, equal

    func times(_ count: Int, seed: UInt64) -> [Int64] {
        var random = SplitMix(seed: seed)
        var time: Int64 = 1_750_000_000_000
        return (0..<count).map { sample in
            let jitter = Int64.random(in: -5...5, using: &random)
            let missing: Int64 = Int.random(in: 0..<20, using: &random) == 0 ? 1_000 : 0
            switch self {
            case .exact: time += 1_000
            case .jittered: return 1_750_000_000_000 + Int64(sample) * 1_000 + jitter
            case .gaps: time += 1_000 + missing
            case .jitteredGaps:
                time += 1_000 + missing
                return time + jitter
            case .byException: time += 1 + Int64(Double.random(in: 0..<1, using: &random) * 60_000)
            case .drifting: return 1_750_000_000_000 + Int64(Double(sample) * 1_000.037) + jitter
            case .unordered: return time + Int64.random(in: -100_000...100_000, using: &random)
            case .anything: return Int64(bitPattern: random.next())
            case .equal: return time
            }
            return time
        }
    }
}
