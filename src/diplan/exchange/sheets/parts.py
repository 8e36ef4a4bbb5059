"""The parts of an Office document as bytes, after a look at whether reading them would do harm."""

from pathlib import Path

from diplan.exchange.sheets.cells import SheetError
from diplan.exchange.sheets.package import Package
from diplan.exchange.sheets.relations import PartReader, relations

LARGEST = 20 * 1024 * 1024
"""Bytes of the file."""

MOST_XML = 500_000
"""Elements of XML in all the parts that are taken."""

_KINDS = {"officeDocument", "styles", "theme", "numbering", "settings", "header", "footer", "image"}


def office_parts(path: Path) -> dict[str, bytes]:
    """What makes the look of an Office document, by name: the parts, and what they refer to.

    A part whose name ends as XML does is well-formed and within the bounds of `Package`.

    Raises:
        SheetError: the file is none that can be read, or unpacking it would do harm.
        OSError: the system does not give it.
    """
    if not path.is_file():
        raise SheetError(path, "this is not a file", "name a document")
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise SheetError(path, f"the file is larger than {LARGEST // 1024 // 1024} MiB", "")
    package = Package(path, data, most=MOST_XML)
    named, level = {"[Content_Types].xml": None, "_rels/.rels": None}, [""]
    for _ in range(3):
        level = [
            target
            for part in level
            for kind, target in relations(package, part).values()
            if kind in _KINDS and target not in named
        ]
        for part in level:
            folder, _, file = part.rpartition("/")
            named |= {part: None, f"{folder}/_rels/{file}.rels": None}
    return {name: _checked(package, name) for name in named if name in package}


def _checked(package: Package, name: str) -> bytes:
    if name.endswith((".xml", ".rels")):
        package.read(name, PartReader())
    return package.data(name)
