"""Files to a plan: reads what there is, keeps what is sound, and says where everything stands.

Bad data gives problems, never an exception. Entities are validated one by one, so that one
broken action hides no other; positions are looked up only for a text with something to show.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from diplan.errors import BadTextError
from diplan.model import SECTIONS, Plan
from diplan.model.shape import keys_at
from diplan.problems import Finding, Place, Problem
from diplan.syntax.csvfile import CsvFile, read_csv
from diplan.syntax.plain import Irregular, Plain, read_yaml
from diplan.syntax.tree import Node, read_tree
from diplan.text import START, Source, Span, suggest
from diplan.workspace import LARGEST_FILE, Workspace

FILES: dict[str, tuple[str, ...]] = {
    "plan": ("plan", "corporate", "priorities", "services", "sources", "notes"),
    "indicators": ("indicators",),
    "actions": ("actions",),
    "venues": ("venues",),
}
"""Which sections the data files hold, in the order in which they are read and reported."""

SUFFIX = {"venues": ".csv"}


@dataclass(slots=True)
class File:
    """A data file that was read: its text, and where in it things are, once somebody asks."""

    source: Source
    csv: CsvFile | None = None
    _tree: Node | None = None

    def locate(self, path: tuple[str | int, ...], *, key: bool = False) -> tuple[Span, bool]:
        """Where *path* is written, and whether that place was complained about already.

        A path may go further than what is there: the deepest place that exists is given.
        """
        if self.csv:
            row, column = (path[1], path[2:3]) if len(path) > 1 else (None, ())
            span = (
                self.csv.span(row, str(column[0]) if column else None)
                if isinstance(row, int)
                else START
            )
            return span, False
        if self._tree is None:
            self._tree = read_tree(self.source)[0] or Node(None, START)
        node = self._tree.at(path)
        return (node.key or node.span) if key else node.span, node.bad


@dataclass(slots=True)
class Loaded:
    """What came of reading a workspace. `plan` is None where there is no cover sheet to read."""

    plan: Plan | None
    problems: list[Problem]
    files: list[File]
    origins: Mapping[str, list[tuple[File, int]]]

    def problem(self, finding: Finding) -> Problem:
        """A finding of a check, with its place in a file."""
        file, index = self.origins[finding.place.section][finding.place.index]
        return _problem(file, _path(finding.place, index), finding)

    def where(self, place: Place) -> str:
        """`file:line` of something in the plan."""
        file, index = self.origins[place.section][place.index]
        return f"{file.source.name}:{file.locate(_path(place, index))[0].line}"


def _path(place: Place, index: int) -> tuple[str | int, ...]:
    own: tuple[str | int, ...] = () if place.section == "plan" else (index,)
    return (place.section, *own, *place.path)


def load(workspace: Workspace) -> Loaded:
    """Read the plan of a workspace."""
    return _Loader(workspace).load()


@dataclass(slots=True)
class _Loader:
    workspace: Workspace
    problems: list[Problem] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    entities: dict[str, list[Any]] = field(
        default_factory=lambda: {section: [] for section in SECTIONS}
    )
    origins: dict[str, list[tuple[File, int]]] = field(
        default_factory=lambda: {section: [] for section in SECTIONS}
    )
    declared: dict[str, set[str]] = field(
        default_factory=lambda: {section: set() for section in SECTIONS}
    )

    def load(self) -> Loaded:
        for stem in FILES:
            paths = self.workspace.files(stem, SUFFIX.get(stem, ".yaml"))
            if stem == "plan" and not paths:
                self.file_problem(
                    "missing-file",
                    "the plan has no cover sheet",
                    self.workspace.data / "plan.yaml",
                    "write data/plan.yaml, with at least `plan: {id: ..., title: ...}`",
                )
            for path in paths:
                self.read(stem, path)
        self.unknown_files()
        return Loaded(self.plan(), self.problems, self.files, self.origins)

    def plan(self) -> Plan | None:
        lists = {name: tuple(found) for name, found in self.entities.items() if name != "plan"}
        declared = {name: frozenset(ids) for name, ids in self.declared.items()}
        covers = self.entities["plan"]
        return Plan(covers[0], **lists, declared=declared) if covers else None

    def file_problem(self, code: str, message: str, path: Path, hint: str) -> None:
        self.problems.append(Problem(code, message, self.workspace.name(path), hint=hint))

    def unknown_files(self) -> None:
        """Say which files beside the known ones will never be read."""
        known = {f"{stem}{SUFFIX.get(stem, '.yaml')}" for stem in FILES}
        for path in sorted(self.workspace.data.glob("*")):
            if path.suffix in (".yaml", ".yml", ".csv") and path.name not in known:
                close = suggest(path.name, known)
                self.file_problem(
                    "unknown-file",
                    "no part of a plan is kept in a file of this name, so it is not read",
                    path,
                    f'did you mean "{close}"?' if close else f"the files are {', '.join(known)}",
                )

    def read(self, stem: str, path: Path) -> None:
        """Read one file; what it fails to say, its sections can no longer vouch for."""
        text = self.text(path)
        if text is None:
            self.incomplete(stem)
            return
        file = File(Source(self.workspace.name(path), text))
        self.files.append(file)
        if stem == "venues":
            self.read_venues(file)
        else:
            self.read_yaml(file, FILES[stem])

    def incomplete(self, stem: str) -> None:
        for section in FILES[stem]:
            self.declared.pop(section, None)

    def text(self, path: Path) -> str | None:
        """The text of a file within bounds; None after saying why there is none."""
        try:
            root = self.workspace.root.resolve()
            if not path.is_file() or not path.resolve().is_relative_to(root):
                self.file_problem(
                    "unreadable-file",
                    "this is not a file of the workspace",
                    path,
                    "keep the data itself here: no folder, device, or link to somewhere else",
                )
                return None
            with path.open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1)
        except OSError as error:
            self.file_problem(
                "unreadable-file",
                f"the file cannot be read: {error.strerror or error}",
                path,
                "see that it exists and that you may read it",
            )
            return None
        if len(data) > LARGEST_FILE:
            self.file_problem(
                "too-large",
                f"the file is larger than {LARGEST_FILE // 1024 // 1024} MiB",
                path,
                "split it into a folder of files of the same name",
            )
            return None
        return self.decoded(path, data)

    def decoded(self, path: Path, data: bytes) -> str | None:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8", "replace")
            source = Source(self.workspace.name(path), data.decode("cp1252", "replace"))
            wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
            kind = "UTF-16" if wide else "another encoding, such as that of older Windows programs"
            self.problems.append(
                Problem(
                    "not-utf-8",
                    f"the file is not UTF-8: from here on it looks like {kind}",
                    source.name,
                    Source("", before + " ").span_at(len(before)),
                    'save it again as "UTF-8"',
                    source=None if wide else source,
                )
            )
            return None

    def read_venues(self, file: File) -> None:
        fields = SECTIONS["venues"].__dataclass_fields__  # type: ignore[attr-defined]
        file.csv = read_csv(file.source, fields, ("id", "name", "type"))
        self.problems += file.csv.problems
        if file.csv.problems:
            self.incomplete("venues")
        for index, row in enumerate(file.csv.rows):
            filled: dict[str, Plain] = {name: cell for name, cell in row.items() if cell}
            self.entity(file, "venues", index, filled)

    def read_yaml(self, file: File, sections: tuple[str, ...]) -> None:
        try:
            value = read_yaml(file.source.text)
        except Irregular:
            tree, problems = read_tree(file.source)
            self.problems += problems
            if tree is None:
                for section in sections:
                    self.declared.pop(section, None)
                return
            file._tree = tree
            value = tree.plain()
        if not isinstance(value, dict):
            said = "is empty" if value is None else "holds no keys"
            found = Finding(
                "wrong-type", f"the file {said}", Place(""), f"begin it with `{sections[0]}:`"
            )
            self.problems.append(_problem(file, (), found))
            return
        for key in value:
            if key not in sections:
                found = Finding(
                    "unknown-key", f'unknown key "{key}"', Place(""), _one_of(key, sections)
                )
                self.problems.append(_problem(file, (key,), found, key=True))
        for section in sections:
            if section in value:
                self.section(file, section, value[section])
            elif section in ("plan", "indicators", "actions"):
                found = Finding(
                    "missing-key",
                    f'the key "{section}" is missing',
                    Place(""),
                    f"begin the file with `{section}:`",
                )
                self.problems.append(_problem(file, (), found))

    def section(self, file: File, section: str, value: Plain) -> None:
        if section == "plan":
            self.entity(file, section, 0, value)
            return
        if not isinstance(value, list):
            if value is not None:
                found = Finding(
                    "wrong-type",
                    f'"{section}" is not a list',
                    Place(""),
                    "begin each item with a hyphen",
                )
                self.problems.append(_problem(file, (section,), found))
            return
        for index, item in enumerate(value):
            self.entity(file, section, index, item)

    def entity(self, file: File, section: str, index: int, value: Plain) -> None:
        """Validate one entity: keep it if it is sound, explain it if it is not."""
        if isinstance(value, dict) and isinstance(name := value.get("id"), str):
            self.declared.get(section, set()).add(name)
        try:
            entity = _adapter(section).validate_python(value)
        except ValidationError as error:
            path = _path(Place(section), index)
            self.problems += _explained(file, path, error.errors(include_url=False))
            return
        self.entities[section].append(entity)
        self.origins[section].append((file, index))


@lru_cache(maxsize=16)
def _adapter(section: str) -> TypeAdapter[Any]:
    return TypeAdapter(SECTIONS[section])


def _problem(
    file: File, path: tuple[str | int, ...], finding: Finding, *, key: bool = False
) -> Problem:
    span, _ = file.locate(path, key=key)
    return Problem(
        finding.code, finding.message, file.source.name, span, finding.hint, path, file.source
    )


def _explained(
    file: File, base: tuple[str | int, ...], details: list[ErrorDetails]
) -> Iterator[Problem]:
    """Validation errors in plain English, one for each mistake.

    Nothing is said of a place that was complained about already, nor of a key that is missing
    only because it is misspelt beside.
    """
    meant = {
        (
            *detail["loc"][:-1],
            suggest(str(detail["loc"][-1]), keys_at(str(base[0]), detail["loc"][:-1])),
        )
        for detail in details
        if detail["type"] == _UNKNOWN_KEY
    }
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in meant:
            continue
        path = (*base, *detail["loc"], *(("kind",) if "union_tag" in detail["type"] else ()))
        span, bad = file.locate(path, key=detail["type"] == _UNKNOWN_KEY)
        if not bad:
            code, message, hint = _worded(str(base[0]), detail)
            yield Problem(code, message, file.source.name, span, hint, path, file.source)


_UNKNOWN_KEY: Final = "unexpected_keyword_argument"


def _worded(section: str, detail: ErrorDetails) -> tuple[str, str, str]:
    """The code, the message and the remedy, by the type of a validation error."""
    name = next((part for part in reversed(detail["loc"]) if isinstance(part, str)), "this item")
    value, context = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "value_error" if isinstance(context["error"], BadTextError):
            error = context["error"]
            if value is None:
                return "missing-key", f'"{name}" is empty', "write its value, or delete the key"
            return error.code, str(error), error.hint
        case "missing":
            return "missing-key", f'the key "{name}" is missing', f"add `{name}:`"
        case "union_tag_not_found":
            return "missing-key", 'the key "kind" is missing', "add `kind:`, such as `kind: halve`"
        case kind if kind == _UNKNOWN_KEY and name.isdigit():
            hint = "a comma inside a number cuts it in two: leave it out"
            return "unknown-key", f'unknown key "{name}"', hint
        case kind if kind == _UNKNOWN_KEY:
            return (
                "unknown-key",
                f'unknown key "{name}"',
                _one_of(name, keys_at(section, detail["loc"][:-1])),
            )
        case "literal_error" | "union_tag_invalid":
            expected = context.get("expected") or context["expected_tags"]
            words = str(expected).replace(" or ", ", ").replace("'", "").split(", ")
            wrong = context.get("tag", value)
            return "not-in-list", f'"{wrong}" is not one of the words here', _one_of(wrong, words)
    return _unfit_text(detail, name, value)


def _unfit_text(detail: ErrorDetails, name: str, value: Any) -> tuple[str, str, str]:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "string_pattern_mismatch" if "a-z0-9" in context["pattern"]:
            hint = "write small letters and digits with hyphens between words, such as work-clubs"
            return "not-an-id", f'"{value}" is not an id', hint
        case "string_pattern_mismatch":
            return "not-allowed", f'"{name}" runs over several lines', "write it on one line"
        case "string_too_long":
            most = context["max_length"]
            return "not-allowed", f'"{name}" has {len(value):,} characters', f"at most {most:,} fit"
        case "string_too_short":
            value = None
    return _wrong_type(detail["type"], name, value)


def _wrong_type(kind: str, name: str, value: object) -> tuple[str, str, str]:
    if value is None:
        return "missing-key", f'"{name}" is empty', "write its value, or delete the key"
    if kind == "tuple_type":
        hint = (
            f"write `{name}: [{value}]`" if isinstance(value, str) else "begin each with a hyphen"
        )
        return "wrong-type", f'"{name}" is not a list', hint
    if kind == "string_type":
        return "wrong-type", f'"{name}" is not a text', "write one text here"
    return "wrong-type", f"{name} needs keys of its own", "write `key: value` inside it"


def _one_of(wrong: object, words: tuple[str, ...] | list[str]) -> str:
    close = suggest(str(wrong), words)
    return f'did you mean "{close}"?' if close else f"one of: {', '.join(words)}"
