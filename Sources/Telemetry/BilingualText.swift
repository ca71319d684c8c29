/// A name or sentence in Chinese, in English, or in both.
package struct BilingualText: Hashable, Sendable {
    package var zh: String?
    package var en: String?

    package init(zh: String? = nil, en: String? = nil) {
        self.zh = zh
        self.en = en
    }

    package var isEmpty: Bool { zh == nil && en == nil }
}
