#!/usr/bin/env python3
"""Checks an incident's folder with nothing but Python 3 and the node's public key.

    python3 verify.py --public-key FILE

Exit code 0 if everything holds, 3 naming the first thing that does not. Ed25519 signatures are checked with the module
"cryptography" or, without it, the command "openssl". What is checked, and what that proves, is described in
schemas/incident.md of hazardd. Samples are checked as far as the hashes of their chunks and journal blocks go;
`hazardctl verify-incident` decodes them and holds samples.csv against them.
"""
import argparse
import base64
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
WRAPPING = bytes.fromhex("302a300506032b6570032100")


class Fault(Exception):
    pass


def require(holds, message):
    if not holds:
        raise Fault(message)


def data(name):
    try:
        with open(os.path.join(HERE, *name.split("/")), "rb") as file:
            return file.read()
    except OSError:
        raise Fault(f"{name} is missing or cannot be read")


def lines(name):
    return [line for line in data(name).decode().split("\n") if line]


def objects(name):
    return [json.loads(line) for line in lines(name)]


def number(value):
    return struct.pack("<q", value)


def part(value):
    value = value.encode() if isinstance(value, str) else value
    return number(len(value)) + value


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def millis(text):
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return (moment - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(milliseconds=1)


# Keys and signatures.

def pem(key):
    return "-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(WRAPPING + key).decode() + "\n-----END PUBLIC KEY-----\n"


def read_key(path):
    with open(path, encoding="ascii") as file:
        found = re.fullmatch(r"\s*-----BEGIN PUBLIC KEY-----\s(.*?)-----END PUBLIC KEY-----\s*", file.read(), re.S)
    wrapped = base64.b64decode("".join(found.group(1).split())) if found else b""
    if not wrapped.startswith(WRAPPING) or len(wrapped) != len(WRAPPING) + 32:
        sys.exit(f"{path} holds no Ed25519 public key in PEM")
    return wrapped[len(WRAPPING):]


def is_signed(key, signature, text):
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return is_signed_by_openssl(key, signature, text)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text.encode())
        return True
    except InvalidSignature:
        return False


def is_signed_by_openssl(key, signature, text):
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ("key.pem", "text", "signature")]
        for name, content in zip(names, (pem(key).encode(), text.encode(), signature)):
            with open(name, "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", names[0], "-rawin", "-in", names[1],
                   "-sigfile", names[2]]
        try:
            return subprocess.run(command, capture_output=True).returncode == 0
        except OSError:
            sys.exit("neither the Python module cryptography nor the command openssl is there; install one of them")


def identifier(key):
    return hashlib.sha256(key).hexdigest()[:16]


# The steps.

def check_manifest():
    manifest = json.loads(data("manifest.json"))
    require(manifest["format"] == "hazardd-incident-1", "manifest.json is of another format than this program knows")
    for name, digest in sorted(manifest["files"].items()):
        require(hashlib.sha256(data(name)).hexdigest() == digest,
                f"{name} does not have the hash that the manifest gives it")
    for folder, _, names in os.walk(HERE):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), HERE).replace(os.sep, "/")
            require(path == "manifest.json" or path in manifest["files"], f"{path} is not in the manifest")


def check_seals(trusted):
    keys = {identifier(trusted): trusted}
    for record in objects("proof/keys.jsonl"):
        previous = keys.get(record.get("previous"))
        if previous and record.get("endorsement"):
            if is_signed(previous, base64.b64decode(record["endorsement"]), record["public_key"]):
                key = base64.b64decode(record["public_key"])
                keys[identifier(key)] = key
    seals = []
    for place, document in enumerate(objects("seals.jsonl"), 1):
        require(document["key"] in keys, f"seals.jsonl, line {place}: signed by key {document['key']}, for which the "
                f"given public key {identifier(trusted)} does not vouch")
        signature = base64.b64decode(document["signature"])
        require(is_signed(keys[document["key"]], signature, document["seal"]),
                f"seals.jsonl, line {place}: the signature of key {document['key']} is not valid")
        seals.append(json.loads(document["seal"]))
    return seals


def check_records(index, seals):
    """The node's statements about its own record, each signed along with its neighbours by a seal."""
    groups, by_id = {}, {}
    for record in objects("proof/records.jsonl"):
        groups.setdefault(record.get("seal"), []).append(record)
        by_id.setdefault(record["id"], record)
    for seal, group in groups.items():
        if seal is None:
            require(index.get("open"), f"proof/records.jsonl: record {group[0]['id']} is signed by no seal")
            continue
        require(0 <= seal < len(seals), f"proof/records.jsonl: record {group[0]['id']} names a seal that is not there")
        digest = sha(*[part(record["kind"]) + part(record["body"]) for record in group]).hex()
        require(seals[seal].get("records") == digest, "proof/records.jsonl: records "
                + ", ".join(str(record["id"]) for record in group)
                + f" are not those that the seal of {seals[seal]['at']} signed")
    compactions = []
    for id in index["compactions"]:
        record = by_id.get(id)
        require(record and record["kind"] == "compaction", f"proof/records.jsonl: record {id}, a compaction, is missing")
        compactions.append(json.loads(record["body"]))
    return sorted(compactions, key=lambda body: body["first"]), by_id


def check_compacted_events(compactions):
    bodies = lines("proof/events.jsonl")
    rest = bodies
    for body in compactions:
        contents = body["contents"]
        first, last = contents.get("first_event"), contents.get("last_event")
        count = last - first + 1 if first is not None else 0
        digest = sha(*[part(event) for event in rest[:count]]).hex()
        require(digest == contents["events"], f"proof/events.jsonl: events {first} to {last} are not those that the "
                f"compaction of journal rows {body['first']} to {body['last']} took in")
        rest = rest[count:]
    require(not rest, "proof/events.jsonl has events that no compaction took in")
    return bodies


def check_links(index, seals):
    """Recomputes the links of the journal rows, up to one that a seal signed."""
    rows = objects("proof/journal.jsonl")
    if not rows:
        return rows
    signed = {seal["journal_id"]: seal["link"] for seal in reversed(seals)}
    link = bytes.fromhex(index["journal_before"])
    for row in rows:
        content = link + part(base64.b64decode(row["block"]))
        content += number(len(row["events"])) + b"".join(part(event) for event in row["events"])
        content += number(len(row["actions"])) + b"".join(part(field) for action in row["actions"] for field in action)
        if row["records"]:
            content += number(len(row["records"]))
            content += b"".join(part(record["kind"]) + part(record["body"]) for record in row["records"])
        link = sha(content)
        require(link.hex() == row["link"], f"proof/journal.jsonl: row {row['row']} does not have its link: its samples, "
                "events or actions, or those before it, are not what was recorded")
        require(signed.get(row["row"], row["link"]) == row["link"],
                f"proof/journal.jsonl: row {row['row']} is not the one that the seal of it signed")
    require(index.get("open") or rows[-1]["row"] in signed,
            f"proof/journal.jsonl: no seal signed the last row, {rows[-1]['row']}")
    return rows


def check_coverage(index, sheet, seals, compactions, rows):
    """Rows and compactions follow one another without a gap from a seal before the window to one after it."""
    by_row = {seal["journal_id"]: seal for seal in reversed(seals)}

    def check_seal(row, body):
        if row > 0 and body["first"] <= row and row in by_row:
            link = body["after"] if row == body["last"] else body["contents"]["sealed"].get(str(row))
            require(link == by_row[row]["link"], f"the compaction of journal rows {body['first']} to {body['last']} does "
                    f"not know the seal of row {row}")

    start, through = index["from_row"], index["through_row"]
    link = bytes(32).hex()
    require(0 <= start <= through, "proof/proof.json: through_row lies before from_row")
    if start > 0:
        require(start in by_row and millis(by_row[start]["at"]) <= sheet["from"],
                f"seals.jsonl has no seal of journal row {start} before the window")
        link = by_row[start]["link"]
    row = start
    for body in compactions:
        if body["last"] <= start or body["first"] > through:
            continue
        if body["first"] <= row:
            check_seal(row, body)
        else:
            require(body["first"] == row + 1 and body["before"] == link,
                    f"the compaction of journal rows after {row} is missing, up to {body['first'] - 1}")
        row, link = body["last"], body["after"]
        if through <= row:
            check_seal(through, body)
    if row < through:
        before = ([index.get("journal_before")] + [item["link"] for item in rows if item["row"] <= row])[-1]
        later = [item["row"] for item in rows if item["row"] > row]
        require(later and later[0] == row + 1 and before == link and later[-1] == through,
                f"proof/journal.jsonl: rows after {row} are missing, up to {through}")
    if not index.get("open"):
        require(through in by_row and millis(by_row[through]["at"]) >= sheet["to"],
                f"seals.jsonl has no seal of journal row {through} after the window")


def check_events(sheet, recorded):
    """events.jsonl has exactly the recorded events that belong here."""
    def belongs(event):
        if event["data"].get("episode") == sheet["episode"]:
            return True
        site = event["subject"].split("/")[0]
        return (not sheet["site"] or site == sheet["site"]) and sheet["from"] <= millis(event["time"]) <= sheet["to"]

    parsed = [(json.loads(body), body) for body in recorded]
    expected = sorted((int(event["sequence"]), body) for event, body in parsed if belongs(event))
    given = lines("events.jsonl")
    for line, (sequence, body) in zip(given, expected):
        require(line == body, f"events.jsonl: event {sequence} is not what was recorded, or one is missing before it")
    require(len(given) == len(expected),
            f"events.jsonl has {len(given)} events, but {len(expected)} are on record")
    if os.path.exists(os.path.join(HERE, "configuration", "applied.json")):
        applied = lines("configuration/applied.json")[0]
        require(applied in recorded, "configuration/applied.json is not an event on record")
        event = json.loads(applied)
        require(event["type"] == "hazard.config.applied.v1"
                and event["data"]["fingerprint"] == sheet["configuration"].get("recorded"),
                "incident.json names another configuration than configuration/applied.json")
    return len(given)


def check_chunks(by_id):
    bound = []
    for line in objects("proof/files.jsonl"):
        record = by_id.get(line["record"])
        body = json.loads(record["body"]) if record else {}
        if record and record["kind"] == "compaction":
            body = next((day for day in body["days"] if day["file"] == line["file"]), {})
        require(body.get("file") == line["file"],
                f"proof/files.jsonl: record {line['record']} does not speak of {line['file']}")
        hashes = bytes.fromhex(line["hashes"])
        require(len(hashes) == 32 * body["chunks"],
                f"proof/files.jsonl: {line['file']} should have {body['chunks']} chunks' hashes")
        require(sha(hashes).hex() == body["digest"],
                f"proof/files.jsonl: the chunks of {line['file']} are not those that were recorded")
        bound.append({hashes[place:place + 32].hex() for place in range(0, len(hashes), 32)})
    moments = set()
    for line in objects("proof/moments.jsonl"):
        digest = sha(number(line["count"]), part(base64.b64decode(line["bytes"])), part(base64.b64decode(line["shifts"])))
        require(digest.hex() == line["sha256"], f"proof/moments.jsonl: moments {line['sha256']} do not have their hash")
        moments.add(line["sha256"])
    for chunk in objects("proof/chunks.jsonl"):
        name = f"proof/chunks.jsonl: the chunk of {chunk['point']} from {chunk['first']} to {chunk['last']}"
        require(chunk["moments"] in moments, f"{name} has no moments")
        figures = [chunk["first"], chunk["last"], chunk["count"], chunk["row_first"], chunk["row_last"]]
        summary = chunk.get("summary") or []
        figures += [len(summary), *summary]
        digest = sha(part(chunk["point"]), *[number(figure) for figure in figures], bytes.fromhex(chunk["moments"]),
                     part(base64.b64decode(chunk["bytes"])))
        require(digest.hex() == chunk["sha256"], f"{name} does not have its hash")
        require(0 <= chunk["file"] < len(bound) and chunk["sha256"] in bound[chunk["file"]],
                f"{name} is not among those on record")


def check(trusted):
    check_manifest()
    sheet = json.loads(data("incident.json"))
    require(sheet["format"] == 1, "incident.json is of another format than this program knows")
    index = json.loads(data("proof/proof.json"))
    seals = check_seals(trusted)
    compactions, by_id = check_records(index, seals)
    recorded = check_compacted_events(compactions)
    rows = check_links(index, seals)
    recorded = recorded + [event for row in rows for event in row["events"]]
    check_coverage(index, sheet, seals, compactions, rows)
    count = check_events(sheet, recorded)
    check_chunks(by_id)
    require(not index.get("open"), f"not yet proven: {index.get('open')}")
    print(f"holds: {count} events of {sheet['subject']}, episode {sheet['episode']}, and the blocks and chunks of its "
          f"samples, signed by key {identifier(trusted)}")


def main():
    parser = argparse.ArgumentParser(description="Checks that this folder holds what the node recorded.")
    parser.add_argument("--public-key", required=True, metavar="FILE", help="the node's public key as kept elsewhere, PEM")
    trusted = read_key(parser.parse_args().public_key)
    try:
        check(trusted)
    except Fault as fault:
        print(f"does not verify: {fault}", file=sys.stderr)
        sys.exit(3)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        print(f"does not verify: a file is not what it should be ({type(error).__name__}: {error})", file=sys.stderr)
        sys.exit(3)


if __name__ == "__main__":
    main()
