"""Times `diplan history` and `diplan diff` on a repository of many revisions of the real plan.

Each revision changes one figure. The other side of the comparison is one `git show` a revision,
which is what reading the history file by file would cost before anything is understood. Several
lengths show how the time grows.
"""

import argparse
import math
import os
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


def seconds(command: Sequence[str], home: Path, asked: str = "") -> tuple[float, float]:
    """How long a command takes, and how long processors are busy with it: the best of three.

    The second is nearly the same on a busy machine. It is 0 on Windows, which does not say.
    """
    taken = []
    for _ in range(3):
        start, before = time.perf_counter(), os.times()
        subprocess.run(
            command, cwd=home, check=True, input=asked.encode(), stdout=subprocess.DEVNULL
        )
        after = os.times()
        busy = after.children_user + after.children_system
        busy -= before.children_user + before.children_system
        taken.append((time.perf_counter() - start, busy))
    return min(wall for wall, _ in taken), min(busy for _, busy in taken)


def measured(home: Path, count: int) -> float:
    """Print the rows of one length; the seconds that `diplan history` was busy."""
    listed = subprocess.run(
        ["git", "rev-list", "main"], cwd=home, check=True, capture_output=True, text=True
    )
    ids = listed.stdout.split()
    shown = "\n".join(f"git show {identity}:data/indicators.yaml" for identity in ids)
    diff = [*DIPLAN, "diff", ids[-1], ids[0]]
    rows = (
        ("one `git show` a revision", ["sh"], shown),
        ("`diplan diff` of the first and the last", diff, ""),
        ("`diplan history offline-adults`", [*DIPLAN, "history", "offline-adults"], ""),
    )
    least = 0.0
    for what, command, asked in rows:
        wall, busy = seconds(command, home, asked)
        each = f"{1000 * (busy or wall) / count:.1f}" if command is not diff else ""
        print(f"| {what} | {count:,} | {wall:.2f} | {busy:.2f} | {each} |", flush=True)
        least = busy or wall
    return least


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure diplan on long histories.")
    parser.add_argument("--revisions", type=int, nargs="+", default=[200, 1000, 5000])
    counts = sorted(parser.parse_args().revisions)
    print(
        "| what | revisions | seconds | processor seconds | milliseconds of it a revision |\n"
        "|---|---:|---:|---:|---:|"
    )
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
