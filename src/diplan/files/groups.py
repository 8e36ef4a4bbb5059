"""Groups of plans by name: a YAML file with a list of areas, or of ids of plans, under each."""

from pathlib import Path

from diplan.files.decoding import decoded
from diplan.files.yaml.yamlfile import YamlFile
from diplan.ground.errors import DiplanError
from diplan.ground.text import NamedText, one_line

LARGEST = 1 << 20
"""Bytes."""


class BadGroupsError(DiplanError):
    """A file of groups is not one."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f'"{one_line(str(path))}" has no groups: {reason}',
            "write a name on each line, with its areas: `coastal: [E06000009, E07000061]`",
        )


def read_groups(path: Path) -> dict[str, list[str]]:
    """The groups of a file, each with its members.

    Raises:
        BadGroupsError: the file says something else.
    """
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadGroupsError(path, "it is too large")
    text = decoded(str(path), data)
    if not isinstance(text, str):
        raise BadGroupsError(path, text.message)
    file = YamlFile(NamedText(str(path), text))
    for problem in file.problems:
        raise BadGroupsError(path, f"line {problem.span.line}: {problem.message}")
    value = file.value
    if not isinstance(value, dict):
        raise BadGroupsError(path, "it has no names with lists under them")
    groups: dict[str, list[str]] = {}
    for name, members in value.items():
        if not isinstance(members, list) or not all(isinstance(one, str) for one in members):
            raise BadGroupsError(path, f'"{name}" is not a list of areas')
        groups[name] = [str(one) for one in members]
    return groups
