"""Measures diplan side by side with other programs, and prints one Markdown table.

Every row runs two (or three) whole processes in turns, A B A B ..., and takes the median of the
ratios pair by pair: a machine that slows down slows both.
"""

import argparse
import importlib.util
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).resolve().parent
ROUNDS, LONG_ROUNDS = 11, 3
QUICK_ROUNDS, QUICK_LONG_ROUNDS = 3, 1
HUGE = 10_000
NATION, TENTH = 330, 33
"""Plans of 100 indicators with figures of 20 years each."""

Command = Sequence[str]
Measure = Callable[[Sequence["Run"]], float]
HEAD = (
    "| row | what | against | n | diplan | the other | ratio (least to most) | bound | holds |\n"
    "|---|---|---|---:|---:|---:|---:|---:|---|"
)


class UnexpectedExitError(Exception):
    """A program did not end as it does when all is well."""


@dataclass(frozen=True)
class Run:
    """What one process took: seconds, and MiB at its peak (0 where the system does not say)."""

    seconds: float
    peak: float


def run(command: Command, expected: int) -> Run:
    """Run a program to its end, its output thrown away."""
    start = perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        peak = 0.0
        if sys.platform == "win32":
            child.wait()
        else:
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
        seconds = perf_counter() - start
    if child.returncode != expected:
        raise UnexpectedExitError(f"exit code {child.returncode}: `{' '.join(command)}`")
    return Run(seconds, peak)


def seconds(runs: Sequence[Run]) -> float:
    """How much longer the first took."""
    return runs[0].seconds / runs[1].seconds


def memory(runs: Sequence[Run]) -> float:
    """How much more memory the first took."""
    return runs[0].peak / runs[1].peak


def peak(runs: Sequence[Run]) -> float:
    """How many MiB the first took."""
    return runs[0].peak


def growth(runs: Sequence[Run]) -> float:
    """The power with which the time grows for ten times the data; the third run is start-up."""
    return math.log10((runs[0].seconds - runs[2].seconds) / (runs[1].seconds - runs[2].seconds))


@dataclass(frozen=True)
class Row:
    """A comparison: its commands in turn, and what is made of each round of them."""

    name: str
    what: str
    against: str
    size: int | None
    commands: tuple[Command, ...]
    bounds: tuple[tuple[Measure, float | None], ...]
    long: bool = False
    needs: str = ""
    exits: int = 0
    """How the first command ends."""
    copies: tuple[tuple[Path, Path], ...] = ()
    """Plans that the commands change, each with the one that it is a copy of in every round."""

    def rounds(self, *, quick: bool) -> int:
        """How many times each command is run, after a first time that does not count."""
        if self.long:
            return QUICK_LONG_ROUNDS if quick else LONG_ROUNDS
        return QUICK_ROUNDS if quick else ROUNDS

    def measure(self, *, quick: bool) -> list[list[Run]]:
        """The runs, round by round; nothing is warmed up where one round takes long."""
        rounds = [self.once() for _ in range(self.rounds(quick=quick) + (not self.long))]
        return rounds if self.long else rounds[1:]

    def once(self) -> list[Run]:
        """One run of each command, on plans as they were."""
        for copy, plan in self.copies:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(plan, copy)
        return [run(command, 0 if at else self.exits) for at, command in enumerate(self.commands)]

    def table(self, rounds: list[list[Run]]) -> Iterator[tuple[str, bool]]:
        """A line of the table for each bound, and whether it holds."""
        for made, bound in self.bounds:
            if made in (memory, peak) and sys.platform == "win32":
                continue
            ratios = sorted(map(made, rounds))
            middle = median(ratios)
            holds = bound is None or middle <= bound
            mine, other = (_shown([runs[at] for runs in rounds], made) for at in (0, 1))
            cells = (
                self.name,
                f"{self.what}{_MEANING.get(made, '')}",
                self.against,
                f"{self.size:,}" if self.size else "",
                mine,
                other,
                f"{middle:.3g} ({ratios[0]:.3g} to {ratios[-1]:.3g})",
                "" if bound is None else f"{bound:g}",
                "" if bound is None else ("yes" if holds else "**no**"),
            )
            yield f"| {' | '.join(cells)} |", holds


_MEANING: dict[Measure, str] = {
    memory: ", peak memory",
    peak: ", peak memory in MiB",
    growth: ", growth exponent net of start-up",
}


def _shown(runs: Sequence[Run], made: Measure) -> str:
    if made in (memory, peak):
        return f"{median(run.peak for run in runs):.0f} MiB"
    return f"{median(run.seconds for run in runs):.3g} s"


def program(name: str, module: str) -> Command:
    """The command as its users run it: the script beside this Python."""
    for file in (Path(sys.executable).parent / name, Path(sys.executable).parent / f"{name}.exe"):
        if file.is_file():
            return (str(file),)
    return (sys.executable, "-m", module)


DIPLAN = program("diplan", "diplan")
BARE: Command = (sys.executable, "-c", "pass")


def job(name: str, folder: Path) -> Command:
    """A job of floor.py on a plan."""
    return (sys.executable, str(HERE / "floor.py"), name, str(folder))


def check(folder: Path) -> Command:
    """`diplan check` of a plan."""
    return (*DIPLAN, "check", "--workspace", str(folder))


def status(folder: Path, form: str) -> Command:
    """`diplan status` of a plan, in a format."""
    return (*DIPLAN, "status", "--format", form, "--workspace", str(folder))


def paper(folder: Path, ending: str = "html") -> Command:
    """The action plan of a plan, as a file that is thrown away."""
    page = str(folder / f"action-plan.{ending}")
    return (*DIPLAN, "report", "action-plan", "-o", page, "--workspace", str(folder))


def json_schema(folder: Path) -> Command:
    """`check-jsonschema` of a plan's two long files, in one process."""
    files = [str(folder / "data" / name) for name in ("indicators.yaml", "actions.yaml")]
    schema = str(HERE / "schemas" / "files.schema.json")
    return (*program("check-jsonschema", "check_jsonschema"), "--schemafile", schema, *files)


def start_up(made: Path) -> Iterator[Row]:
    """What a command costs before there is any data to speak of."""
    for name in ("version", "help"):
        command = (*DIPLAN, f"--{name}")
        yield Row(
            name, f"`diplan --{name}`", "`python -c pass`", None, (command, BARE), ((seconds, 8),)
        )
    commands: tuple[Command, ...] = (status(HERE.parent, "plain"), BARE)
    what = "`diplan status` into a pipe, real plan"
    yield Row("status", what, "`python -c pass`", None, commands, ((seconds, 20),))
    commands = (status(HERE.parent, "table"), BARE)
    what = "`diplan status` as a table, real plan"
    yield Row("status-table", what, "`python -c pass`", None, commands, ((seconds, None),))
    commands = (check(made / "10"), job("models", made / "10"))
    yield Row("ten", "`diplan check`", "YAML and models alone", 10, commands, ((seconds, 1.3),))


def peers(folder: Path, size: int, *, bound: bool) -> Iterator[Row]:
    """`diplan check` against other ways to read or check the same data."""
    at = "" if bound else f"-{size}"
    for name, against, command, most, needs in (
        ("jsonschema", "check-jsonschema", json_schema(folder), 0.08, "check_jsonschema"),
        ("yamale", "yamale", job("yamale", folder), 0.5, "yamale"),
        ("safe", "`yaml.load` (CSafeLoader) alone", job("safe", folder), 0.6, ""),
        ("json", "JSON into the same models", job("json", folder), 3, ""),
        ("events", "bare libyaml events", job("events", folder), None, ""),
    ):
        yield Row(
            name + at,
            "`diplan check`",
            against,
            size,
            (check(folder), command),
            ((seconds, most if bound else None),),
            long=bound and name == "jsonschema",
            needs=needs,
        )


def sizes(made: Path) -> Iterator[Row]:
    """What mistakes, growth and reports cost."""
    plain, huge = made / "1000", made / str(HUGE)
    commands: tuple[Command, ...] = (check(made / "faults"), check(plain))
    what = "`diplan check`, a mistake in every item"
    yield Row("faults", what, "the same without", 1000, commands, ((seconds, 2.5),), exits=1)
    renamed = made / "renamed"
    commands = ((*check(renamed), "--against", "HEAD"), check(renamed))
    what = "`diplan check --against`, every id another one"
    yield Row("renamed", what, "`diplan check`", 500, commands, ((seconds, 2.5),))
    commands = (check(huge), check(plain), check(made / "10"))
    against = "the same of 1,000"
    yield Row("growth", "`diplan check`", against, HUGE, commands, ((growth, 1.1),))
    commands = (paper(made / "paper"), check(made / "paper"))
    what = "`diplan report action-plan` as a page, with charts; 2,000 actions"
    yield Row("paper", what, "`diplan check`", 500, commands, ((seconds, 5),))
    documents = [paper(made / name, "docx") for name in ("paper", "paper-200")]
    commands, what = (*documents, check(made / "10")), "`diplan report action-plan` for Word"
    against = "the same of 200 actions"
    yield Row("docx", what, against, 2000, commands, ((growth, 1.1),), long=True, needs="docx")
    what = "`diplan report action-plan` as PDF, with charts; 2,000 actions"
    commands = (paper(made / "paper", "pdf"), check(made / "paper"))
    bounds = ((seconds, 40.0), (memory, None))
    yield Row("pdf", what, "`diplan check`", 500, commands, bounds, long=True, needs="typst")
    documents = [paper(made / name, "pdf") for name in ("paper", "paper-200")]
    commands, what = (*documents, check(made / "10")), "`diplan report action-plan` as PDF"
    against = "the same of 200 actions"
    bound = ((growth, 1.1),)
    yield Row("pdf-growth", what, against, 2000, commands, bound, long=True, needs="typst")
    commands, what = (status(huge, "table"), check(huge)), "`diplan status` as a table"
    yield Row("status-huge", what, "`diplan check`", HUGE, commands, ((seconds, 3),), long=True)
    yield Row(
        "jsonschema-huge",
        "`diplan check`",
        "check-jsonschema",
        HUGE,
        (check(huge), json_schema(huge)),
        ((seconds, 0.06), (memory, 0.2)),
        long=True,
        needs="check_jsonschema",
    )


EDITS: dict[str, tuple[str, ...]] = {
    "set": ("indicator-000500", "note=Agreed"),
    "record": ("indicator-000500", "50", "--period", "2021", "--source", "source-1", "--yes"),
    "update": ("action-000500", "1", "--date", "2019-03", "--evidence", "Seen"),
    "rename": ("service-1", "service-new"),
}


def edits(made: Path) -> Iterator[Row]:
    """What it costs to change one thing, or a name everywhere, and to lay out every list."""
    plain, edited = made / "1000", made / "edited"
    for name, arguments in EDITS.items():
        command = (*DIPLAN, name, *arguments, "--workspace", str(edited))
        yield Row(
            name,
            f"`diplan {name}`",
            "`diplan check`",
            1000,
            (command, check(plain)),
            ((seconds, 2.5),),
            copies=((edited, plain),),
        )
    edited, plain = made / "imported-edited", made / "imported"
    document = str(made / "imported.html")
    command = (*DIPLAN, "import", "plan", document, "--yes", "--workspace", str(edited))
    what = "`diplan import plan` of a page with 2,000 rows"
    commands: tuple[Command, ...] = (command, check(made / "imported-checked"))
    yield Row(
        "import", what, "`diplan check` of the result", 2000, commands, ((seconds, 3),),
        copies=((edited, plain),),
    )  # fmt: skip
    large, small = made / "laid-out-1000", made / "laid-out-100"
    copies = (large, made / "backwards-1000"), (small, made / "backwards-100")
    fmt = [(*DIPLAN, "fmt", "--workspace", str(folder)) for folder in (large, small)]
    what = "`diplan fmt`, every list out of order"
    commands = (*fmt, check(made / "10"))
    yield Row("fmt", what, "the same of 100", 1000, commands, ((growth, 1.2),), copies=copies)


def site(plan: Path, folder: Path, *more: str) -> Command:
    """The website of a plan, without the years before."""
    words = ("site", "--workspace", str(plan), "--output", str(folder), "--as-of", "2020",
             "--with", "nothing")  # fmt: skip
    return (*DIPLAN, *words, *(more or ("--earlier-years", "0")))


def websites(made: Path) -> Iterator[Row]:
    """What a website of over 2,000 pages takes: the first time, again, and as it grows."""
    plan, first, nothing = made / "1000", made / "site-first", made / "nothing"
    what, fresh = "`diplan site`, over 2,000 pages", ((first, nothing),)
    pages = str(made / "mkdocs")
    build = (*program("mkdocs", "mkdocs"), "build", "-q", "-f", f"{pages}/mkdocs.yml")
    yield Row(
        "site", what, "`mkdocs build` of as many pages", 1000,
        (site(plan, first), (*build, "-d", f"{pages}/site")), ((seconds, 1 / 6),),
        long=True, needs="mkdocs", copies=fresh,
    )  # fmt: skip
    again, built = made / "site-again", made / "site-built"
    copies = ((again, built), *fresh)
    for name, words, of, most in (
        ("same", "nothing", plan, 2 / 3),
        ("changed", "a figure", made / "1000-changed", None),
    ):
        commands: tuple[Command, ...] = (site(of, again), site(of, first))
        what = f"`diplan site` again, {words} changed"
        yield Row(
            f"site-{name}", what, "the first time", 1000, commands, ((seconds, most),),
            long=True, copies=copies,
        )  # fmt: skip
    small = made / "site-small"
    commands = (site(plan, first), site(made / "100", small), site(made / "10", made / "site-10"))
    three = (*fresh, (small, nothing), (made / "site-10", nothing))
    what = "`diplan site`"
    yield Row(
        "site-growth", what, "the same of 100", 1000, commands, ((growth, 1.1),), copies=three,
        long=True,
    )  # fmt: skip
    commands = (site(plan, first, "--earlier-years", "8"), site(plan, small))
    what, copies = "`diplan site` with eight earlier years", (*fresh, (small, nothing))
    yield Row(
        "site-memory", what, "without them", 1000, commands, ((memory, 2),), copies=copies,
        long=True,
    )  # fmt: skip


def national(made: Path) -> Iterator[Row]:
    """What hundreds of plans cost in one command, beside checking them: on one core, and on two."""
    nation, tenth = str(made / f"nation-{NATION}"), str(made / f"nation-{TENTH}")
    moment = ("--as-of", "2020-03")
    one, two = ("--jobs", "1"), ("--jobs", "2")
    checked: Command = (*DIPLAN, "check", nation, *one)
    tables = ("--output", str(made / "tables"))
    for name, words, more in (
        ("compare", ("compare",), ()),
        ("compare-json", ("compare",), ("--format", "json")),
        ("export-csv", ("export", "csv"), tables),
        ("export-parquet", ("export", "parquet"), tables),
    ):
        command = (*DIPLAN, *words, nation, *more, *moment)
        small = (*DIPLAN, *words, tenth, *more, *moment, *one)
        what, start = f"`diplan {' '.join(words)}`, {NATION} plans", check(made / "10")
        needs = "pyarrow" if name == "export-parquet" else ""
        yield Row(
            name, what, "`diplan check`", NATION, ((*command, *one), checked),
            ((seconds, 2.5), (peak, 400)), long=True, needs=needs,
        )  # fmt: skip
        yield Row(
            f"{name}-growth", what, f"the same of {TENTH}", NATION,
            ((*command, *one), small, start), ((growth, 1.1),), long=True, needs=needs,
        )  # fmt: skip
        yield Row(
            f"{name}-cores", f"{what}, two processes", "one process", NATION,
            ((*command, *two), (*command, *one)), ((seconds, 1),), long=True, needs=needs,
        )  # fmt: skip


def rows(made: Path) -> list[Row]:
    """Every row, in the order of the table."""
    return [
        *start_up(made),
        *peers(made / "100", 100, bound=False),
        *peers(made / "1000", 1000, bound=True),
        *sizes(made),
        *edits(made),
        *websites(made),
        *national(made),
    ]


def generate(made: Path, wanted: Sequence[Row]) -> None:
    """Write the plans that the wanted rows read.

    In processes of their own: on Linux a child's peak begins at its parent's.
    """
    used = {part for row in wanted for command in row.commands for part in command}
    used |= {str(plan) for row in wanted for _, plan in row.copies}
    if str(made / "nothing") in used:
        used.add(str(made / "1000"))
    plans = {"10": (10, 10), "100": (100, 100), "1000": (1000, 1000), "faults": (1000, 1000)}
    plans |= {"renamed": (500, 500), "paper": (500, 2000), "paper-200": (50, 200)}
    plans |= {str(HUGE): (HUGE, HUGE)}
    plans |= {"backwards-100": (100, 100), "backwards-1000": (1000, 1000)}
    if str(made / "imported-checked") in used:
        document(made)
    for howmany in (TENTH, NATION):
        folder = str(made / f"nation-{howmany}")
        if folder in used:
            command = [sys.executable, str(HERE / "generate.py"), folder, "--plans", str(howmany)]
            size = ["--indicators", "100", "--actions", "100", "--observations", "20"]
            run([*command, *size], 0)
    for name, (indicators, actions) in plans.items():
        folder = str(made / name)
        if folder in used:
            kinds = {"faults": "--faults", "backwards": "--backwards"}
            more = [kinds.get(name.partition("-")[0], "--json")]
            command = [sys.executable, str(HERE / "generate.py"), folder, *more]
            run([*command, "--indicators", str(indicators), "--actions", str(actions)], 0)
            if name == "renamed":
                rename(made / name)
    if str(made / "nothing") in used:
        published(made)


def published(made: Path) -> None:
    """Write a site, its plan with one figure changed, and its pages for MkDocs."""
    (made / "nothing").mkdir()
    plan, changed = made / "1000", made / "1000-changed"
    shutil.copytree(plan, changed)
    file = changed / "data" / "indicators.yaml"
    text = file.read_text(encoding="utf-8").replace("2012/13, value: ", "2012/13, value: 1", 1)
    file.write_text(text, encoding="utf-8", newline="\n")
    run(site(plan, made / "site-built"), 0)
    write = [sys.executable, str(HERE / "mkdocs.py"), str(plan), str(made / "mkdocs")]
    run([*write, "--as-of", "2020"], 0)


def document(made: Path) -> None:
    """Write a plan with nothing in it, a page of 2,000 actions, and the plan with them."""
    for name in ("imported", "imported-checked"):
        data = made / name / "data"
        data.mkdir(parents=True)
        for stem in ("actions", "indicators"):
            (data / f"{stem}.yaml").write_text(f"{stem}: []\n", encoding="utf-8")
        cover = "plan: {id: p, title: P, from: 2024-04, to: 2028-03}\n"
        (data / "plan.yaml").write_text(cover, encoding="utf-8")
    rows = [("Theme", "Action", "Lead", "Due", "RAG", "Progress")]
    for at in range(2000):
        lead = ("Libraries", "Housing / ICT", "Public Health")[at % 3]
        said = f"This went as it was planned in ward {at % 70}"
        title = f"Action {at}: bring device loans and lessons to ward {at % 70}"
        rows.append((f"Theme {at % 10}", title, lead, f"March {2029 + at % 4}", "Green", said))
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    page = made / "imported.html"
    page.write_text(f"<h1>Plan</h1><table>{body}</table>", encoding="utf-8")
    into = str(made / "imported-checked")
    run((*DIPLAN, "import", "plan", str(page), "--yes", "--workspace", into), 0)


def rename(folder: Path) -> None:
    """Commit a plan, and give every indicator and action another id."""
    git = ("git", "-C", str(folder), "-c", "user.name=Nobody", "-c", "user.email=n@example.org")
    run([*git, "init", "-q"], 0)
    run([*git, "add", "data"], 0)
    run([*git, "commit", "-q", "-m", "before"], 0)
    for file in (folder / "data").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text = text.replace("indicator-", "measure-").replace("action-", "step-")
        file.write_text(text, encoding="utf-8", newline="\n")


def measured(wanted: Sequence[Row], *, quick: bool) -> bool:
    """Print the table as it comes about; whether every bound holds."""
    print(HEAD)
    all_hold, remarks = True, []
    for row in wanted:
        if row.needs and importlib.util.find_spec(row.needs) is None:
            remarks.append(f"{row.name}: skipped, get it with `pip install -e '.[bench]'`")
            continue
        try:
            for line, holds in row.table(row.measure(quick=quick)):
                print(line, flush=True)
                all_hold &= holds
        except UnexpectedExitError as error:
            remarks.append(f"{row.name}: not measured, {error}")
            all_hold = False
    if remarks:
        print("", *remarks, sep="\n")
    return all_hold


def main() -> int:
    """Measure what the command line asks for; 1 where a bound does not hold."""
    names = [row.name for row in rows(Path())]
    parser = argparse.ArgumentParser(description="Measure diplan against other programs.")
    parser.add_argument("--quick", action="store_true", help="few rounds, and nothing large")
    parser.add_argument("--only", action="append", choices=names, help="a row; may be repeated")
    options = parser.parse_args()
    os.environ.pop("DIPLAN_WORKSPACE", None)
    with tempfile.TemporaryDirectory(prefix="diplan-benchmarks-") as folder:
        made = Path(folder)
        wanted = [row for row in rows(made) if not options.only or row.name in options.only]
        wanted = [row for row in wanted if not (options.quick and row.size in (HUGE, NATION))]
        generate(made, wanted)
        return 0 if measured(wanted, quick=options.quick) else 1


if __name__ == "__main__":
    sys.exit(main())
