"""The house: who may import what, and who alone may speak to the world."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parents[1] / "src" / "diplan"

FLOORS: tuple[tuple[str, ...], ...] = (
    ("__init__",),
    ("ground",),
    ("problems",),
    ("plan",),
    ("checks", "judge"),
    ("files",),
    ("report",),
    ("render", "exchange"),
    ("documents", "site"),
    ("api", "cli"),
    ("survey", "open_sdg"),
    ("__main__",),
)
"""From the ground up; the rooms of one floor do not know each other."""

FLOOR = {room: height for height, floor in enumerate(FLOORS) for room in floor}

ROOMS = {
    "typer": {"cli", "survey", "open_sdg"},
    "rich": {"render"},
    "tabulate": {"render"},
    "jinja2": {"render"},
    "markupsafe": {"render", "site"},
    "markdown_it": {"render", "documents"},
    "docx": {"render"},
    "font_source_sans_pro": {"render"},
    "lxml": {"render"},
    "typst": {"render"},
    "yaml": {"files"},
    "csv": {"files", "render", "exchange", "survey", "open_sdg"},
    "xlsxwriter": {"exchange"},
    "xml": {"exchange", "render"},
    "zipfile": {"exchange", "render"},
    "pyarrow": {"api", "exchange"},
    "pydantic": {"plan", "files", "survey"},
    "pydantic_core": {"files"},
}
"""Where each library may be imported."""

WORLD = {"print", "input", "sys.exit", "os._exit", "os.environ", "datetime.now", "date.today"}
"""What only the command line does."""

HANDED_ON = {"ground/programs.py": {"os.environ"}}
"""But that one room hands the environment to other programs, and reads nothing in it."""

MODULES = {
    path: list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    for path in sorted(SRC.rglob("*.py"))
}
"""Every module, and what its text is made of."""


def room(path: Path) -> str:
    """The room that a module is in."""
    return path.relative_to(SRC).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    """The absolute dotted names that a module imports, wherever in it."""
    for node in MODULES[path]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_run_downward() -> None:
    """A module imports only floors beneath its own, and its own room."""
    upward = []
    for path in MODULES:
        assert room(path) in FLOOR, f"{room(path)} has no floor"
        for name in imports(path):
            library, *parts = name.split(".")
            if library == "diplan":
                other = parts[0] if parts[0] in FLOOR else "__init__"
                if other != room(path) and FLOOR[other] >= FLOOR[room(path)]:
                    upward.append(f"{path} imports {name}")
    assert upward == []


def test_libraries_stay_in_their_rooms() -> None:
    """Each library is imported only where the house has a room for it."""
    strays = [
        f"{path} imports {name}"
        for path in MODULES
        for name in imports(path)
        if room(path) not in ROOMS.get(name.split(".")[0], {room(path)})
    ]
    assert strays == []


def test_only_the_command_line_touches_the_world() -> None:
    """Nothing but `cli` prints, reads the clock or the environment, or exits."""
    touching = []
    for path, nodes in MODULES.items():
        allowed = HANDED_ON.get(path.relative_to(SRC).as_posix(), set())
        for node in nodes if room(path) != "cli" else ():
            if isinstance(node, ast.Call | ast.Attribute):
                named = ast.unparse(node.func if isinstance(node, ast.Call) else node)
                if named in WORLD - allowed:
                    touching.append(f"{path}: {named}")
    assert touching == []


def test_every_floor_is_lived_in() -> None:
    """The table of floors names no room that is not there."""
    assert {room(path) for path in MODULES} == set(FLOOR)


def types_of(path: Path) -> Iterator[str]:
    """The classes, and the other names for types, that a module defines for others."""
    module = MODULES[path][0]
    assert isinstance(module, ast.Module)
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id


def test_a_type_has_one_meaning() -> None:
    """No two modules use the same name for different types; a type variable has none of its own."""
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for name in types_of(path):
            if re.fullmatch(r"[A-Z][A-Za-z]*[a-z][A-Za-z]*", name):
                homes.setdefault(name, []).append(path.relative_to(SRC).as_posix())

    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_faults_that_change_nothing_are_still_there() -> None:
    """Each line that `tests/mutants.toml` explains is in the file that it names."""
    text = (Path(__file__).parent / "mutants.toml").read_text(encoding="utf-8")
    for entry in tomllib.loads(text)["same"]:
        lines = (SRC / f"{entry['file']}.py").read_text(encoding="utf-8").splitlines()
        for fault in entry["faults"].strip().splitlines():
            assert fault.partition("  ->  ")[0].strip() in map(str.strip, lines), entry["file"]
