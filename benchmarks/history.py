"""Times `diplan history` and `diplan diff` on a repository of many revisions of the real plan.

Each revision changes one figure. The other side of the comparison is one `git show` a revision,
which is what reading the history file by file would cost before anything is understood. Several
lengths show how the time grows.
"""

import argparse
import math
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from run import DIPLAN

ROOT = Path(__file__).resolve().parent.parent
WHO = "Nobody <nobody@example.org>"


def revisions(home: Path, count: int) -> None:
    """Make a repository in *home* with that many revisions of the plan."""
    shutil.copytree(ROOT / "data", home / "data")
    subprocess.run(["git", "init", "-q", "-b", "main", str(home)], check=True)
    texts = {path: path.read_bytes() for path in sorted((home / "data").rglob("*.*"))}
    indicators = texts[home / "data" / "indicators.yaml"].decode()
    stream = []
    for at in range(count):
        texts[home / "data" / "indicators.yaml"] = re.sub(
            r"high: \d+", f"high: {10000 - at}", indicators
        ).encode()
        stream.append(f"commit refs/heads/main\ncommitter {WHO} {1500000000 + 86400 * at} +0000\n")
        stream.append("data 6\nfigure\n")
        for path, text in texts.items():
            name = path.relative_to(home).as_posix()
            stream.append(f"M 100644 inline {name}\ndata {len(text)}\n{text.decode()}\n")
    subprocess.run(
        ["git", "-C", str(home), "fast-import", "--quiet"],
        input="".join(stream).encode(), check=True,
    )  # fmt: skip
    subprocess.run(["git", "-C", str(home), "checkout", "-qf", "main"], check=True)


def seconds(command: Sequence[str], home: Path, asked: str = "") -> float:
    """How long a command takes, the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(
            command, cwd=home, check=True, input=asked.encode(), stdout=subprocess.DEVNULL
        )
        best = min(best, time.perf_counter() - start)
    return best


def measured(home: Path, count: int) -> float:
    """Print the rows of one length; the seconds that `diplan history` took."""
    shown = "\n".join(f"git show main~{at}:data/indicators.yaml" for at in range(count))
    diff = [*DIPLAN, "diff", f"main~{count - 1}", "main"]
    rows = (
        ("one `git show` a revision", ["sh"], count, shown),
        ("`diplan diff` of the first and the last", diff, 2, ""),
        ("`diplan history offline-adults`", [*DIPLAN, "history", "offline-adults"], count, ""),
    )
    took = 0.0
    for what, command, howmany, asked in rows:
        took = seconds(command, home, asked)
        print(
            f"| {what} | {count:,} | {took:.2f} | {1000 * took / howmany:.1f} |",
            flush=True,
        )
    return took


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure diplan on long histories.")
    parser.add_argument("--revisions", type=int, nargs="+", default=[200, 1000, 5000])
    counts = sorted(parser.parse_args().revisions)
    print("| what | revisions | seconds | milliseconds a revision read |\n|---|---:|---:|---:|")
    took = []
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="diplan-history-") as folder:
            revisions(Path(folder), count)
            took.append(measured(Path(folder), count))
    if len(counts) > 1:
        exponent = math.log(took[-1] / took[0]) / math.log(counts[-1] / counts[0])
        print(f"\nFrom {counts[0]:,} to {counts[-1]:,}: growth exponent {exponent:.2f}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
