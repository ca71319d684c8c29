import Settings
import Telemetry

extension Field {
    /// A name in one or both languages.
    func bilingualText() -> BilingualText? {
        guard let section = section(of: BilingualKey.self) else { return nil }
        return BilingualText(zh: section[.zh]?.text(), en: section[.en]?.text())
    }
}
