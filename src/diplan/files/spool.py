"""A spool: pieces of output by name, on disk until all of them are there.

So the memory that a command takes does not grow with the number of plans that it reads.
"""

import tempfile
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self


class Spool:
    """Pieces of bytes under names; each name's are given back in the order of adding."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `__exit__` closes it
        self._places: dict[str, list[tuple[int, int]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def add(self, pieces: Mapping[str, bytes]) -> None:
        """Keep a piece for each of some names."""
        start = self._file.seek(0, 2)
        for name, piece in pieces.items():
            self._file.write(piece)
            self._places.setdefault(name, []).append((start, len(piece)))
            start += len(piece)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The pieces of a name."""
        for start, length in self._places.get(name, ()):
            self._file.seek(start)
            yield self._file.read(length)
