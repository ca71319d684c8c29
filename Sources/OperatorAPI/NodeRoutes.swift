import Hummingbird
import Logging

/// Every route of a node, the same on the control socket and over TCP: only who asks is told in another way.
package struct NodeRoutes: Sendable {
    package var health: HealthRoutes
    package var operators: OperatorRoutes
    package var alarms: AlarmRoutes
    package var events: EventRoutes
    package var points: PointRoutes
    package var samples: SampleRoutes
    package var hazardSources: HazardSourceRoutes
    package var figures: FigureRoutes
    package var audit: AuditRoutes
    package var consumers: ConsumerRoutes
    /// Nil where nobody hands escalations out.
    package var escalations: EscalationRoutes?
    /// Nil where nobody reads the configuration again.
    package var reload: ReloadRoutes?
    package let tally: RequestTally

    package init(
        health: HealthRoutes, operators: OperatorRoutes, alarms: AlarmRoutes, events: EventRoutes, points: PointRoutes,
        samples: SampleRoutes, hazardSources: HazardSourceRoutes, figures: FigureRoutes, audit: AuditRoutes,
        consumers: ConsumerRoutes, escalations: EscalationRoutes? = nil, reload: ReloadRoutes? = nil,
        tally: RequestTally
    ) {
        self.health = health
        self.operators = operators
        self.alarms = alarms
        self.events = events
        self.points = points
        self.samples = samples
        self.hazardSources = hazardSources
        self.figures = figures
        self.audit = audit
        self.consumers = consumers
        self.escalations = escalations
        self.reload = reload
        self.tally = tally
    }

    /// A router with these routes behind what every answer passes through.
    /// - Parameter guardian: what requests pass before they come to a route.
    func router<Context: ActorContext>(
        _ context: Context.Type, guardian: (any MiddlewareProtocol<Request, Response, Context>)? = nil, logger: Logger
    ) -> Router<Context> {
        let router = Router(context: context)
        router.add(middleware: TallyMiddleware(tally: tally))
        let paths = DocumentedPaths(openAPI: PackageResources.openapi_yaml)
        router.add(middleware: ProblemMiddleware(paths: paths, logger: logger))
        if let guardian { router.add(middleware: guardian) }
        health.add(to: router)
        operators.add(to: router)
        alarms.add(to: router)
        events.add(to: router)
        points.add(to: router)
        samples.add(to: router)
        hazardSources.add(to: router)
        figures.add(to: router)
        audit.add(to: router)
        consumers.add(to: router)
        escalations?.add(to: router)
        reload?.add(to: router)
        DocumentRoutes().add(to: router)
        return router
    }
}
