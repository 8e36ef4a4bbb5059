"""What the parts of an Office file refer to, and readers of such parts without namespaces.

Names of elements are looked at without their namespace, of which there are two kinds (strict and
transitional). What is outside the file is never followed.
"""

from pathlib import PurePosixPath

from diplan.exchange.sheets.package import Package


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, as kind and part, by the key that it uses for it."""
    folder = PurePosixPath(part).parent
    name = str(folder / "_rels" / f"{PurePosixPath(part).name}.rels")
    named = _Relations()
    if name in package:
        package.read(name, named)
    return {key: (kind, _joined(folder, target)) for key, kind, target in named.listed}


def _joined(folder: PurePosixPath, target: str) -> str:
    """The name of a part that is named as seen from a folder, or from the root with a slash."""
    parts = [] if target.startswith("/") else list(folder.parts)
    for step in target.split("/"):
        if step == "..":
            del parts[-1:]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)


class PartReader:
    """A reader of a part that passes over what it does not know."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.begins(name.rpartition(" ")[2], attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self.ends(name.rpartition(" ")[2])

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """The same, without the namespace."""

    def ends(self, name: str) -> None:
        """The same, without the namespace."""

    def text(self, data: str) -> None:
        """A piece of a text."""


class _Relations(PartReader):
    """What a part refers to: key, kind and target."""

    def __init__(self) -> None:
        self.listed: list[tuple[str, str, str]] = []

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.listed.append((attributes.get("Id", ""), kind, attributes.get("Target", "")))
