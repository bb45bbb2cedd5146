#!/usr/bin/env python3
"""Hyperscan over the texts that `scripts/bench` hands over, by its Python package: the core of a symbol, with its start.

The whole pattern of `python_re.py` is too large for Hyperscan when the starts of matches are asked for; this is number, year
and the first part of the code. Prints the symbols and the megabytes a second of processor time. Says so and ends with
status 3 where the package is not installed (`pip install hyperscan`).
"""
import sys

from rival import measure

try:
    import hyperscan
except ImportError:
    print("not installed")
    sys.exit(3)

# the capitals `Đ` and `Ư` as bytes: the texts are bytes here, and nothing has to be decoded
CORE = rb"[0-9]{1,5}(?:/[0-9]{4})?[/-](?:[A-Z]|\xC4\x90|\xC6\xAF)"


database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
database.compile(expressions=[CORE], ids=[0], flags=[hyperscan.HS_FLAG_SOM_LEFTMOST])


def count(texts) -> int:
    found = 0

    def note(_id, _start, _end, _flags, _context):
        nonlocal found
        found += 1

    for text in texts:
        database.scan(text, match_event_handler=note)
    return found


measure(count)
