import Settings

/// One site file with its point list, read without regard to any other, so that many can be read side by side. Its
/// positions begin at 0.
///
/// `@unchecked Sendable` because the thread that reads it hands it on whole: nothing else holds its log or its fields.
struct SiteDraft: @unchecked Sendable {
    /// What is wrong with the files.
    let log = FaultLog()
    private(set) var builder = RegistryBuilder()
    /// What was read, in the order of reading.
    private(set) var files: [ConfigurationFiles.File] = []

    init(_ file: SourceFile, _ reader: SiteReader) {
        guard let bytes = file.bytes(for: nil, log: log) else { return }
        files.append(ConfigurationFiles.File(name: file.name, bytes: bytes))
        guard let root = Field(document: bytes, file: file, log: log), let site = reader.read(root, into: &builder)
        else { return }
        guard site.pointsFile != nil else {
            builder.settle(site.claims, site: site.site, after: 0) { _ in false }
            _ = RedundancyReader.groups(site.redundant, in: []) { _ in false }
            return
        }
        guard let list = readPoints(of: site, beside: file, reader.standards) else { return }
        builder.settle(site.claims, site: site.site, after: 0) { list.mentions($0) }
        builder.add(RedundancyReader.groups(site.redundant, in: builder.registry.points[...]) { list.mentions($0) })
    }

    /// Nil when the site's point list cannot be read.
    private mutating func readPoints(
        of site: SiteReader.Opened, beside file: SourceFile, _ standards: StandardsProfile?
    ) -> PointListReader? {
        guard let field = site.pointsFile, let path = field.absolutePath() else { return nil }
        let list = file.other(at: path)
        guard let bytes = list.bytes(for: field, log: log) else { return nil }
        files.append(ConfigurationFiles.File(name: list.name, bytes: bytes))
        var points = PointListReader(
            bytes: bytes, file: list, site: site.site, standards: standards,
            deviations: RedundancyReader.carriers(site.redundant), log: log)
        points.read(into: &builder)
        return points
    }
}
