"""What the rivals of extraction have in common that are programs of their own: how texts come, and how they are timed."""
import sys
import time

ROUNDS = 3


def measure(count) -> None:
    """Prints, for each file of texts that `scripts/bench` hands over, what `count` finds in them and the megabytes a second of
    processor time; the best of three rounds, which must find the same."""
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            texts = file.read().split(b"\0")[:-1]
        best = None
        first = None
        for _ in range(ROUNDS):
            start = time.process_time()
            found = count(texts)
            taken = time.process_time() - start
            best = taken if best is None else min(best, taken)
            if first is not None and first != found:
                sys.exit(f"{path}: {found} matches after {first}")
            first = found
        print(f"{path.rsplit('/', 1)[-1]}\t{first}\t{sum(map(len, texts)) / best / 1e6:.1f}")
