/// A measuring point's place in the running engine: dense, from 0, valid for one applied registry only.
package struct PointIndex: Hashable, Sendable, Comparable {
    package let rawValue: Int32

    package init(_ rawValue: Int) {
        self.rawValue = Int32(rawValue)
    }

    package var position: Int { Int(rawValue) }

    package static func < (left: PointIndex, right: PointIndex) -> Bool {
        left.rawValue < right.rawValue
    }
}
