"""The edits of what a plan has: what is put where, what is told of it, and promises on record."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from diplan.documents.account import Account
from diplan.documents.context import Asking
from diplan.documents.rows import FoundRow
from diplan.exchange.entries import IncomingEntry
from diplan.files.edit import Put
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.splice import NOTHING
from diplan.ground.errors import BadTextError
from diplan.ground.period import Period, period
from diplan.plan.pairing import written
from diplan.problems import KeyPath, Place

WasAndNow = tuple[str | None, str | None]
"""What something was and what it is now, as the data has it."""

NOT_GIVEN = "(nothing)"
LONGEST_SHOWN = 60


class Compared(NamedTuple):
    """A thing of the plan beside the row of a document that is about it."""

    entity: Any
    place: Place
    values: dict[str, Plain]
    row: FoundRow

    @property
    def title(self) -> str:
        """What it is called in the plan."""
        return str(getattr(self.entity, "title", None) or self.entity.name)

    def listed(self, key: str) -> Iterator[dict[str, Plain]]:
        """The records of a list that the document has."""
        entries = self.values.get(key)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                yield entry


class Edits:
    """The edits of an import, as they are found."""

    def __init__(self, ask: Asking, account: Account, today: Period) -> None:
        self.ask, self.account, self.today = ask, account, today
        self.source = ""
        """Id of the document that is read."""
        self.puts: list[Put] = []
        self.entries: list[IncomingEntry] = []
        self.written: list[dict[str, Plain]] = []
        self.changed: set[str] = set()

    def put(self, it: Compared, path: KeyPath, value: Plain) -> None:
        """Put something in its place, or take it away; and say so."""
        self._put(it, path, value)
        old = said(it.entity, str(path[0])) if len(path) == 1 else None
        self.tell(it, ".".join(map(str, path)), old, value)

    def _put(self, it: Compared, path: KeyPath, value: Plain) -> None:
        self.puts.append(Put(it.place._replace(path=path), value))
        self.changed.add(it.entity.id)
        self.written.append({str(path[0]): value})

    def add(self, it: Compared, key: str, when: Period, values: dict[str, Plain]) -> None:
        """Add a figure or an update."""
        self.entries.append(IncomingEntry(it.place.section, it.entity.id, when, values))
        self.changed.add(it.entity.id)
        self.written.append({key: [values]})

    def tell(self, it: Compared, key: str, old: Any, new: Plain) -> None:
        """Say what is edited."""
        was = f"{_short(old)} to " if old is not None else ""
        self.account.edits.append(f'"{it.title}": {key} {was}{_short(new)}')

    def leave(self, it: Compared, what: str) -> None:
        """Say what is promised or measured otherwise, and left alone."""
        self.account.moved.append(f'"{it.title}" ({it.row.where}): {what}')

    def move(
        self, it: Compared, changes: Mapping[str, WasAndNow], puts: Mapping[KeyPath, Plain]
    ) -> None:
        """Put something promised or measured on record, if somebody says why it changed."""
        was, now = (
            ", ".join(f"{what} {pair[at] or NOT_GIVEN}" for what, pair in changes.items())
            for at in (0, 1)
        )
        why = self.ask.why(it.title, was, now)
        if not why:
            self.leave(it, f"{was} in the plan, {now} in the document")
            return
        for path in sorted(puts, key=lambda path: puts[path] is NOTHING):
            self.put(it, path, puts[path])
        there = len(it.entity.revisions) + sum(
            put.place[:2] == it.place[:2] and put.place.path[:1] == ("revisions",)
            for put in self.puts
        )
        for at, (what, (old, new)) in enumerate(changes.items(), there):
            told = {"date": self.today.text, "what": what, "was": old, "now": new, "why": why}
            entry: dict[str, Plain] = {key: text for key, text in told.items() if text is not None}
            self._put(it, ("revisions", at), {**entry, "source": self.source})


def differing(old: Any, new: dict[str, Plain], names: Sequence[str]) -> dict[str, WasAndNow]:
    """The fields that differ; a time that the document does not give stays as it is."""
    pairs: dict[str, WasAndNow] = {}
    for name in names:
        key = name.rstrip("_")
        was, now = written(getattr(old, name, None)), new.get(key)
        kept = key == "path" or (now is None and key in ("period", "due", "from", "running"))
        if not (kept or was == now or (was and now and same(getattr(old, name), str(now)))):
            pairs[key] = was, None if now is None else str(now)
    return pairs


def said(entity: Any, key: str) -> Any:
    """What the plan has under a key, as the data has it."""
    value = entity.priority if key == "priority" else getattr(entity, key)
    if isinstance(value, tuple) and not isinstance(value, Period):
        return list(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return written(value)


def same(old: Any, new: str) -> bool:
    """Whether a time or a number is the same, however it is written."""
    if old is None:
        return False
    try:
        return bool(old == (period(new) if isinstance(old, Period) else type(old)(new)))
    except (BadTextError, ValueError, ArithmeticError, TypeError):
        return False


def _short(value: Any) -> str:
    """A value in a line of the account."""
    if isinstance(value, dict):
        value = value.get("value") or value.get("kind") or value.get("planned") or "..."
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "nothing")
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3].rstrip()}..."
