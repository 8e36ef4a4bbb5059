"""Puts small faults into the source, one at a time, and lists those that no test notices.

    python tests/mutants.py                        all files
    python tests/mutants.py assess/judge period    those of src/diplan

The faults are cosmic-ray's. `[tool.mutants]` of pyproject.toml says which of them, in which files,
and which tests belong to those; `tests/mutants.toml` lists the faults that change nothing, and why.

The tests are collected once. Each fault is then put into a forked copy of this process, and meets
only the tests that run the function it is in, the quick ones first: no file is changed, and most
faults cost a fraction of a second. Needs `fork`, so it does not run on Windows.
"""

import contextlib
import gc
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from importlib import import_module
from importlib.machinery import SourceFileLoader
from inspect import CO_NEWLOCALS
from itertools import accumulate
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import pytest
from _pytest.runner import runtestprotocol
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.plugins import get_operator
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "diplan"
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]
EXPLAINED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["same"]

OPTIONS = (
    "-o",
    "tmp_path_retention_policy=failed",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)

DEADLINE = 60
"""Seconds of processor time after which a fault is noticed: it made something endless."""

Spot = tuple[str, int]
"""A function: its qualified name, and the line it begins in."""


class Mutant(NamedTuple):
    """One fault: the line it is in, without and with it, and the text of the whole file."""

    line: int
    was: str
    now: str
    source: str

    def __str__(self) -> str:
        return f"{self.was}  ->  {self.now}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Every fault that the configured operators make of a file."""
    text = path.read_text(encoding="utf-8")
    for name in CONFIG["operators"]:
        operator = get_operator(f"core/{name}")()
        for at, node in enumerate(ast_nodes(get_ast(text))):
            if _in_signature(node):
                continue
            for index, ((line, _), _) in enumerate(operator.mutation_positions(node)):
                source = _mutated(text, operator, at, index)
                if _compiles(source):
                    was, now = (whole.splitlines()[line - 1].strip() for whole in (text, source))
                    yield Mutant(line, was, now, source)


def _in_signature(node: Any) -> bool:
    """Whether it is the `|` of a type or the `*` before named arguments, which compute nothing."""
    signature = node.type == "operator" and node.value in ("|", "*")
    while signature and node.parent and node.type != "suite":
        if node.type in ("parameters", "annassign") or node.parent.type == "funcdef":
            return True
        node = node.parent
    return False


def _mutated(text: str, operator: Any, at: int, index: int) -> str:
    """The text with one fault, in the node that is the *at*-th of its tree."""
    tree = get_ast(text)
    node = next(node for place, node in enumerate(ast_nodes(tree)) if place == at)
    changed = operator.mutate(node, index)
    if changed is not node:
        siblings = node.parent.children
        siblings[siblings.index(node)] = changed
    return str(tree.get_code())


def _compiles(source: str) -> bool:
    """Whether it is Python: `not name := ...` is not."""
    with contextlib.suppress(SyntaxError):
        return bool(compile(source, "", "exec"))
    return False


def functions(code: CodeType) -> dict[Spot, CodeType]:
    """The code of everything that can be called in a module, and of its classes."""
    found = {}
    for part in code.co_consts:
        if isinstance(part, CodeType):
            found[part.co_qualname, part.co_firstlineno] = part
            found |= functions(part)
    return found


def differing(old: CodeType, new: CodeType) -> Spot | None:
    """The outermost function that differs; None where it is the module or a class itself."""
    before, after = functions(old), functions(new)
    for (name, line), code in before.items():
        if (name, line) not in after or _own(code) != _own(after[name, line]):
            outer = name.split(".<locals>")[0]
            spot = (name, line) if outer == name else next(one for one in before if one[0] == outer)
            function = spot in after and after[spot].co_flags & CO_NEWLOCALS
            return spot if function and not outer.endswith(("comp>", "expr>")) else None
    return None


def _own(code: CodeType) -> tuple[Any, ...]:
    """What a piece of code does itself, without the functions in it."""
    consts = [(type(part), part) for part in code.co_consts if not isinstance(part, CodeType)]
    return code.co_code, consts, code.co_names, code.co_varnames


def swap(path: Path, module: CodeType) -> None:
    """Put a module's functions in the place of those that are loaded."""
    fresh = functions(module)
    for held in gc.get_objects():
        if isinstance(held, FunctionType) and held.__code__.co_filename == str(path):
            spot = held.__code__.co_qualname, held.__code__.co_firstlineno
            held.__code__ = fresh.get(spot, held.__code__)
    forget()


def forget() -> None:
    """Empty every cache: what was worked out without the fault is not what it gives."""
    for held in gc.get_objects():
        if isinstance(held, _lru_cache_wrapper):
            held.cache_clear()


def passes(items: list[pytest.Item]) -> bool:
    """Whether tests pass, up to the first that does not."""
    return all(
        report.passed or report.skipped
        for item in items
        for report in runtestprotocol(item, nextitem=None, log=False)
    )


def spent() -> float:
    """Seconds of processor time so far, with those of the programs that were run."""
    return sum(os.times()[:4])


class Loop:
    """The plug-in that takes the place of pytest's loop over its tests."""

    def __init__(self, paths: list[Path], work: Path) -> None:
        self.paths = paths
        self.work = work
        self.items: list[pytest.Item] = []
        self.seconds: list[float] = []
        self.runs: dict[str, list[int]] = {}
        self.survivors = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every test once, to see what it runs, and then a few of them for each fault."""
        self.items = session.items
        for path in self.paths:  # what a command imports only when it runs has to be there
            inside = path.relative_to(SOURCE.parent).with_suffix("")
            import_module(".".join(inside.parts).removesuffix(".__init__"))
        os.waitpid(self._forked(self._record), 0)
        record = json.loads((self.work / "record.json").read_text(encoding="utf-8"))
        assert not record["failed"], f"fails without any fault: {record['failed']}"
        self.seconds, self.runs = record["seconds"], record["runs"]
        for path in self.paths:
            self._file(path)
        return True

    def _forked(self, work: Callable[[], int]) -> int:
        """The id of a process that does the work, silently and for a limited time."""
        if pid := os.fork():
            return pid
        code = 1
        try:
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
            resource.setrlimit(resource.RLIMIT_CPU, (DEADLINE, DEADLINE))
            signal.alarm(10 * DEADLINE)  # for what waits and does nothing
            folders = self.items[0].config._tmp_path_factory  # type: ignore[attr-defined]
            folders._basetemp = self._scratch(os.getpid())
            code = work()
        finally:
            os._exit(code)

    def _scratch(self, pid: int) -> Path:
        """A folder of its own for a process: two that share one trip each other up."""
        path = self.work / str(pid)
        path.mkdir(exist_ok=True)
        return path

    def _record(self) -> int:
        """Write down how long each test takes, and which tests run each function."""
        names = {str(path) for path in self.paths}
        runs: dict[str, list[int]] = {}
        seconds, failed = [], []
        seen: set[CodeType] = set()

        def note(frame: Any, event: str, _: Any) -> None:
            if event == "call" and frame.f_code.co_filename in names:
                seen.add(frame.f_code)

        for at, item in enumerate(self.items):
            seen.clear()
            forget()
            began = spent()
            sys.setprofile(note)
            if not passes([item]):
                failed.append(item.nodeid)
            sys.setprofile(None)
            seconds.append(spent() - began)
            for code in seen:
                spot = f"{code.co_filename} {code.co_qualname} {code.co_firstlineno}"
                runs.setdefault(spot, []).append(at)
        text = json.dumps({"runs": runs, "seconds": seconds, "failed": failed})
        (self.work / "record.json").write_text(text, encoding="utf-8")
        return 0

    def _file(self, path: Path) -> None:
        name = path.relative_to(SOURCE).with_suffix("").as_posix()
        explained = {
            line
            for same in EXPLAINED
            if same["file"] == name
            for line in same["faults"].splitlines()
        }
        running: dict[int, Mutant] = {}
        count = same = survived = 0
        old = compile(path.read_text(encoding="utf-8"), str(path), "exec")
        faults = mutants(path)
        while (mutant := next(faults, None)) or running:
            if mutant:
                count += 1
                if str(mutant) in explained:
                    same += 1
                else:
                    running[self._start(path, old, mutant)] = mutant
            if running and (not mutant or len(running) >= CONFIG["processes"]):
                pid, status = os.wait()
                if status == 0:
                    survived += 1
                    print(f"  {name}.py:{running[pid].line}: {running[pid]}", flush=True)
                del running[pid]
                shutil.rmtree(self._scratch(pid), ignore_errors=True)
        self.survivors += survived
        noticed = count - survived - same
        print(f"{name}.py: {count} faults, {noticed} noticed, {same} change nothing", flush=True)

    def _start(self, path: Path, old: CodeType, mutant: Mutant) -> int:
        """Begin to test one fault; the process ends with 0 where no test notices it."""
        module = compile(mutant.source, str(path), "exec")
        spot = differing(old, module)
        runs = self.runs.get(f"{path} {spot[0]} {spot[1]}", []) if spot else []
        quick = sorted(runs or range(len(self.items)), key=lambda at: self.seconds[at])
        sums = accumulate(self.seconds[at] for at in quick)
        items = [
            self.items[at]
            for at, total in zip(quick, sums, strict=True)
            if total <= CONFIG["seconds"]
        ]

        def swapped() -> int:
            swap(path, module)
            return 0 if passes(items) else 1

        def imported() -> int:
            """Outside of functions a fault needs a new interpreter, to import it."""
            text = self.work / f"{os.getpid()}.py"
            text.write_text(mutant.source, encoding="utf-8")
            names = (f"--basetemp={self._scratch(os.getpid())}", *(item.nodeid for item in items))
            call = [sys.executable, __file__, "--with", str(path), str(text), *names]
            os.execv(sys.executable, call)  # noqa: S606

        return self._forked(swapped if runs else imported)


def with_mutant(path: str, text: str, names: list[str]) -> int:
    """Run tests with another text in the place of a file of the source."""
    source = Path(text).read_text(encoding="utf-8")
    loaded = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, name: str) -> CodeType | None:
        return compile(source, path, "exec") if self.path == path else loaded(self, name)

    SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]
    return pytest.main(["-x", *OPTIONS, *names])


def main(arguments: list[str]) -> int:
    """Try every fault of the files named, or of all; 1 where one survives."""
    settings.register_profile("mutants", database=None, derandomize=True, max_examples=20)
    settings.load_profile("mutants")
    if arguments[:1] == ["--with"]:
        return with_mutant(arguments[1], arguments[2], arguments[3:])
    survivors = 0
    for part in CONFIG["parts"]:
        names = [name for name in part["files"] if not arguments or name in arguments]
        if names:
            with tempfile.TemporaryDirectory() as work, contextlib.chdir(ROOT):
                loop = Loop([SOURCE / f"{name}.py" for name in names], Path(work))
                pytest.main(["-s", *OPTIONS, *part["tests"]], plugins=[loop])
            survivors += loop.survivors
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
