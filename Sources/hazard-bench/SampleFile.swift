import Foundation

/// The samples of a CSV file: point,t_ms,value under one line of names.
enum SampleFile {
    struct Samples {
        var times: [Int64] = []
        var values: [Double] = []
    }

    /// By point, in the order of names; nil if the file cannot be read.
    static func points(at path: String) -> [(name: String, samples: Samples)]? {
        guard var data = FileManager.default.contents(atPath: path) else { return nil }
        // What reads numbers stops there at the latest.
        data.append(0)
        var points: [Samples] = []
        var index: [Data: Int] = [:]
        unsafe data.withUnsafeBytes { bytes in
            guard let text = unsafe bytes.bindMemory(to: CChar.self).baseAddress else { return }
            var place = unsafe end(of: text, from: 0)
            while place + 1 < bytes.count - 1 {
                let start = place + 1
                place = unsafe end(of: text, from: start)
                guard let comma = unsafe memchr(text + start, 0x2C, place - start) else { continue }
                let length = unsafe UnsafeRawPointer(comma) - UnsafeRawPointer(text + start)
                let name = unsafe Data(bytes: text + start, count: length)
                var rest: UnsafeMutablePointer<CChar>?
                let time = unsafe strtoll(text + start + length + 1, &rest, 10)
                guard let behind = unsafe rest else { continue }
                let value = unsafe strtod(behind + 1, nil)
                let point = index[name] ?? points.count
                if point == points.count {
                    index[name] = point
                    points.append(Samples())
                }
                points[point].times.append(Int64(time))
                points[point].values.append(value)
            }
        }
        let named = index.map { (name: String(decoding: $0.key, as: UTF8.self), samples: points[$0.value]) }
        return named.sorted { $0.name < $1.name }
    }

    /// Where the line that `from` is in ends.
    private static func end(of text: UnsafePointer<CChar>, from: Int) -> Int {
        var place = from
        while unsafe text[place] != 0 && text[place] != 0x0A { place += 1 }
        return place
    }
}
