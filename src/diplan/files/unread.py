"""Files that are missing from a plan, or that look like a part of it and are not read."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from diplan.files.workspace import Workspace, ending
from diplan.ground.text import NamedText, did_you_mean, suggest
from diplan.plan import NARRATIVE
from diplan.plan.plan import FILES
from diplan.problems import Problem


def no_cover_sheet(home: Workspace) -> Problem:
    """The problem that nothing says what the plan is."""
    return Problem(
        "missing-file",
        "the plan has no cover sheet",
        home.name("data/plan.yaml"),
        hint="write it, with `plan: {id: ..., title: ...}`, and with the priorities,"
        " services and sources that the other files name",
    )


def unasked_texts(
    narrative: Mapping[str, NamedText], priorities: Collection[str]
) -> Iterator[Problem]:
    """Which paragraphs no paper will print."""
    names = frozenset({*NARRATIVE, *priorities})
    for stem, source in narrative.items():
        if stem not in names:
            close = suggest(stem, names)
            listing = f"they are called {', '.join(NARRATIVE)}, or like a priority"
            hint = did_you_mean(close and f"{close}.md", listing)
            message = "no paper asks for paragraphs of this name"
            yield Problem("unknown-file", message, source.name, hint=hint)


def unread_files(home: Workspace) -> Iterator[Problem]:
    """Which files that look like data will never be read."""
    known = {f"{stem}{ending(stem)}": stem for stem in FILES}
    for name in home.listing():
        path = PurePosixPath(name)
        if str(path.parent) == "data" and path.name in (*FILES, "narrative"):
            message = "this is not a folder of the workspace"
            hint = "keep the data itself here: no file, or link to somewhere else"
            yield Problem("unreadable-file", message, home.name(name), hint=hint)
        if path.suffix.lower() not in (".yaml", ".yml", ".csv"):
            continue
        folder = path.parent.name if path.parent.name != "data" else ""
        if path.suffix == ending(folder) if folder in FILES else not folder and path.name in known:
            continue
        close = suggest(folder or path.name, FILES if folder else known)
        hint = did_you_mean(close, f"the files are {', '.join(known)}")
        if folder in FILES:
            hint = f"give it the ending {ending(folder)}"
        message = "no part of a plan is kept in a file of this name, so it is not read"
        yield Problem("unknown-file", message, home.name(name), hint=hint)
