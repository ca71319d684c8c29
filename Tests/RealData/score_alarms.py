#!/usr/bin/env python3
"""Holds the alarms of a replay against labelled anomalies: precision, recall, and the delay of each anomaly.

    hazardctl replay --registry proposed --alarms alarms.jsonl ...
    score_alarms.py LABELS.csv alarms.jsonl [--rules proposed] [--format json]

LABELS.csv has the columns t_ms, anomaly (1 within one, else 0 or empty) and file (which experiment). alarms.jsonl is what
`hazardctl replay --alarms` wrote. An anomaly is a run of labelled times of one experiment. An alarm counts as true if the sample
that raised it lies within an anomaly, or up to --grace seconds behind it, while the process still recovers; an alarm that stood
before an anomaly began does not detect it. Alarms of instruments (BAD, STALE, ...) are not about the process and left out unless
--conditions names them. Python's standard library only.
"""

import argparse
import bisect
import csv
import json
import statistics
import sys

# What the experiments of the Skoltech Anomaly Benchmark are, by the names of their files.
KINDS = {
    "valve1/": "valve closing (outlet)",
    "valve2/": "valve closing (inlet)",
    "other/1.": "leak", "other/2.": "leak", "other/3.": "leak", "other/4.": "leak",
    "other/5.": "imbalance", "other/6.": "imbalance", "other/7.": "imbalance", "other/8.": "imbalance",
    "other/9.": "imbalance",
    "other/10.": "water added", "other/11.": "water added",
    "other/12.": "cavitation", "other/13.": "cavitation",
    "other/14.": "hot water",
}


def kind(name):
    return next((KINDS[start] for start in KINDS if name.startswith(start)), "none")


def read_labels(path):
    """Labelled times in order, and the anomalies: (file, first time, last time)."""
    with open(path, newline="", encoding="utf-8") as source:
        rows = sorted(
            (int(row["t_ms"]), row["file"], row["anomaly"] not in ("", "0", "0.0")) for row in csv.DictReader(source))
    anomalies = []
    running = None
    for time, name, is_anomaly in rows:
        if not is_anomaly:
            running = None
        elif running is not None and anomalies[running][0] == name:
            anomalies[running][2] = time
        else:
            running = len(anomalies)
            anomalies.append([name, time, time])
    return rows, anomalies


def read_alarms(path, rules, conditions):
    alarms = []
    with open(path, encoding="utf-8") as source:
        for line in source:
            alarm = json.loads(line)
            if alarm["rules"] == rules and alarm["subject"].rsplit("/", 1)[1] in conditions:
                alarms.append(alarm)
    return sorted(alarms, key=lambda alarm: (alarm["sampled_at"], alarm["subject"]))


def share(part, whole):
    return round(part / whole, 4) if whole else None


def hit(anomalies, time, grace):
    """The place of the anomaly that a time belongs to."""
    return next(
        (place for place, (_, first, last) in enumerate(anomalies) if first <= time <= last + grace), None)


def by_seconds(rows, alarms):
    """Of all labelled times, those at which an alarm stood."""
    spans = []
    for alarm in alarms:
        end = alarm["returned_at"] if alarm["returned_at"] is not None else float("inf")
        if spans and alarm["sampled_at"] <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([alarm["sampled_at"], end])
    starts = [span[0] for span in spans]
    counts = {"true": 0, "false": 0, "missed": 0}
    for time, _, is_anomaly in rows:
        place = bisect.bisect_right(starts, time) - 1
        stands = place >= 0 and time < spans[place][1]
        if stands or is_anomaly:
            counts["missed" if not stands else "true" if is_anomaly else "false"] += 1
    return {
        **counts,
        "precision": share(counts["true"], counts["true"] + counts["false"]),
        "recall": share(counts["true"], counts["true"] + counts["missed"]),
    }


def score(rows, anomalies, alarms, grace):
    found = [{"file": name, "kind": kind(name), "start": first, "seconds": (last - first) // 1000, "delay_s": None,
              "first_alarm": None} for name, first, last in anomalies]
    times = [time for time, _, _ in rows]
    subjects = {}
    false_by_file = {}
    true = 0
    for alarm in alarms:
        place = hit(anomalies, alarm["sampled_at"], grace)
        tally = subjects.setdefault(alarm["subject"], {"true": 0, "false": 0})
        tally["false" if place is None else "true"] += 1
        if place is None:
            nearest = min(max(bisect.bisect_right(times, alarm["sampled_at"]) - 1, 0), len(rows) - 1)
            name = rows[nearest][1]
            false_by_file[name] = false_by_file.get(name, 0) + 1
            continue
        true += 1
        if found[place]["delay_s"] is None:
            found[place]["delay_s"] = (alarm["sampled_at"] - found[place]["start"]) / 1000
            found[place]["first_alarm"] = alarm["subject"]
    detected = [anomaly for anomaly in found if anomaly["delay_s"] is not None]
    kinds = {}
    for anomaly in found:
        entry = kinds.setdefault(anomaly["kind"], {"anomalies": 0, "delays": []})
        entry["anomalies"] += 1
        if anomaly["delay_s"] is not None:
            entry["delays"].append(anomaly["delay_s"])
    return {
        "alarms": len(alarms),
        "true_alarms": true,
        "precision": share(true, len(alarms)),
        "anomalies": len(found),
        "detected": len(detected),
        "recall": share(len(detected), len(found)),
        "median_delay_s": statistics.median(a["delay_s"] for a in detected) if detected else None,
        "by_seconds": by_seconds(rows, alarms),
        "by_kind": {
            name: {
                "anomalies": entry["anomalies"], "detected": len(entry["delays"]),
                "recall": share(len(entry["delays"]), entry["anomalies"]),
                "median_delay_s": statistics.median(entry["delays"]) if entry["delays"] else None,
            } for name, entry in sorted(kinds.items())
        },
        "by_alarm": {
            name: {**tally, "precision": share(tally["true"], tally["true"] + tally["false"])}
            for name, tally in sorted(subjects.items())
        },
        "false_by_file": dict(sorted(false_by_file.items())),
        "by_anomaly": found,
    }


def text(value):
    return "-" if value is None else str(value)


def show(result):
    print(f"alarms {result['alarms']}, true {result['true_alarms']}, precision {text(result['precision'])}")
    print(f"anomalies {result['anomalies']}, detected {result['detected']}, recall {text(result['recall'])}, "
          f"median delay {text(result['median_delay_s'])} s")
    seconds = result["by_seconds"]
    print(f"by seconds: precision {text(seconds['precision'])}, recall {text(seconds['recall'])}")
    print("\nKIND                     ANOMALIES  DETECTED  MEDIAN DELAY")
    for name, entry in result["by_kind"].items():
        print(f"{name:24} {entry['anomalies']:9}  {entry['detected']:8}  {text(entry['median_delay_s']):>10} s")
    print("\nALARM                                     TRUE  FALSE  PRECISION")
    for name, entry in result["by_alarm"].items():
        print(f"{name:40} {entry['true']:5}  {entry['false']:5}  {text(entry['precision']):>9}")
    print("\nANOMALY           KIND                      SECONDS     DELAY  FIRST ALARM")
    for anomaly in result["by_anomaly"]:
        delay = "missed" if anomaly["delay_s"] is None else f"{anomaly['delay_s']:.0f} s"
        print(f"{anomaly['file']:17} {anomaly['kind']:25} {anomaly['seconds']:7}  {delay:>8}  "
              f"{text(anomaly['first_alarm'])}")
    if result["false_by_file"]:
        print("\nfalse alarms: " + ", ".join(f"{name} {count}" for name, count in result["false_by_file"].items()))


def main():
    parser = argparse.ArgumentParser(
        description="Hold the alarms of a replay against labelled anomalies.")
    parser.add_argument("labels", help="CSV with t_ms, anomaly and file")
    parser.add_argument("alarms", help="what hazardctl replay --alarms wrote")
    parser.add_argument("--rules", choices=["in_force", "proposed"], default="in_force")
    parser.add_argument("--grace", type=float, default=60, help="seconds behind an anomaly; 60")
    parser.add_argument("--conditions", default="HH,H,L,LL,RATE,DEVIATION")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    options = parser.parse_args()
    rows, anomalies = read_labels(options.labels)
    if not rows:
        sys.exit(f"{options.labels} has no labels; valid: rows of t_ms, anomaly and file")
    alarms = read_alarms(options.alarms, options.rules, set(options.conditions.split(",")))
    result = score(rows, anomalies, alarms, int(options.grace * 1000))
    if options.format == "json":
        print(json.dumps(result, ensure_ascii=False))
    else:
        show(result)


if __name__ == "__main__":
    main()
