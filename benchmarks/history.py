"""Times `diplan history` and `diplan diff` on a repository of many revisions of the real plan.

Each revision changes one figure. The other side of the comparison is one `git show` a revision,
which is what reading the history file by file would cost before anything is understood.
"""

import argparse
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


def seconds(command: Sequence[str], home: Path) -> float:
    """How long a command takes, the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, cwd=home, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure diplan on a long history.")
    parser.add_argument("--revisions", type=int, default=500)
    count = parser.parse_args().revisions
    with tempfile.TemporaryDirectory(prefix="diplan-history-") as folder:
        home = Path(folder)
        revisions(home, count)
        shown = [f"git show main~{at}:data/indicators.yaml" for at in range(count)]
        rows = (
            ("`diplan history offline-adults`", [*DIPLAN, "history", "offline-adults"], count),
            ("`diplan diff` of the first and the last",
             [*DIPLAN, "diff", f"main~{count - 1}", "main"], 2),
            ("one `git show` a revision", ["sh", "-c", "; ".join(shown)], count),
        )  # fmt: skip
        print("| what | revisions | seconds | milliseconds a revision |\n|---|---:|---:|---:|")
        for what, command, howmany in rows:
            took = seconds(command, home)
            print(f"| {what} | {howmany} | {took:.2f} | {1000 * took / howmany:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
