/// Finds the form in which the values of a chunk are the smallest integers.
struct ValueFinder {
    /// Values as integers, with what does not go into the form.
    struct Found {
        let form: ValueForm
        /// By sample; an exception repeats the integer before it.
        let integers: [Int64]
        let exceptions: Exceptions
    }

    private let values: [Double]
    /// One exception in so many is more than a form may have.
    private static let tolerance = 64

    init(_ values: [Double]) { self.values = values }

    /// The forms that are worth comparing, at least one. Short decimals have no rival.
    func forms() -> [Found] {
        let decimals = decimals()
        if let last = decimals.last, isTolerable(last) {
            let widest = last.integers.reduce(0) { $0 | $1.magnitude }
            return widest < 1 << 36 ? decimals : decimals + [pattern()]
        }
        return decimals + [multiple() ?? pattern()]
    }

    private func pattern() -> Found {
        Found(form: .pattern, integers: values.map { ValueForm.ordered($0) }, exceptions: Exceptions())
    }

    /// With as few digits as leave few exceptions, and, if these have more digits but are decimals, with all digits;
    /// if there are always many exceptions, with the digits that most values have.
    private func decimals() -> [Found] {
        let step = max(1, values.count / 48)
        let some = stride(from: 0, to: values.count, by: step).map { Self.exponent(of: values[$0], from: 0) }
        let exponents = some.compactMap { $0 }.sorted()
        guard exponents.count * 2 > some.count, let longest = exponents.last else { return [] }
        var tolerable: [Found] = []
        var exponent = longest
        // What the sample did not show may ask for more digits, again and again, but not for ever.
        for _ in 0..<4 {
            let found = decimal(exponent)
            if found.exceptions.count == 0 { return tolerable.suffix(1) + [found] }
            if isTolerable(found) { tolerable.append(found) }
            // A few that do not fit are enough to tell; among very many that never fit the search would be long.
            let power = ValueForm.powers[exponent]
            let misfits = values.lazy.filter { ValueForm.decimal($0, power: power) == nil }.prefix(64)
            let finer = misfits.lazy.compactMap { Self.exponent(of: $0, from: exponent + 1) }.first
            guard let finer else { break }
            exponent = finer
        }
        if tolerable.isEmpty {
            let usual = decimal(exponents[exponents.count * 2 / 3])
            if usual.exceptions.count * 2 < values.count { return [usual] }
        }
        return tolerable
    }

    private func decimal(_ exponent: Int) -> Found {
        let power = ValueForm.powers[exponent]
        return scan(.decimal(exponent: exponent)) { ValueForm.decimal($0, power: power) }
    }

    private func isTolerable(_ found: Found) -> Bool {
        found.exceptions.count * Self.tolerance <= values.count || found.exceptions.runs.count * 256 <= values.count
    }

    /// The smallest power of ten, not below `from`, that makes the value an integer.
    private static func exponent(of value: Double, from: Int) -> Int? {
        (from..<18).first { ValueForm.decimal(value, power: ValueForm.powers[$0]) != nil }
    }

    /// Multiples of a tenth, a hundredth … as products, or of the smallest distance between two values.
    private func multiple() -> Found? {
        let step = max(1, values.count / 64)
        let some = stride(from: 0, to: values.count, by: step).map { values[$0] }.filter(\.isFinite)
        guard some.count > 3 else { return nil }
        var units = (1...12).map { 1 / ValueForm.powers[$0] }
        units.append(contentsOf: Self.units(of: values))
        for unit in units where unit.isNormal {
            let misfits = some.reduce(0) { $0 + (ValueForm.multiple($1, unit: unit) == nil ? 1 : 0) }
            guard misfits * 16 <= some.count else { continue }
            let found = scan(.multiple(of: unit)) { ValueForm.multiple($0, unit: unit) }
            if isTolerable(found) { return found }
        }
        return nil
    }

    /// Candidates for the unit that values are multiples of: from the smallest distance of neighbours in order, made
    /// more exact with ever larger values.
    private static func units(of values: [Double]) -> [Double] {
        let step = max(1, values.count / 2_048)
        var some = stride(from: 0, to: values.count, by: step).map { values[$0] }.filter(\.isFinite)
        some.sort()
        guard let least = some.first, let most = some.last, least < most else { return [] }
        let widest = max(least.magnitude, most.magnitude)
        var unit = Double.infinity
        for (left, right) in zip(some, some.dropFirst()) where right - left > widest * 0x1p-40 {
            unit = min(unit, right - left)
        }
        guard unit.isFinite else { return [] }
        some.sort { $0.magnitude < $1.magnitude }
        for value in some where value != 0 {
            let times = (value / unit).rounded(.toNearestOrAwayFromZero)
            if times != 0, times.magnitude < 0x1p53 { unit = (value / times).magnitude }
        }
        return [unit, unit.nextUp, unit.nextDown, unit.nextUp.nextUp, unit.nextDown.nextDown]
    }

    private func scan(_ form: ValueForm, integer: (Double) -> Int64?) -> Found {
        var exceptions = Exceptions()
        var integers = [Int64](repeating: 0, count: values.count)
        var last: Int64?
        for sample in values.indices {
            let value = values[sample]
            if let found = integer(value) {
                if last == nil { for earlier in 0..<sample { integers[earlier] = found } }
                integers[sample] = found
                last = found
            } else {
                exceptions.append(sample, value)
                integers[sample] = last ?? 0
            }
        }
        return Found(form: form, integers: integers, exceptions: exceptions)
    }
}
