"""What an import works with: the plan as it is, what is new in it, the account, and who to ask."""

from collections.abc import Callable
from typing import Any, NamedTuple

from diplan.documents.account import Account
from diplan.documents.bodies import bodies
from diplan.documents.grid import FoundDocument
from diplan.documents.register import Register, line_of, same, unnumbered
from diplan.documents.rows import FoundRow, Said
from diplan.documents.statuses import ReadStatus, status
from diplan.documents.times import Calendar
from diplan.files.yaml.plain import Plain
from diplan.ground.english import capital
from diplan.ground.period import Period
from diplan.plan import Plan

LONGEST_TEXT = 20_000


class Asking(NamedTuple):
    """The questions that an import may have; each answers None where nobody can say."""

    choose: Callable[[str, str, tuple[str, ...]], str | None]
    """A cell (where it is), its text and its readings: the right one."""
    why: Callable[[str, str, str], str | None]
    """What was promised, what it was and what it would be: why it is changed."""
    same: Callable[[str, str], bool]
    """Whether a new title and one of the plan are the same thing."""


UNASKED = Asking(lambda *_: None, lambda *_: None, lambda *_: False)
"""Nobody to ask: what is not clear stays as it is."""


class Context:
    """The plan that a document is imported into, and what comes in."""

    def __init__(self, plan: Plan, today: Period, account: Account, ask: Asking) -> None:
        self.plan, self.today, self.account, self.ask = plan, today, account, ask
        self.date = today
        """What a grade is dated by that has no date."""
        self.calendar = Calendar(plan.cover.years, plan.cover.country)
        self.services = Register(plan.services, "service")
        self.headings = Register(plan.priorities, "heading")
        self.sources = Register(plan.sources, "source")
        self.outcomes: dict[str, Register] = {
            priority.id: Register(priority.outcomes, "outcome") for priority in plan.priorities
        }
        self.source = ""
        self.fallback = ""
        self.statuses: dict[str, ReadStatus] = {}
        self._bodies: dict[str, list[str]] = {}
        self._read: dict[str, ReadStatus | None] = {}
        self.taken: set[str] = set()
        for section in ("actions", "indicators", "venues"):
            self.taken |= {entity.id for entity in getattr(plan, section)}

    def begin(self, document: FoundDocument) -> None:
        """Go on with another document, which is a source of what comes in."""
        self.fallback = document.title or stem(document.file)
        self.source = self.sources.named(self.fallback, self.fallback)

    def reading(self, where: str, text: str, readings: tuple[str, ...]) -> str | None:
        """The one of several readings that somebody says is right."""
        return self.ask.choose(where, text, readings)

    def heading(self, said: str) -> str:
        """The id of the heading that something stands under."""
        title = line_of(unnumbered(said))
        return self.headings.named(title, title)

    def status(self, text: str) -> ReadStatus | None:
        """The grade that a text gives; a word is written as it was met first."""
        if text not in self._read:
            self._read[text] = status(text, self.plan.cover.scale)
        known = self._read[text]
        if known is None:
            return None
        first = self.statuses.setdefault(same(known.grade), known)
        return known._replace(grade=first.grade)

    def bodies(self, row: FoundRow, role: str) -> list[str]:
        """The ids of all bodies that the columns of a role name."""
        names: list[str] = []
        for said in row.said.get(role, ()):

            def choose(part: str, readings: tuple[str, ...], said: Said = said) -> str | None:
                header = said.column.header
                chosen = self.reading(f"{row.where}, {header}", part, readings)
                if chosen is None:
                    what = "one name or several? read as one"
                    self.account.cell(row.where, header, part, what)
                return chosen

            if said.text not in self._bodies or "," in said.text:
                self._bodies[said.text] = bodies(said.text, self.services, choose)
            names += self._bodies[said.text]
        return list(dict.fromkeys(names))

    def at(self, row: FoundRow) -> str:
        """The place of a row in its document, with the document's own number for it."""
        return line_of(f"{row.where}{f', ref {row.ref}' if row.ref else ''}")


def stem(file: str) -> str:
    """The name of a file as a title."""
    name = file.rpartition(".")[0] or file
    words = " ".join(name.replace("_", " ").replace("-", " ").split())
    return capital(words) or "Document"


def noted(extra: list[Said], more: list[str]) -> str:
    """Cells that have no place of their own, each with its heading, one a line."""
    lines = [
        " ".join(f"{said.column.header or 'no heading'}: {said.text}".split()) for said in extra
    ]
    return "\n".join(dict.fromkeys([*lines, *more]))[:LONGEST_TEXT]


def kept(values: dict[str, Any]) -> dict[str, Plain]:
    """The keys that have something to say."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
