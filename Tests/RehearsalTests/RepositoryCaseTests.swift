import Rehearsal
import Testing

@Suite("The rule tests of Tests/Cases/rules")
struct RepositoryCaseTests {
    @Test("hold", arguments: RepositoryCase.all)
    func holds(repositoryCase: RepositoryCase) throws {
        let failure = RuleTestRun.failure(of: try repositoryCase.read())
        #expect(failure == nil, "\(failure.map { "\($0)" } ?? "")")
    }

    @Test("hold if the daemon is killed and started after any step", arguments: RepositoryCase.all)
    func holdsOverRestarts(repositoryCase: RepositoryCase) throws {
        let test = try repositoryCase.read()
        guard test.restartChanges == nil else { return }
        for step in 0..<test.stepCount {
            let failure = RuleTestRun.failure(of: test, restartAfter: step)
            #expect(failure == nil, "killed after step \(step + 1): \(failure.map { "\($0)" } ?? "")")
        }
    }

    @Test("are many, and each says what it is about")
    func areMany() throws {
        #expect(RepositoryCase.all.count >= 25)
        let names = try RepositoryCase.all.map { try $0.read().name }
        #expect(Set(names).count == names.count, "two have the same name")
    }
}
