"""What the commands that write have in common: fields, questions, the preview, and saving."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.common import emit, remark, today, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from diplan.edit import Draft, Make
    from diplan.loading import Loaded
    from diplan.model import Plan
    from diplan.period import Period
    from diplan.problems import Place
    from diplan.syntax.plain import Plain

DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
]
YesOption = Annotated[
    bool, typer.Option("--yes", "-y", help="Do not ask; doubts about a figure are settled.")
]

KeysArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[KEY=VALUE]...", help="Keys of the data; lists have commas.",
                   show_default=False),
]  # fmt: skip

LISTS = ("indicators", "actions", "venues", "priorities", "services", "sources", "corporate",
         "profiles")  # fmt: skip
"""The sections whose entities have an id, in the order in which one is looked for."""


def interactive() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def find(plan: "Plan", name: str, sections: Sequence[str] = LISTS) -> "Place":
    """Where the entity of an id is; a mistyped one gets a suggestion."""
    from diplan.cli.naming import unknown
    from diplan.errors import OptionError
    from diplan.problems import Place

    found = [
        Place(section, index)
        for section in sections
        for index, entity in enumerate(getattr(plan, section))
        if entity.id == name
    ]
    if len(found) > 1:
        message = f'"{name}" is the id of several things: {", ".join(one.section for one in found)}'
        raise OptionError(message, "say which with --in")
    if found:
        return found[0]
    entities = [entity for section in sections for entity in getattr(plan, section)]
    what = sections[0].removesuffix("s") if len(sections) == 1 else "thing in the plan"
    raise unknown(what, name, entities)


def ask(question: str, default: str | None = None, *, needed: bool = True) -> str | None:
    """The answer to a question; an empty one is None."""
    shown = default if default is not None else ("" if not needed else None)
    answer: str = typer.prompt(question, default=shown, show_default=bool(default))
    return answer or None


def fields(section: str, given: Iterable[str]) -> "Iterator[tuple[tuple[str, ...], Plain]]":
    """`KEY=VALUE` as the path of a key in the data and its value; lists are split at commas."""
    from diplan.errors import OptionError
    from diplan.model.shape import is_list, keys_at
    from diplan.text import suggest

    for one in given:
        name, sign, value = one.partition("=")
        path = tuple(name.strip().split("."))
        if not sign or not all(path):
            message = f'"{one}" is not KEY=VALUE'
            raise OptionError(message, "for example: lead=libraries, or target.due=2020")
        known = keys_at(section, path[:-1])
        if path[-1] not in known:
            close = suggest(path[-1], known)
            listing = f"one of: {', '.join(known)}" if known else "that key holds no others"
            message = f'unknown key "{name}"'
            raise OptionError(message, f'did you mean "{close}"?' if close else listing)
        text = value.strip()
        many = is_list(section, path)
        yield path, [part.strip() for part in text.split(",") if part.strip()] if many else text


def nested(pairs: "Iterable[tuple[tuple[str, ...], Plain]]") -> dict[str, Any]:
    """Keys with their paths as one record."""
    whole: dict[str, Any] = {}
    for path, value in pairs:
        inner = whole
        for part in path[:-1]:
            inner = inner.setdefault(part, {})
        inner[path[-1]] = value
    return whole


def carry_out(
    folder: Path | None,
    make: "Make",
    *,
    about: "Place | None" = None,
    moment: "Period | None" = None,
    doubts: "Callable[[Plan], Iterable[str]] | None" = None,
    asked: bool = False,
    dry_run: bool = False,
    yes: bool = False,
) -> None:
    """Preview an edit, ask where there is a doubt, and save it.

    *about* is what it is about, for the verdict before and after: as of today, or of a later
    *moment* that the edit speaks of. *doubts* are what to ask once, of the plan as it would be.
    Where questions were *asked*, the last one is whether to save.
    """
    from diplan.edit import draft, save
    from diplan.errors import OptionError

    home, when = workspace(folder), today()
    made = draft(home, make, when)
    if not made.files:
        remark("nothing to change: the plan says so already")
        return
    for line in _effect(made, about, max(moment or when, when, key=lambda one: one.end)):
        remark(line)
    if dry_run:
        emit(made.diff())
        return
    doubted = list(doubts(made.after.plan)) if doubts and made.after.plan and not yes else []
    if doubted:
        if not interactive():
            raise OptionError(doubted[0], "if it is right, say so with --yes")
        for doubt in doubted:
            said = doubt if doubt.endswith("?") else f"{doubt}."
            typer.confirm(f"{said[0].upper()}{said[1:]} Is the figure right?", abort=True)
    elif asked and not yes:
        emit(made.diff())
        typer.confirm("Save it?", default=True, abort=True)
    done = save(home, make, when)
    remark(f"wrote {', '.join(done.files)}")


def _effect(made: "Draft", about: "Place | None", moment: "Period") -> Iterator[str]:
    """What an edit does to the verdict on what it is about, at a moment."""
    if about is None or about.section not in ("indicators", "actions"):
        return
    before, after = (_stands(one, about, moment) for one in (made.before, made.after))
    if before == after or not before:
        yield after
    else:
        yield f"before: {before}"
        yield f"after:  {after}"


def _stands(loaded: "Loaded", about: "Place", moment: "Period") -> str:
    from diplan.assess import assess
    from diplan.report import wording
    from diplan.report.actions import sentence

    plan = loaded.plan
    if plan is None or about.item >= len(getattr(plan, about.section)):
        return ""
    found = assess(plan, moment)
    if about.section == "actions":
        standing = found.standings[about.item]
        return f"{standing.action.title}: {sentence(standing)}"
    verdict = found.verdicts[about.item]
    return f"{verdict.indicator.title}: {wording.sentence(verdict)}"
