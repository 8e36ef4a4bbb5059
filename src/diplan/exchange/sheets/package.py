"""Packed workbooks and documents: the parts of a zip file as elements in a stream, within bounds.

Either may be a bomb. What the archive says of its sizes is looked at before anything is unpacked;
of the XML there is never more in memory than one tag, and a document type, which could declare
entities, is refused.
"""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from diplan.exchange.sheets.cells import AGAIN, SheetError

UNPACKED = 60 * 1024 * 1024
"""Bytes of all that is packed in a file."""

MOST_MEMBERS = 300
MOST_ELEMENTS = 2_000_000
"""Of XML, in all parts that are read."""

DEEPEST = 100
LONGEST_TAG = 256 * 1024
"""Bytes."""

_CHUNK = 64 * 1024
_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = (
    expat.ExpatError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError,
    LookupError, ValueError, TypeError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What damage makes Python's own readers raise, and ours."""


class Reader(Protocol):
    """Takes the elements of a part as they come; names are `NAMESPACE NAME`."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """A piece of a text."""


class Package:
    """A packed workbook or document; *most* is how many XML elements may be read of it.

    Raises:
        SheetError: it is none that can be read, or unpacking it would do harm.
    """

    def __init__(self, path: Path, data: bytes, *, most: int = MOST_ELEMENTS) -> None:
        self.path, self._most = path, most
        if data.startswith(_OLE):
            raise _old(path, data)
        if data.count(_ENTRY) > MOST_MEMBERS:
            raise SheetError(path, f"more than {MOST_MEMBERS} files are packed in it")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            said = "the file is damaged, or is not what its name says"
            raise SheetError(path, said, AGAIN) from error
        members = self._archive.infolist()
        if sum(member.file_size for member in members) > UNPACKED:
            raise SheetError(
                path, f"what is packed in it is larger than {UNPACKED // 1024 // 1024} MiB"
            )
        for member in members:
            if member.flag_bits & 1:
                raise locked(path)
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                message = f"it is packed in a way that is not read (method {member.compress_type})"
                raise SheetError(path, message, AGAIN)
        self._elements = 0

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def raw(self, name: str) -> bytes:
        """The first bytes of a part; empty where there is none."""
        try:
            with self._archive.open(name) as stream:
                return stream.read(_CHUNK)
        except _DAMAGED:
            return b""

    def data(self, name: str) -> bytes:
        """All bytes of a part.

        Raises:
            SheetError: it is damaged.
        """
        try:
            return self._archive.read(name)
        except _DAMAGED as error:
            raise SheetError(self.path, f'the part "{name[:80]}" is damaged', AGAIN) from error

    def read(self, name: str, reader: Reader) -> None:
        """Give the elements of a part to a reader.

        Raises:
            SheetError: there is no such part, it is damaged, or it is beyond a bound.
        """
        if name not in self:
            message = f'the part "{name[:80]}" of it is missing'
            raise SheetError(self.path, message, AGAIN)
        try:
            self._parse(name, reader)
        except _DAMAGED as error:
            raise SheetError(self.path, f'the part "{name[:80]}" is damaged', AGAIN) from error

    def _parse(self, name: str, reader: Reader) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        depth = heard = 0

        def start(element: str, attributes: dict[str, str]) -> None:
            nonlocal depth, heard
            depth, heard = depth + 1, True
            self._elements += 1
            if self._elements > self._most:
                raise self._beyond(f"has more than {self._most:,} XML elements")
            if depth > DEEPEST:
                raise self._beyond(f"has XML elements nested more than {DEEPEST} deep")
            reader.start(element, attributes)

        def end(element: str) -> None:
            nonlocal depth, heard
            depth, heard = depth - 1, True
            reader.end(element)

        def text(data: str) -> None:
            nonlocal heard
            heard = True
            reader.text(data)

        def refuse(*_: object) -> None:
            raise self._beyond("declares a document type, which no office program writes")

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refuse
        silent = 0
        with self._archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                heard = False
                parser.Parse(chunk, False)
                silent = 0 if heard else silent + len(chunk)
                if silent > LONGEST_TAG:
                    raise self._beyond(f"has an XML tag longer than {LONGEST_TAG // 1024} KiB")
        parser.Parse(b"", True)

    def _beyond(self, what: str) -> SheetError:
        return SheetError(self.path, f"the {_noun(self.path)} {what}")


def locked(path: Path) -> SheetError:
    """What to say of a file that only a password opens."""
    program = "an office program" if _noun(path) == "document" else "a spreadsheet"
    hint = f"take the password off in {program}, and save it again"
    return SheetError(path, f"this {_noun(path)} is password protected", hint)


def _noun(path: Path) -> str:
    """What a file is, by what its name ends in."""
    return "document" if path.suffix.lower() in (".docx", ".docm", ".odt") else "workbook"


def _old(path: Path, data: bytes) -> SheetError:
    """What to say of the container that Excel used before xlsx, and still uses for passwords."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return locked(path)
    if _noun(path) == "document":
        return SheetError(path, "this is the old Word format (doc)", "save it as a docx document")
    return SheetError(path, "this is the old Excel format (xls)", "save it as an xlsx workbook")
