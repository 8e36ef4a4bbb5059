"""Times `diplan skills score` on many people's answers, beside counting them by hand.

By hand is what somebody would write who needs one number: Python's csv module, a Counter of whole
rows, and the rule. It knows no groups, weights, intervals, bad cells or small counts.
"""

import argparse
import csv
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median

from run import DIPLAN, Command, Run, run

NAME = "basic-digital-skills-2015"
SKILLS = (3, 2, 2, 2, 2)
"""How many tasks each skill of the framework has."""

SLOWEST = 12
"""The bound on the ratio of the seconds."""

LARGEST = 1.3
"""The bound on the ratio of the memory for ten times the people."""

ROUNDS = 5


def people(path: Path, count: int, columns: list[str]) -> None:
    """Write made-up answers of so many people, the same for the same number."""
    chance = random.Random(count)
    codes = ["could"] * 6 + ["could-not", "no-idea"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*columns, "age", "area", "weight"])
        for _ in range(count):
            groups = [chance.choice(("16-44", "45-64", "65+")), f"Ward {chance.randint(1, 20)}"]
            answers = [chance.choice(codes) for _ in columns]
            writer.writerow([*answers, *groups, f"{chance.uniform(0.3, 3):.4f}"])


def by_hand(path: Path) -> None:
    """Count who has all skills."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        counts = Counter(tuple(row[:11]) for row in rows)
    have = 0
    for answers, count in counts.items():
        start, all_of_them = 0, True
        for size in SKILLS:
            all_of_them &= "could" in answers[start : start + size]
            start += size
        have += count * all_of_them
    print(have, counts.total())


def score(path: Path, *more: str) -> Command:
    """The command."""
    call = ("skills", "score", str(path), "--framework", NAME, "--question", "could")
    return (*DIPLAN, *call, "--format", "json", *more)


def main() -> int:
    """Print the table; 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(description="Measure diplan on many people's answers.")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--by-hand", type=Path, help="only count a file by hand")
    options = parser.parse_args()
    if options.by_hand:
        by_hand(options.by_hand)
        return 0
    count: int = options.people
    groups = ("--by", "age", "--by", "area", "--weight", "weight")
    columns = [f"could-{name}" for name in (
        "search", "save-photo", "return-to-site", "message", "share", "buy", "install-app", "fix",
        "verify", "fill-in-form", "make",
    )]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="diplan-skills-") as folder:
        whole, tenth = Path(folder) / "whole.csv", Path(folder) / "tenth.csv"
        people(whole, count, columns)
        people(tenth, count // 10, columns)
        commands: dict[str, Command] = {
            "score": score(whole),
            "score, 2 breakdowns and weights": score(whole, *groups),
            "the same, a tenth of the people": score(tenth, *groups),
            "by hand": (sys.executable, __file__, "--by-hand", str(whole)),
        }
        taken: dict[str, list[Run]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                taken[name].append(run(command, 0))
    print("| what | people | seconds | people a second | MiB | times by hand |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, runs in taken.items():
        seconds = median(one.seconds for one in runs)
        peak = median(one.peak for one in runs)
        size = count // 10 if "tenth" in name else count
        pairs = zip(runs, taken["by hand"], strict=True)
        ratio = median(one.seconds / other.seconds for one, other in pairs)
        print(f"| {name} | {size:,} | {seconds:.2f} | {size / seconds:,.0f} | {peak:.0f} |"
              f" {'' if 'tenth' in name else f'{ratio:.1f}'} |")  # fmt: skip
    both = "score, 2 breakdowns and weights"
    slower = median(
        one.seconds / other.seconds
        for one, other in zip(taken[both], taken["by hand"], strict=True)
    )
    larger = median(
        one.peak / max(other.peak, 1)
        for one, other in zip(taken[both], taken["the same, a tenth of the people"], strict=True)
    )
    print(f"\nseconds over those by hand: {slower:.1f} (bound {SLOWEST})")
    print(f"memory over that of a tenth of the people: {larger:.2f} (bound {LARGEST})")
    return 0 if slower <= SLOWEST and larger <= LARGEST else 1


if __name__ == "__main__":
    sys.exit(main())
