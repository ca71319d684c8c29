/// The latest samples of every point: one fixed ring a point, carved out of one slab.
///
/// A full ring forgets its oldest sample; what it no longer holds is looked up in the journal.
struct RingSlab {
    struct Slot {
        var time: Int64
        var value: Double
    }

    /// Samples a ring holds; a power of two, so that counts may wrap.
    static let capacity = 8

    var slots: [Slot]
    private var isRestored = false

    init(points: Int) {
        slots = [Slot](repeating: Slot(time: .min, value: .nan), count: points * RingSlab.capacity)
    }

    /// Where the sample goes that comes after `count` others.
    @inline(__always)
    static func place(_ point: Int, after count: UInt32) -> Int {
        point * capacity + Int(count) & (capacity - 1)
    }

    /// One more, kept clear of small numbers when it wraps: those say that the ring holds everything.
    @inline(__always)
    static func counted(_ count: UInt32) -> UInt32 {
        count == .max ? .max - UInt32(capacity - 1) : count + 1
    }

    /// The value recorded for exactly this time, if the ring still holds it.
    func value(_ point: Int, _ count: UInt32, at time: Int64) -> Double? {
        let first = point * RingSlab.capacity
        for place in first..<(first + min(Int(count), RingSlab.capacity)) where slots[place].time == time {
            return slots[place].value
        }
        return nil
    }

    /// The value at a time, between the two samples around it; nil if the ring has not both, or one is further away than
    /// `within` milliseconds.
    func value(_ point: Int, _ count: UInt32, around time: Int64, within: Int64) -> Double? {
        var before = Slot(time: .min, value: .nan)
        var after = Slot(time: .max, value: .nan)
        let first = point * RingSlab.capacity
        for place in first..<(first + min(Int(count), RingSlab.capacity)) {
            let slot = slots[place]
            if slot.time == time { return slot.value }
            if slot.time < time, slot.time > before.time { before = slot }
            if slot.time > time, slot.time < after.time { after = slot }
        }
        guard before.time != .min, after.time != .max, time - before.time <= within, after.time - time <= within else {
            return nil
        }
        let share = Double(time - before.time) / Double(after.time - before.time)
        return before.value + (after.value - before.value) * share
    }

    /// Whether the ring holds every sample the point ever had.
    func isComplete(_ count: UInt32) -> Bool { !isRestored && count <= RingSlab.capacity }

    /// Says that older samples may be recorded than those the rings were given.
    mutating func beginRestored() { isRestored = true }
}
