"""Decodes columns with schemas/read_history.py: SCHEMAS INPUT OUTPUT.

INPUT holds columns one after the other: T (times) or V (values), the length as four bytes, little-endian, the column.
OUTPUT gets of each the number of samples as four bytes, then times and receipts, or the values' bits and qualities.
"""

import struct
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import read_history  # noqa: E402

with open(sys.argv[2], "rb") as source:
    data = source.read()
with open(sys.argv[3], "wb") as output:
    place = 0
    while place < len(data):
        length = struct.unpack_from("<I", data, place + 1)[0]
        column = data[place + 5 : place + 5 + length]
        if data[place : place + 1] == b"T":
            times, receipts = read_history.decode_times(column)
            output.write(struct.pack(f"<I{len(times)}q{len(times)}q", len(times), *times, *receipts))
        else:
            bits, qualities = read_history.decode_values(column)
            output.write(struct.pack(f"<I{len(bits)}Q", len(bits), *bits) + bytes(qualities))
        place += 5 + length
