#!/usr/bin/env python3
"""Reads recorded samples out of hazardd's files, without hazardd.

    read_history.py FILE.sqlite [--point SITE/POINT] [--from T] [--to T] [--receipts]
    read_history.py --minutes rollups.sqlite [--point SITE/POINT] [--from T] [--to T]
    read_history.py --check FILE.sqlite

FILE.sqlite is a day file of history/. T is UTC milliseconds or RFC 3339, both ends included. CSV goes to standard output;
`value` is empty where a sample has none, and else reads back as the very double that was stored. Of several samples with
the same point and time the one recorded first is printed. With --receipts two columns follow: when a sample was taken in,
and how far its time was moved back because its source's clock ran ahead, in milliseconds. --check recomputes the SHA-256
of every chunk. Exit codes: 0 done, 1 failed, 2 usage, 3 a hash does not hold or a chunk cannot be decoded.

Written from chunk-format.md and state.md beside it; it shares no code with hazardd. Needs Python 3.9 and, for packed
series, Python's module zstandard or the program zstd.
"""

import argparse
import csv
import datetime
import hashlib
import io
import math
import sqlite3
import struct
import subprocess
import sys
import tempfile

try:
    import zstandard
except ImportError:
    zstandard = None

BLOCK = 2048
MOST_SAMPLES = 32768
MASK = (1 << 64) - 1
NONE = 255


class Damaged(Exception):
    """Bytes that are not what the format says."""


class Failed(Exception):
    """Anything else that ends the program; says which object, what was wrong and what would be right."""


def wrap(number):
    """The number modulo 2^64, as a signed integer."""
    return ((number + (1 << 63)) & MASK) - (1 << 63)


def unzigzag(number):
    return (number >> 1) ^ -(number & 1)


class Reader:
    """Takes numbers from bytes, one after the other."""

    def __init__(self, data):
        self.data = data
        self.place = 0

    def take(self, count):
        part = self.data[self.place : self.place + count]
        if len(part) != count:
            raise Damaged(f"it ends {count - len(part)} bytes early")
        self.place += count
        return part

    def byte(self, name="a byte", least=0, most=255):
        value = self.take(1)[0]
        if not least <= value <= most:
            raise Damaged(f"{name} is {value}, not {least} to {most}")
        return value

    def unsigned(self):
        value = 0
        for shift in range(0, 70, 7):
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value & MASK
        raise Damaged("a number takes more than ten bytes")

    def bounded(self, name, most):
        value = self.unsigned()
        if value > most:
            raise Damaged(f"{name} is {value}, more than {most}")
        return value

    def signed(self):
        return wrap(unzigzag(self.unsigned()))

    def fixed(self):
        return struct.unpack("<Q", self.take(8))[0]


class Bits:
    """Takes bits from bytes, the highest of each byte first."""

    def __init__(self, data):
        self.data = data
        self.place = 0

    def take(self, count):
        end = self.place + count
        first, last = self.place >> 3, (end + 7) >> 3
        if last > len(self.data):
            raise Damaged("it ends amid its bits")
        part = int.from_bytes(self.data[first:last], "big") >> (8 * last - end)
        self.place = end
        return part & ((1 << count) - 1)

    def ones(self, most):
        count = 0
        while self.take(1):
            count += 1
            if count > most:
                raise Damaged(f"a quotient is more than {most}")
        return count


# --- Series -----------------------------------------------------------------------------------------------------------


def unzstd(frame, size):
    """The `size` bytes of a zstd frame; never more than one byte beyond them is made."""
    if zstandard is None:
        return unzstd_by_program(frame, size)
    try:
        return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(frame)).read(size + 1)
    except zstandard.ZstdError as error:
        raise Damaged(f"a zstd frame cannot be unpacked: {error}") from None


def unzstd_by_program(frame, size):
    with tempfile.TemporaryFile() as packed:
        packed.write(frame)
        packed.seek(0)
        try:
            program = subprocess.Popen(
                ["zstd", "--decompress", "--stdout", "--quiet"],
                stdin=packed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        except FileNotFoundError:
            raise Failed("a packed series needs zstd: install Debian's package python3-zstandard or zstd") from None
        with program:
            data = program.stdout.read(size + 1)
            if len(data) > size:
                program.kill()
        if len(data) <= size and program.returncode != 0:
            raise Damaged("a zstd frame cannot be unpacked")
        return data


def read_series(reader, count):
    kind = reader.byte()
    if kind == 0:
        first, difference = reader.signed(), reader.signed()
        return [wrap(first + place * difference) for place in range(count)]
    if kind == 1:
        return CodedSeries(reader, count).numbers
    if kind == 2:
        least, width = reader.signed(), reader.byte("a width", 1, 8)
        data = unzstd(reader.take(reader.bounded("a frame's length", 1 << 20)), count * width)
        if len(data) != count * width:
            raise Damaged(f"a frame does not hold {count} numbers of {width} bytes")
        parts = (data[place : place + width] for place in range(0, len(data), width))
        return [wrap(least + int.from_bytes(part, "little")) for part in parts]
    raise Damaged(f"a series is of the unknown kind {kind}")


def read_column(reader, count):
    base, step = reader.signed(), reader.signed()
    return [wrap(base + step * number) for number in read_series(reader, count)]


class Table:
    """How often each token occurs in one context, laid out for looking up by a state's lowest twelve bits."""

    WEIGHTS = (128, 152, 181, 215)

    def __init__(self, codes):
        weights = [self.WEIGHTS[(code - 1) % 4] << ((code - 1) // 4) if code else 0 for code in codes]
        total, occurring = sum(weights), sum(weight > 0 for weight in weights)
        frequencies = [1 + weight * (4096 - occurring) // total if weight else 0 for weight in weights]
        frequencies[weights.index(max(weights))] += 4096 - sum(frequencies)
        self.slots = []
        start = 0
        for token, frequency in enumerate(frequencies):
            self.slots += [(token, frequency, start)] * frequency
            start += frequency


def read_tables(bits, count, tokens):
    tables = []
    before = []
    for _ in range(count):
        used = bits.take(8) + 1
        step = bits.take(1) + 1
        follows = bits.take(1)
        parameter = bits.take(3)
        if used > tokens:
            raise Damaged(f"a table has {used} tokens, more than {tokens}")
        codes = []
        level = 0
        for token in range(used):
            if follows:
                code = before[token] if token < len(before) else 0
                level = (code + step - 1) // step
            level += unzigzag((bits.ones(126) << parameter) + bits.take(parameter))
            code = (level - 1) * step + 1 if level else 0
            if not 0 <= code <= 63:
                raise Damaged(f"a token's code is {code}, not 0 to 63")
            codes.append(code)
        if not any(codes):
            raise Damaged("a table has no token")
        tables.append(Table(codes))
        before = codes
    return tables


class CodedSeries:
    """A series of kind 1: what a prediction missed, coded by how often it occurs."""

    def __init__(self, reader, count):
        self.gain = self.shift(reader, "a gain")
        self.trend = self.shift(reader, "a trend")
        flags = reader.byte()
        self.fraction = flags & 127
        if self.fraction > 24:
            raise Damaged(f"a fraction is {self.fraction}, more than 24")
        most = 63 if self.trend == NONE else 0
        self.miss_bits = reader.byte("the number of miss bits", 0, most) if flags & 128 else 0
        self.velocity = reader.signed() if self.trend == NONE else 0
        self.start_shift = max(0, self.fraction - 4)
        lengths = [min(BLOCK, count - start) for start in range(0, count, BLOCK)]
        starts = self.read_starts(reader, len(lengths))
        shape = reader.byte()
        self.exact, self.sub = shape & 15, shape >> 4
        if self.exact > 7 or self.sub > min(3, self.exact):
            raise Damaged(f"the shape of tokens {self.exact}, {self.sub} is none")
        contexts = reader.byte()
        self.phases, self.activities = contexts & 15, contexts >> 4
        if self.phases > min(3, self.fraction) or not 1 <= self.activities <= 8:
            raise Damaged(f"contexts {self.phases}, {self.activities} are none")
        number = self.activities << self.phases
        if number > 16:
            raise Damaged(f"there are {number} contexts, more than 16")
        self.quiet = reader.byte("quiet", 0, 63) if self.activities > 1 else 0
        self.activity = reader.unsigned() if self.activities > 1 else 0
        bits = Bits(reader.data[reader.place :])
        self.tables = read_tables(bits, number, min(256, (1 << self.exact) + ((64 - self.exact) << self.sub)))
        reader.take((bits.place + 7) // 8)
        sizes = [reader.bounded("a block's length", 1 << 20) for _ in lengths]
        self.numbers = []
        for size, length, (start, velocity) in zip(sizes, lengths, starts):
            self.decode(reader.take(size), length, start, velocity)

    @staticmethod
    def shift(reader, name):
        value = reader.byte()
        if value > 40 and value != NONE:
            raise Damaged(f"{name} is {value}, neither 0 to 40 nor 255")
        return value

    def read_starts(self, reader, count):
        starts = []
        expected = 0
        for _ in range(count):
            start = wrap(reader.signed() + expected)
            starts.append((start, self.velocity if self.trend == NONE else reader.signed()))
            expected = wrap(start + (wrap(self.velocity * BLOCK) >> self.start_shift))
        return starts

    def correction(self, miss):
        """What a miss adds to the position; `miss` is scaled by the fraction."""
        if self.gain == NONE:
            return 0
        part = self.gain // 2
        return (miss >> part) - (miss >> (part + 2)) if self.gain % 2 else miss >> part

    def decode(self, block, count, start, velocity):
        if len(block) < 8:
            raise Damaged("a block is shorter than its states")
        states = list(struct.unpack_from("<II", block))
        words = 8
        raw = Bits(block[:7:-1])
        position = wrap(start << self.start_shift)
        energy = self.activity
        fraction, miss_bits, trend = self.fraction, self.miss_bits, self.trend
        half = (1 << fraction) >> 1
        phase_shift, phase_mask = fraction - self.phases, (1 << self.phases) - 1
        for place in range(count):
            middle = wrap(position + half)
            context = (middle >> phase_shift) & phase_mask
            if self.activities > 1:
                context += min(max(energy.bit_length() - self.quiet, 0), self.activities - 1) << self.phases
            state = states[place & 1]
            offset = state & 4095
            token, frequency, first = self.tables[context].slots[offset]
            state = frequency * (state >> 12) + offset - first
            if state < 65536:
                if words + 2 > len(block):
                    raise Damaged("a block has too few words")
                state = state << 16 | block[words] | block[words + 1] << 8
                words += 2
            states[place & 1] = state
            missed = self.number(token, raw)
            if miss_bits:
                position = wrap(position + unzigzag(missed >> miss_bits) * velocity)
                missed &= (1 << miss_bits) - 1
                middle = wrap(position + half)
            miss = wrap(unzigzag(missed))
            self.numbers.append(wrap((middle >> fraction) + miss))
            scaled = wrap(miss << fraction)
            if trend != NONE:
                velocity = wrap(velocity + (scaled >> trend))
            position = wrap(position + velocity + self.correction(scaled))
            if self.activities > 1:
                energy = (energy - (energy >> 3) + (min(abs(miss), 1 << 40) << 6)) & MASK
        used = (raw.place + 7) // 8
        if states != [65536, 65536] or words + used != len(block) or raw.take(8 * used - raw.place):
            raise Damaged("a block does not end where it should")

    def number(self, token, raw):
        """The unsigned number that a token and its raw bits stand for."""
        if token < 1 << self.exact:
            return token
        rest = token - (1 << self.exact)
        low = self.exact + (rest >> self.sub) - self.sub
        top = (1 << self.sub) + (rest & ((1 << self.sub) - 1))
        return top << low | raw.take(low)


# --- Columns ----------------------------------------------------------------------------------------------------------


def checksum(data):
    total = len(data)
    data += bytes(8 - len(data) % 8)
    for (word,) in struct.iter_unpack("<Q", data):
        total = (total ^ word) * 0x9E3779B97F4A7C15 & MASK
        total ^= total >> 32
    return total & 0xFFFFFFFF


def open_column(data):
    """The reader behind a column's head, and how many samples it has."""
    if len(data) < 6:
        raise Damaged("it is too short for a column")
    if checksum(data[:-4]) != struct.unpack("<I", data[-4:])[0]:
        raise Damaged("its checksum does not hold")
    reader = Reader(data[:-4])
    version = reader.byte()
    if version != 1:
        raise Damaged(f"it is of version {version}; this program reads version 1")
    return reader, reader.bounded("the number of samples", MOST_SAMPLES)


def decode_times(data):
    """A time column's times and receipts, UTC milliseconds."""
    reader, count = open_column(data)
    if count == 0:
        return [], []
    times = read_column(reader, count)
    kind = reader.byte("the kind of receipts", 0, 1)
    receipts = read_column(reader, count)
    if kind == 0:
        receipts = [wrap(time + lag) for time, lag in zip(times, receipts)]
    return times, receipts


def decode_values(data):
    """A value column's values, as the bits of doubles, and its qualities."""
    reader, count = open_column(data)
    if count == 0:
        return [], []
    kind = reader.byte()
    form, value_map = kind & 15, kind >> 4
    if form == 0:
        power = float(10 ** reader.byte("a decimal's exponent", 0, 22))
    elif form == 1:
        unit = struct.unpack("<d", struct.pack("<Q", reader.fixed()))[0]
    elif form != 2:
        raise Damaged(f"the form of its values is {form}, which is none")
    digits = reader.byte("the number of digits", 1, 16) if value_map == 1 else 0
    dictionary = read_dictionary(reader) if value_map == 2 else []
    if value_map > 2:
        raise Damaged(f"the map of its values is {value_map}, which is none")
    exceptions = read_exceptions(reader, count)
    numbers = read_column(reader, count)
    if value_map == 1:
        numbers = [digit_count(number, digits) for number in numbers]
    elif value_map == 2:
        if not all(0 <= number < len(dictionary) for number in numbers):
            raise Damaged("a number is outside of its dictionary")
        numbers = [dictionary[number] for number in numbers]
    if form == 2:
        bits = [number if number >= 0 else (number ^ 0x7FFFFFFFFFFFFFFF) & MASK for number in numbers]
    else:
        products = [number / power if form == 0 else number * unit for number in map(float, numbers)]
        bits = list(struct.unpack(f"<{count}Q", struct.pack(f"<{count}d", *products)))
    for start, end, pattern in exceptions:
        bits[start:end] = [pattern] * (end - start)
    return bits, [quality & 255 for quality in read_column(reader, count)]


def read_dictionary(reader):
    count = reader.bounded("a dictionary's length", MOST_SAMPLES)
    if count == 0:
        raise Damaged("a dictionary is empty")
    return read_column(reader, count)


def read_exceptions(reader, count):
    """The runs of exceptions, as start, end and the bits of a double."""
    runs = []
    end = 0
    for _ in range(reader.bounded("the number of exceptions", count)):
        start = end + reader.unsigned()
        end = start + reader.unsigned() + 1
        if end > count:
            raise Damaged(f"exceptions reach beyond its {count} samples")
        runs.append((start, end, reader.fixed()))
    return runs


def digit_count(number, digits):
    """The decimal of so many digits that comes at this place when they are counted in order."""
    size, limit = abs(number), 10 ** digits
    if size < limit or size == 1 << 63:
        return number
    decade, place = divmod(size - limit, limit - limit // 10)
    size = wrap((limit // 10 + place) * 10 ** (1 + min(19, decade)))
    return wrap(-size) if number < 0 else size


def doubles(bits):
    return struct.unpack(f"<{len(bits)}d", struct.pack(f"<{len(bits)}Q", *bits))


def decode_minutes(data):
    """A block of minutes: rows of start, least, greatest, sum and count."""
    reader = Reader(data)
    form = reader.byte()
    if form not in (1, 2):
        raise Damaged(f"it is of form {form}; this program reads forms 1 and 2")
    power = 10.0 ** reader.byte() if form == 2 else 1.0
    columns = [reader.take(reader.unsigned()) for _ in range(5)]
    figures = [decode_times(columns[0])[0]] + [doubles(decode_values(column)[0]) for column in columns[1:]]
    if len({len(figure) for figure in figures}) != 1:
        raise Damaged("its columns have different lengths")
    rows = zip(*figures)
    if form == 1:
        return rows
    return [(start, a / power, (a + b) / power, (c + count * (2 * a + b)) / 2 / power, count)
            for start, a, b, c, count in rows]


# --- Files ------------------------------------------------------------------------------------------------------------


def open_file(path, application, layout, kind):
    try:
        with open(path, "rb"):
            pass
        db = sqlite3.connect(f"file:{path.replace('%', '%25').replace('?', '%3f').replace('#', '%23')}?mode=ro", uri=True)
        found = db.execute("PRAGMA application_id").fetchone()[0]
        version = db.execute("PRAGMA user_version").fetchone()[0]
    except (OSError, sqlite3.Error) as error:
        raise Failed(f"{path} cannot be read: {error}") from None
    if found != application:
        raise Failed(f"{path} is not {kind} (application_id {found:#x}, not {application:#x})")
    if version != layout:
        raise Failed(f"{path} is of layout {version}; this program reads layout {layout}")
    return db


def open_day(path):
    return open_file(path, 0x485A4432, 2, "a day file, as history/ holds them")


def points(found, path, name):
    """Of all points found, as numbers and names, those asked for."""
    if name is None:
        return found
    if name not in dict(found).values():
        raise Failed(f"{path} has no point {name}")
    return [point for point in found if point[1] == name]


def samples(db, path, point, name, first, last):
    """The samples of a point, by time, as time, bits of the value, quality, receipt and shift."""
    found = {}
    query = """SELECT c.id, c.count, c.bytes, m.times, m.shifts
               FROM chunk c LEFT JOIN chunk m ON m.id = COALESCE(c.moments, c.id)
               WHERE c.point = ? AND c.t_first <= ? AND c.t_last >= ? ORDER BY c.id"""
    for chunk, count, bytes_, moments, shifts in db.execute(query, (point, last, first)):
        try:
            times, receipts = decode_times(moments or b"")
            values, qualities = decode_values(bytes_)
            moved = decode_times(shifts)[0] if shifts else [0] * count
            if not len(times) == len(values) == len(moved) == count:
                raise Damaged(f"it holds {len(times)} times and {len(values)} values, not {count}")
        except Damaged as error:
            raise Damaged(f"{path}: chunk {chunk} of {name}: {error}") from None
        for sample in zip(times, values, qualities, receipts, moved):
            if first <= sample[0] <= last:
                found.setdefault(sample[0], sample)
    return sorted(found.values())


def text(value):
    return repr(value) if math.isfinite(value) else ""


def print_samples(options, write):
    db = open_day(options.file)
    write(["point", "t_ms", "value", "quality"] + (["received_ms", "shift_ms"] if options.receipts else []))
    there = db.execute("SELECT DISTINCT point, name FROM chunk ORDER BY name").fetchall()
    for point, name in points(there, options.file, options.point):
        found = samples(db, options.file, point, name, options.first, options.last)
        values = doubles([sample[1] for sample in found])
        for (time, _, quality, receipt, shift), value in zip(found, values):
            write([name, time, text(value), quality] + ([receipt, shift] if options.receipts else []))


def print_minutes(options, write):
    db = open_file(options.file, 0x485A4433, 1, "rollups.sqlite")
    write(["point", "t_ms", "min", "max", "sum", "count"])
    there = db.execute("SELECT id, name FROM point ORDER BY name").fetchall()
    for point, name in points(there, options.file, options.point):
        query = "SELECT day, bytes FROM minutes WHERE point = ? AND t_from <= ? AND t_to > ? ORDER BY t_from"
        for day, bytes_ in db.execute(query, (point, options.last, options.first)):
            try:
                minutes = decode_minutes(bytes_)
            except Damaged as error:
                raise Damaged(f"{options.file}: minutes of {name} on {day}: {error}") from None
            for start, least, greatest, total, count in minutes:
                if options.first <= start <= options.last:
                    write([name, start, text(least), text(greatest), text(total), int(count)])


def check(path):
    """Recomputes every chunk's hash, and tells the digest that a day record or a seal has of the file."""

    def part(data):
        return struct.pack("<Q", len(data)) + data

    db = open_day(path)
    whole = hashlib.sha256()
    chunks = total = 0
    moments = {}
    for number, count, data, shifts in db.execute("SELECT id, count, times, shifts FROM chunk WHERE moments IS NULL"):
        moments[number] = hashlib.sha256(struct.pack("<q", count) + part(data or b"") + part(shifts or b"")).digest()
    query = """SELECT id, name, t_first, t_last, count, j_first, j_last, min, max, sum, COALESCE(moments, id), sha256, bytes
               FROM chunk ORDER BY id"""
    for number, name, *numbers, least, greatest, summed, shared, digest, data in db.execute(query):
        figures = [figure for figure in (least, greatest, summed) if figure is not None]
        found = hashlib.sha256(
            part((name or "").encode()) + struct.pack(f"<6q{len(figures)}d", *numbers, len(figures), *figures)
            + moments.get(shared, b"") + part(data)).digest()
        if found != digest:
            raise Damaged(f"{path}: chunk {number} of {name} does not have the hash kept with it")
        whole.update(found)
        chunks += 1
        total += numbers[2]
    print(f"{path}: {chunks} chunks with {total} samples hold; digest {whole.hexdigest()}")


def moment(argument):
    try:
        return int(argument)
    except ValueError:
        pass
    try:
        parsed = datetime.datetime.fromisoformat(argument.replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{argument} is no time; valid: UTC milliseconds, or 2025-11-23T08:00:00+08:00")
    return round((parsed - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) / datetime.timedelta(milliseconds=1))


def main():
    summary, details = __doc__.split("\n", 1)
    parser = argparse.ArgumentParser(
        description=summary, epilog=details, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE.sqlite", help="a day file; with --minutes, rollups.sqlite")
    parser.add_argument("--point", metavar="NAME", help="only this one; SITE/POINT")
    parser.add_argument("--from", dest="first", metavar="T", type=moment, default=-(1 << 63), help="first time")
    parser.add_argument("--to", dest="last", metavar="T", type=moment, default=(1 << 63) - 1, help="last time")
    parser.add_argument("--receipts", action="store_true", help="also when each sample was taken in")
    parser.add_argument("--minutes", action="store_true", help="read the minutes of rollups.sqlite")
    parser.add_argument("--check", action="store_true", help="recompute the hashes of a day file")
    options = parser.parse_args()
    write = csv.writer(sys.stdout, lineterminator="\n").writerow
    try:
        if options.check:
            check(options.file)
        elif options.minutes:
            print_minutes(options, write)
        else:
            print_samples(options, write)
        sys.stdout.flush()
    except Damaged as error:
        print(f"read_history.py: {error}", file=sys.stderr)
        return 3
    except (Failed, sqlite3.Error) as error:
        print(f"read_history.py: {error if isinstance(error, Failed) else f'{options.file}: {error}'}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
