import AlarmFigures
import Figures
import Pipeline
import Store
import Telemetry

/// `GET /metrics`: the daemon's figures in Prometheus' text format. Every metric is described in
/// `schemas/metrics.md`.
struct MetricsPage {
    let figures: NodeFigures
    let status: NodeStatus
    let queues: QueueFigures
    let http: RequestTally.Figures
    let node: String

    func text(at now: Instant) -> String {
        var page = PrometheusText()
        page.series(
            "hazardd_node_info", "Always 1; names the node.", type: "gauge", label: "node", [(node, 1)])
        page.gauge(
            "hazardd_ready", "1 while telemetry is being recorded.", figures.obstacles(at: now.monotonic).isEmpty)
        addOutcomes(&page)
        addCommits(&page)
        addConnections(&page, now)
        addQueues(&page)
        addAlarms(&page)
        addWebhooks(&page)
        addStorage(&page)
        addRequests(&page)
        addProcess(&page)
        return page.text
    }

    private func addOutcomes(_ page: inout PrometheusText) {
        let sums = figures.accounting
        page.counter("hazardd_samples_received_total", "Samples received, since the state was made.", sums.received)
        page.series(
            "hazardd_samples_total", "Samples by outcome; they add up to those received.", type: "counter",
            label: "outcome",
            [
                ("stored", sums.stored), ("duplicate", sums.duplicate), ("unmapped", sums.unmapped),
                ("quarantined", sums.quarantined),
            ])
    }

    private func addCommits(_ page: inout PrometheusText) {
        page.histogram("hazardd_burst_samples", "Samples a commit covers.", figures.burstSamples)
        page.histogram("hazardd_commit_duration_seconds", "Duration of a commit.", figures.commitSeconds)
        page.histogram(
            "hazardd_receipt_to_commit_seconds", "From reading a burst's first message to its commit.",
            figures.receiptToCommitSeconds)
        page.histogram(
            "hazardd_sample_age_seconds", "From a burst's newest sample's own time to its commit.",
            figures.sampleAgeSeconds)
        page.gauge("hazardd_lag_seconds", "The same for the last burst, from its receipt.", Double(figures.lag) / 1e9)
        page.counter(
            "hazardd_commit_failures_total", "Commits that failed and were tried again.", figures.commitFailures)
        page.gauge("hazardd_store_failing", "1 while commits fail.", figures.isStoreFailing)
        page.gauge("hazardd_holding", "1 while reading waits for space on the disk.", figures.isHolding)
        if let last = status.lastCommit {
            page.gauge(
                "hazardd_last_commit_timestamp_seconds", "When the last burst was committed.", Double(last) / 1_000)
        }
    }

    private func addConnections(_ page: inout PrometheusText, _ now: Instant) {
        page.gauge("hazardd_broker_subscribed", "1 while telemetry is subscribed to.", figures.isSubscribed)
        page.counter("hazardd_broker_losses_total", "Connections to the broker that were lost.", figures.brokerLosses)
        page.gauge("hazardd_feed_connected", "1 while the feed's session stands.", figures.isFeedConnected)
        page.gauge(
            "hazardd_pipeline_idle_seconds", "Since the pipeline last finished a turn.",
            Double(max(0, now.monotonic - figures.lastTurn)) / 1_000)
        page.gauge("hazardd_sites", "Sites of the registry in force.", Int64(figures.sites))
        page.gauge("hazardd_points", "Points of the registry in force.", Int64(figures.points))
        page.gauge("hazardd_gateways", "Gateways of the registry in force.", Int64(figures.gateways))
        page.gauge("hazardd_gateways_offline", "Gateways that are OFFLINE.", Int64(figures.gatewaysOffline))
    }

    private func addQueues(_ page: inout PrometheusText) {
        page.series(
            "hazardd_queue_depth", "What waits in each bounded queue.", type: "gauge", label: "queue",
            [
                ("requests", Int64(queues.requests)), ("publications", Int64(figures.publicationsUnderWay)),
                ("events", max(0, status.lastSequence - status.publishedSequence)),
                ("quarantine", status.quarantineEntries), ("unmapped", status.unmappedTags),
            ])
        page.series(
            "hazardd_queue_bound", "The most that each queue holds.", type: "gauge", label: "queue",
            [
                ("requests", Int64(queues.requestBound)), ("publications", Int64(queues.publicationBound)),
                ("quarantine", StateDatabase.quarantineBound), ("unmapped", Int64(StateDatabase.unmappedBound)),
            ])
    }

    private func addAlarms(_ page: inout PrometheusText) {
        page.series(
            "hazardd_alarms", "Alarms that are not normal, by priority.", type: "gauge", label: "priority",
            Priority.allCases.map { ($0.name, status.alarmsByPriority[$0] ?? 0) })
        page.gauge(
            "hazardd_alarms_unacknowledged", "Alarms that wait for an acknowledgement.", status.unacknowledgedAlarms)
        let live = figures.alarms
        page.gauge(
            "hazardd_alarms_recent", "Alarms annunciated in the last ten minutes.", Int64(live.recent))
        page.gauge(
            "hazardd_alarms_recent_worst", "The most of them at one operator position.", Int64(live.most))
        page.gauge("hazardd_flood_positions", "Operator positions in an alarm flood.", Int64(live.floods))
        page.gauge(
            "hazardd_alarms_chattering", "Alarms with three transitions in the last minute.", Int64(live.chattering))
        page.gauge("hazardd_alarms_stale", "Alarms active and shown for more than a day.", Int64(live.stale))
        page.gauge(
            "hazardd_escalations_open", "Escalations of running climbs that are not done.", status.openEscalations)
        page.series(
            "hazardd_escalations", "Escalations that consumers have to do with.", type: "gauge", label: "state",
            [
                ("ready", Int64(figures.escalations.ready)), ("under_way", Int64(figures.escalations.underWay)),
                ("dead_lettered", Int64(figures.escalations.deadLetters)),
            ])
        page.gauge(
            "hazardd_escalation_claims_waiting", "Consumers that wait for an escalation to claim.",
            Int64(figures.waitingClaims))
        page.counter(
            "hazardd_events_total", "Events of the node's log: the newest sequence number.", status.lastSequence)
        page.gauge(
            "hazardd_events_published", "The newest event that the broker acknowledged.", status.publishedSequence)
    }

    /// Nothing where the settings name no target.
    private func addWebhooks(_ page: inout PrometheusText) {
        let targets = figures.webhooks.sorted { $0.key < $1.key }
        guard !targets.isEmpty else { return }
        page.series(
            "hazardd_webhook_delivered_total", "Events that a webhook target took.", type: "counter", label: "webhook",
            targets.map { ($0.key, $0.value.delivered) })
        page.series(
            "hazardd_webhook_failures_total", "Attempts to deliver an event that failed, by kind.", type: "counter",
            labels: ["webhook", "kind"],
            targets.flatMap { name, target in
                WebhookFigures.Failure.allCases.map { ([name, $0.rawValue], target.failures[$0] ?? 0) }
            })
        page.series(
            "hazardd_webhook_retries_total", "Attempts that were not an event's first.", type: "counter",
            label: "webhook", targets.map { ($0.key, $0.value.retries) })
        page.series(
            "hazardd_webhook_circuit_open", "1 while a target takes nothing and is only tried.", type: "gauge",
            label: "webhook", targets.map { ($0.key, $0.value.isCircuitOpen ? 1 : 0) })
        page.series(
            "hazardd_webhook_gone", "1 once a target answered 410, until a reload.", type: "gauge", label: "webhook",
            targets.map { ($0.key, $0.value.isGone ? 1 : 0) })
        page.series(
            "hazardd_webhook_lag_events", "Events of the log beyond a target's cursor.", type: "gauge",
            label: "webhook", targets.map { ($0.key, max(0, status.lastSequence - $0.value.cursor)) })
    }

    private func addStorage(_ page: inout PrometheusText) {
        page.gauge("hazardd_database_bytes", "Size of the state database.", status.databaseBytes)
        page.gauge("hazardd_wal_bytes", "Size of its write-ahead log.", status.walBytes)
        if let free = queues.freeBytes { page.gauge("hazardd_disk_free_bytes", "Free space on its disk.", free) }
    }

    private func addRequests(_ page: inout PrometheusText) {
        let requests = http.requests.sorted { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }
        page.series(
            "hazardd_http_requests_total", "Requests answered over HTTP, by the kind of route and the status.",
            type: "counter", labels: ["route", "status"],
            requests.map { ([$0.key.route, String($0.key.status)], $0.value) })
        page.counter("hazardd_http_limited_total", "Requests refused because there were too many.", http.limited)
        page.gauge("hazardd_http_streams", "Event streams that are open.", http.streams)
        page.counter(
            "hazardd_http_cut_total", "Connections ended because the peer did not read its answer.", http.cut)
    }

    /// As Prometheus' client libraries name them.
    private func addProcess(_ page: inout PrometheusText) {
        let process = ProcessFigures.current
        page.gauge("process_resident_memory_bytes", "Resident memory size in bytes.", process.residentBytes)
        page.gauge("process_open_fds", "Number of open file descriptors.", process.openDescriptors)
        page.counter("process_cpu_seconds_total", "User and system CPU time spent in seconds.", process.cpuSeconds)
    }
}
