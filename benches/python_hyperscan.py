#!/usr/bin/env python3
"""Hyperscan over the texts that `scripts/bench` hands over, by its Python package: the core of a symbol, with its start.

The whole pattern of `python_re.py` is too large for Hyperscan when the starts of matches are asked for; this is number, year
and the first part of the code. Prints the symbols and the megabytes a second of processor time. Says so and ends with
status 3 where the package is not installed (`pip install hyperscan`).
"""
import sys
import time

try:
    import hyperscan
except ImportError:
    print("not installed")
    sys.exit(3)

# the capitals `Đ` and `Ư` as bytes: the texts are bytes here, and nothing has to be decoded
CORE = rb"[0-9]{1,5}(?:/[0-9]{4})?[/-](?:[A-Z]|\xC4\x90|\xC6\xAF)"


def main() -> None:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=[CORE], ids=[0], flags=[hyperscan.HS_FLAG_SOM_LEFTMOST])
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            texts = file.read().split(b"\0")[:-1]
        size = sum(map(len, texts))
        best = None
        count = None
        for _ in range(3):
            found = 0

            def note(_id, _start, _end, _flags, _context):
                nonlocal found
                found += 1

            start = time.process_time()
            for text in texts:
                database.scan(text, match_event_handler=note)
            taken = time.process_time() - start
            best = taken if best is None else min(best, taken)
            if count is not None and count != found:
                sys.exit(f"{path}: {found} matches after {count}")
            count = found
        print(f"{path.rsplit('/', 1)[-1]}\t{count}\t{size / best / 1e6:.1f}")


main()
