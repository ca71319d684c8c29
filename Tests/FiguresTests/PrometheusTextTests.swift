import Figures
import Testing

@Suite("Prometheus' text")
struct PrometheusTextTests {
    @Test("counts a histogram's values up to each bound, the last without one")
    func histogram() {
        var histogram = Histogram([0.5, 1, 5])
        for value in [0.25, 0.5, 0.75, 9] { histogram.add(value) }
        var page = PrometheusText()
        page.histogram("h_seconds", "Help.", histogram)
        #expect(
            page.text == """
                # HELP h_seconds Help.
                # TYPE h_seconds histogram
                h_seconds_bucket{le="0.5"} 2
                h_seconds_bucket{le="1"} 3
                h_seconds_bucket{le="5"} 3
                h_seconds_bucket{le="+Inf"} 4
                h_seconds_sum 10.5
                h_seconds_count 4

                """)
    }

    @Test("escapes what a label's value may not hold")
    func escaping() {
        var page = PrometheusText()
        page.series("s", "Help.", type: "gauge", label: "l", [("a\"b\\c\nd", 1)])
        #expect(page.text.hasSuffix("s{l=\"a\\\"b\\\\c\\nd\"} 1\n"))
    }

    @Test("of several labels name each of them")
    func labels() {
        var page = PrometheusText()
        page.series(
            "hazardd_things_total", "Things.", type: "counter", labels: ["webhook", "kind"],
            [(["a\"b", "timeout"], 3), (["c", "gone"], 0)])
        #expect(
            page.text.hasSuffix(
                """
                # TYPE hazardd_things_total counter
                hazardd_things_total{webhook="a\\"b",kind="timeout"} 3
                hazardd_things_total{webhook="c",kind="gone"} 0

                """))
    }
}
