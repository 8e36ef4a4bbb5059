"""Files to a plan: reads what there is, keeps what is sound, and says where everything stands.

Bad data gives problems, never an exception. Entities are validated one by one, so that one
broken action hides no other; positions are looked up only for a text with something to show.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from diplan.files.csvfile import CsvFile
from diplan.files.decoding import bounded, decoded, unsafe_characters
from diplan.files.unread import no_cover_sheet, unasked_texts, unread_files
from diplan.files.workspace import Workspace
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.yamlfile import YamlFile
from diplan.ground.text import NamedText, did_you_mean, suggest
from diplan.plan import SECTIONS, CoverSheet, Plan
from diplan.plan.capacity import with_capacity
from diplan.plan.plan import FILES, NEEDED
from diplan.problems import Finding, KeyPath, Place, Problem

VENUE_COLUMNS = list(SECTIONS["venues"].__dataclass_fields__)  # type: ignore[attr-defined]

File = YamlFile | CsvFile


class Item(NamedTuple):
    """A sound entity of the plan, the file that it is in, and its number there."""

    entity: Any
    file: File
    number: int


class SoundFile(NamedTuple):
    """A file without a problem, and its entities, by section."""

    file: File
    items: Mapping[str, Sequence[Item]]


class Loaded(NamedTuple):
    """What came of reading a workspace. `plan` is None where there is no cover sheet to read."""

    plan: Plan | None
    problems: list[Problem]
    files: list[File]
    origins: Mapping[str, Sequence[Item]]
    """The entities of each section, in the order of the plan."""
    root: Path
    narrative: Mapping[str, NamedText]
    """Paragraphs for reports, in Markdown, by the name of their file."""
    sound: "Mapping[str, SoundFile]"
    """What came of each file without a problem, by its name: see `load`."""

    @property
    def sources(self) -> list[NamedText]:
        """Every text that was read, in the order of reading."""
        return [*(file.source for file in self.files), *self.narrative.values()]

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep a part of the data from being read."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def problem(self, finding: Finding) -> Problem:
        """A finding of a check, with its place in a file."""
        _, file, index = self.origins[finding.place.section][finding.place.item]
        return located(
            file, path_of(finding.place, index), finding.code, finding.message, finding.hint
        )

    def where(self, place: Place) -> str:
        """`file:line` of something in the plan."""
        _, file, index = self.origins[place.section][place.item]
        return f"{file.source.name}:{file.locate(path_of(place, index))[0].line}"


def venue_table(source: NamedText, needed: Sequence[str] = (), separator: str = ",") -> CsvFile:
    """A text as the table of places that it is, of whose columns some are *needed*."""
    return CsvFile(source, VENUE_COLUMNS, needed, separator)


def path_of(place: Place, index: int) -> KeyPath:
    """The path inside its file of a place whose entity is number *index* there."""
    own: KeyPath = () if place.section == "plan" else (index,)
    return (place.section, *own, *place.path)


def located(
    file: File,
    path: KeyPath,
    code: str,
    message: str,
    hint: str,
    *,
    key: bool = False,
) -> Problem:
    """A problem at a path of a file, or at the last key of that path."""
    span, _ = file.locate(path, key=key)
    return Problem(code, message, file.source.name, span, hint, path, file.source)


def load(
    workspace: Workspace, *, cover: CoverSheet | None = None, known: Loaded | None = None
) -> Loaded:
    """Read the plan of a workspace; *cover* serves where its own cover sheet cannot be read.

    Files that say the same as in *known* are not read into records a second time.
    """
    return _Loader(workspace, cover, known.sound if known else {}).load()


class _Loader:
    """Gathers entities, their origins and the problems, file by file."""

    def __init__(
        self, workspace: Workspace, cover: CoverSheet | None, known: Mapping[str, SoundFile]
    ) -> None:
        self.workspace = workspace
        self.known = known
        self.sound: dict[str, SoundFile] = {}
        self.cover = cover
        self.problems: list[Problem] = []
        self.files: list[File] = []
        self.narrative: dict[str, NamedText] = {}
        self.covered = False
        self.items: dict[str, list[Item]] = {section: [] for section in SECTIONS}
        self.declared: dict[str, set[str]] = {section: set() for section in SECTIONS}
        self.given: dict[tuple[str, str], list[bool]] = {}
        """By section and id, whether each entity that was given it is sound."""

    def load(self) -> Loaded:
        for stem in FILES:
            paths = self.workspace.files(stem)
            if stem == "plan" and not paths:
                self.problems.append(no_cover_sheet(self.workspace))
            for path in paths:
                self.read(stem, path)
            if stem == "plan" and self.files and not self.covered:
                self.missing(self.files[0], "plan")
        for path in self.workspace.files("narrative"):
            self.read_narrative(path)
        if "priorities" in self.declared:
            self.problems += unasked_texts(self.narrative, self.declared["priorities"])
        self.problems += unread_files(self.workspace)
        root = self.workspace.root
        return Loaded(
            self.plan(), self.problems, self.files, self.items, root, self.narrative, self.sound
        )

    def plan(self) -> Plan | None:
        lists = {name: tuple(item.entity for item in self.items[name]) for name in SECTIONS}
        cover = next(iter(lists.pop("plan")), self.cover)
        declared = {name: frozenset(ids) for name, ids in self.declared.items()}
        return with_capacity(Plan(cover, **lists, declared=declared)) if cover else None

    def read_narrative(self, path: str) -> None:
        text = self.text(path)
        if text is None:
            return
        source = NamedText(self.workspace.name(path), text)
        for code, message, span, hint in islice(unsafe_characters(source), 1):
            self.problems.append(Problem(code, message, source.name, span, hint, source=source))
        self.narrative[PurePosixPath(path).stem] = source

    def read(self, stem: str, path: str) -> None:
        """Read one file; what it fails to say, its sections can no longer vouch for."""
        text = self.text(path)
        complete = False
        if text is not None:
            file = self.reused(path, text) or self.read_anew(stem, path, text)
            self.files.append(file)
            complete = file.complete
        if not complete:
            for section in FILES[stem]:
                self.declared.pop(section, None)

    def reused(self, path: str, text: str) -> File | None:
        """A file that is known to be sound and says the same still, with its entities."""
        known = self.known.get(self.workspace.name(path))
        if known is None or known.file.source.text != text:
            return None
        if self.covered and known.items["plan"]:
            return None
        self.covered = self.covered or bool(known.items["plan"])
        for section, items in known.items.items():
            self.declared.get(section, set()).update(
                getattr(item.entity, "id", "") for item in items
            )
            self.items[section] += items
        self.sound[known.file.source.name] = known
        return known.file

    def read_anew(self, stem: str, path: str, text: str) -> File:
        """A file, read for the first time or after a change."""
        source, before = NamedText(self.workspace.name(path), text), len(self.problems)
        counts = {section: len(items) for section, items in self.items.items()}
        file = self.venues(source) if stem == "venues" else self.sections(source, FILES[stem])
        if len(self.problems) == before:
            items = {section: self.items[section][count:] for section, count in counts.items()}
            self.sound[source.name] = SoundFile(file, items)
        return file

    def text(self, path: str) -> str | None:
        """The text of a file within bounds; None after saying why there is none."""
        data = bounded(self.workspace, path)
        text = decoded(self.workspace.name(path), data) if isinstance(data, bytes) else data
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        return text

    def venues(self, source: NamedText) -> CsvFile:
        file = venue_table(source, ("id", "name", "type"))
        self.problems += file.problems
        for index, row in enumerate(file.rows):
            self.entity(file, "venues", index, dict(row))
        return file

    def sections(self, source: NamedText, names: tuple[str, ...]) -> YamlFile:
        file = YamlFile(source)
        self.problems += file.problems
        if not file.complete:
            return file
        value = file.value
        if not isinstance(value, dict):
            said = "is empty" if value is None else "has no keys"
            self.problem(file, (), "wrong-type", f"the file {said}", f"begin it with `{names[0]}:`")
            return file
        for key in value:
            if key not in names:
                hint = did_you_mean(suggest(key, names), f"one of: {', '.join(names)}")
                self.problem(file, (key,), "unknown-key", f'unknown key "{key}"', hint, key=True)
        for name in names:
            if name == "plan" and name in value and self.covered:
                hint = "keep one cover sheet: merge the two"
                message = "the plan has a second cover sheet"
                self.problem(file, (name,), "duplicate-key", message, hint, key=True)
            elif name in value:
                self.covered = self.covered or name == "plan"
                self.section(file, name, value[name])
            elif name in NEEDED:
                self.missing(file, name)
        return file

    def missing(self, file: File, name: str) -> None:
        """Say that a file lacks a section, unless it could not be read to its end."""
        if file.complete and isinstance(file, YamlFile) and isinstance(file.value, dict):
            hint = f"begin the file with `{name}:`"
            self.problem(file, (), "missing-key", f'the key "{name}" is missing', hint)

    def problem(
        self,
        file: File,
        path: tuple[str, ...],
        code: str,
        message: str,
        hint: str,
        *,
        key: bool = False,
    ) -> None:
        self.problems.append(located(file, path, code, message, hint, key=key))

    def section(self, file: File, name: str, value: Plain) -> None:
        if name == "plan":
            self.entity(file, name, 0, value)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self.entity(file, name, index, item)
        elif value is not None:
            hint = "begin each item with a hyphen"
            self.problem(file, (name,), "wrong-type", f'"{name}" is not a list', hint)

    def entity(self, file: File, section: str, index: int, value: Any) -> None:
        """Validate one entity: keep it if it is sound, explain it if it is not."""
        name = value.get("id") if isinstance(value, dict) else None
        if isinstance(name, str):
            self.declared.get(section, set()).add(name)
        path = path_of(Place(section), index)
        try:
            entity = _adapter(section).validate_python(value, by_alias=True, by_name=False)
        except ValidationError as error:
            from diplan.files.explain import explained

            self.problems += explained(
                file, path, SECTIONS[section], error.errors(include_url=False)
            )
            sound = False
        else:
            self.items[section].append(Item(entity, file, index))
            sound = True
        if isinstance(name, str) and section != "plan":
            self.check_given_once(file, section, (*path, "id"), name, sound=sound)

    def check_given_once(
        self, file: File, section: str, path: tuple[Any, ...], name: str, *, sound: bool
    ) -> None:
        """Say that an id is given twice, where a check of the sound entities cannot see it."""
        others = self.given.setdefault((section, name), [])
        if others and not (sound and any(others)):
            message = f'the id "{name}" is given twice under "{section}"'
            hint = "give one of the two another id, and change what refers to it"
            self.problem(file, path, "duplicate-id", message, hint)
        others.append(sound)


@lru_cache(maxsize=16)
def _adapter(section: str) -> TypeAdapter[Any]:
    return TypeAdapter(SECTIONS[section])
