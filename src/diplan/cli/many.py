"""Many plans in one command: each is read alone, on all cores, and none keeps the others waiting.

What is done with a plan is a function of a module, since another process has to find it by name.
The results come in the order of the plans, whoever was first.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from pickle import dumps, loads
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import typer

from diplan.cli.output import remark
from diplan.ground.english import count
from diplan.ground.errors import DiplanError, TwoPlansError
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from diplan.files.load import Loaded
    from diplan.plan import Plan

PlanResult = TypeVar("PlanResult")

FEWEST = 8
"""Plans for which another process is worth its start."""

AHEAD = 4
"""Plans a process that may be done before the first of them is wanted."""


class PlanOutcome(NamedTuple, Generic[PlanResult]):
    """What came of a plan: what was made of it and a remark on that, or None and why."""

    home: Path
    made: PlanResult | None
    said: str


class BrokenPlanError(DiplanError):
    """A part of a plan's data cannot be read."""


class LostProcessError(DiplanError):
    """A process that read plans is gone."""

    def __init__(self) -> None:
        super().__init__(
            "a process that was reading plans ended before it was done",
            "see whether there is enough memory, or use --jobs 1",
        )


def read(folder: Path, at: str | None = None) -> "tuple[Plan, Loaded]":
    """One plan among many, today or at a revision.

    Raises:
        DiplanError: there is none, or a part of it cannot be read.
    """
    from diplan.files.journal import before_interrupted_edit
    from diplan.files.load import load
    from diplan.files.workspace import workspace_at
    from diplan.render.problems import counted

    home, _ = before_interrupted_edit(workspace_at(folder))
    if at is not None:
        from diplan.files.history import GitRepository

        home = GitRepository(home).at(at)
    loaded = load(home)
    if loaded.plan is None or loaded.errors:
        raise BrokenPlanError(f"part of its data cannot be read ({counted(loaded.errors)})")
    return loaded.plan, loaded


def each(
    work: "Callable[..., PlanResult]", folders: Sequence[Path], jobs: int | None, *arguments: Any
) -> "Iterator[PlanOutcome[PlanResult]]":
    """What a function makes of each folder, in order, with *jobs* processes or all cores.

    An error in one plan is its outcome.

    Raises:
        LostProcessError: a process is gone.
    """
    workers = min(jobs or cores(), len(folders) // FEWEST)
    if workers < 2:
        for folder in folders:
            yield _outcome(work, folder, arguments)
        return
    from concurrent.futures.process import BrokenProcessPool

    with _pool(workers) as pool:
        waiting = deque[Any]()
        try:
            for folder in folders:
                waiting.append(pool.submit(_outcome, work, folder, arguments))
                if len(waiting) > AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise LostProcessError from None


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _outcome(
    work: "Callable[..., PlanResult]", folder: Path, arguments: Sequence[Any]
) -> "PlanOutcome[PlanResult]":
    from diplan.files.journal import before_interrupted_edit
    from diplan.files.workspace import Workspace

    try:
        _, said = before_interrupted_edit(Workspace(folder))
        return PlanOutcome(folder, work(folder, *arguments), said)
    except DiplanError as error:
        return PlanOutcome(folder, None, str(error))
    except OSError as error:
        return PlanOutcome(folder, None, f"the system says: {error.strerror or error}".lower())


@contextmanager
def one_beside() -> "Iterator[Callable[[Callable[[], PlanResult]], Callable[[], PlanResult]]]":
    """A process beside this one for long jobs; on one core they are done when they are wanted.

    A job is a function of a module with what it is given.
    """
    if cores() < 2:
        yield lambda job: job
        return
    with _pool(1) as pool:

        def begun(job: "Callable[[], PlanResult]") -> "Callable[[], PlanResult]":
            return pool.submit(_unpacked, dumps(job)).result  # as it is now: this one works on

        yield begun


def _unpacked(job: bytes) -> Any:
    made: Callable[[], Any] = loads(job)  # noqa: S301 - what this program packed
    return made()


@contextmanager
def _pool(workers: int) -> "Iterator[ProcessPoolExecutor]":
    """Processes that begin anew, as they do on every system, and end with what they were for."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Set up a process as `main` does; its parent hears that the user wants to stop."""
    import gc
    import signal

    from diplan.cli import without_plugins

    without_plugins()
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def tell(home: Path, said: str, *, left_out: bool) -> None:
    """Tell the user what there is to say of a plan."""
    if said:
        remark(f"{'left out: ' if left_out else ''}{one_line(str(home))}: {said}")


class Tally:
    """How many of how many plans could be read."""

    def __init__(self) -> None:
        self.read = self.of = 0

    def made(
        self, outcomes: "Iterator[PlanOutcome[PlanResult]]", named: "Callable[[PlanResult], str]"
    ) -> "Iterator[PlanResult]":
        """What was made of those that could be read; the user is told of each of the others.

        Raises:
            TwoPlansError: two of them have one id, which is what *named* says of a plan.
        """
        homes: dict[str, Path] = {}
        for home, made, said in outcomes:
            self.of += 1
            tell(home, said, left_out=made is None)
            if made is None:
                continue
            if (name := named(made)) in homes:
                raise TwoPlansError(name, homes[name], home)
            homes[name] = home
            self.read += 1
            yield made

    def close(self) -> None:
        """Say how many were read; exits with 1 if any was not."""
        remark(f"read {self.read} of {count(self.of, 'plan')}")
        if self.read < self.of:
            remark("run `diplan check` with the same plans to see every problem")
            raise typer.Exit(1)
