"""A document beside a plan: what is new, what is edited, and which promises are left alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from diplan.documents.account import Account, counted
from diplan.documents.actions import action
from diplan.documents.comparing import compare
from diplan.documents.context import Asking, Context
from diplan.documents.edits import Compared, Edits
from diplan.documents.grid import FoundDocument
from diplan.documents.indicators import indicator
from diplan.documents.matching import PERHAPS, SURELY, Matcher
from diplan.documents.places import place
from diplan.documents.register import line_of, new_id, same, unnumbered
from diplan.documents.rows import FoundRow, rows_of
from diplan.documents.statuses import new_scale
from diplan.documents.taken import TakenTable
from diplan.documents.words import TITLE
from diplan.exchange.entries import additions, appended
from diplan.files.edit import Put
from diplan.files.load import Loaded
from diplan.files.yaml.plain import Plain
from diplan.ground.english import singular
from diplan.ground.period import Period
from diplan.plan import Plan
from diplan.plan.fields.shape import keys_at
from diplan.problems import Place

SECTION = {"actions": "actions", "indicators": "indicators", "places": "venues"}
MAKE = {"actions": action, "indicators": indicator, "places": place}


class IncomingDocument(NamedTuple):
    """A document with what its tables are taken for."""

    document: FoundDocument
    taken: Sequence[TakenTable]
    date: Period
    """What a grade is dated by that has no date."""


class Proposal(NamedTuple):
    """What an import would do."""

    puts: list[Put]
    account: Account
    made: dict[str, int]
    """How many things are new, by section."""
    changed: int
    """How many things of the plan are edited."""


def propose(
    loaded: Loaded, incoming: Sequence[IncomingDocument], today: Period, ask: Asking
) -> Proposal:
    """What importing documents would do to a plan."""
    assert loaded.plan is not None  # noqa: S101 - it has been opened
    work = _Work(loaded, loaded.plan, today, ask)
    for entry in incoming:
        work.take(entry)
    return work.proposal()


class _Work:
    def __init__(self, loaded: Loaded, plan: Plan, today: Period, ask: Asking) -> None:
        self.loaded, self.plan, self.ask = loaded, plan, ask
        self.account = Account()
        self.context = Context(plan, today, self.account, ask)
        self.new: dict[str, list[dict[str, Plain]]] = {name: [] for name in SECTION.values()}
        self.edits = Edits(ask, self.account, today)
        self.places = {
            (section, entity.id): Place(section, at)
            for section in SECTION.values()
            for at, entity in enumerate(getattr(plan, section))
        }
        self.sources: set[str] = set()
        self.earlier: set[tuple[str, str]] = set()
        """What is new in the documents before this one, by section and title."""

    def take(self, entry: IncomingDocument) -> None:
        """Take what a document has."""
        context = self.context
        context.date = entry.date
        context.begin(entry.document)
        self.edits.source = context.source
        for kind, section in SECTION.items():
            matcher = Matcher(getattr(self.plan, section))
            tables = [
                (taken, rows_of(taken, self.account, context.calendar))
                for taken in entry.taken
                if taken.kind == kind
            ]
            there = _exact([row for _, rows in tables for row in rows], matcher, context)
            for taken, rows in tables:
                self._beside(section, taken, rows, there, matcher)
            self._gone(matcher, list(there.values()))
        self.earlier |= {
            (section, same(str(values.get("title") or values["name"])))
            for section, entities in self.new.items()
            for values in entities
        }
        for taken in entry.taken:
            if taken.kind and taken.table.stale:
                cells = f"{taken.table.where}: {taken.table.stale} of its cells hold formulas"
                self.account.line(f"{cells}; what was saved as their results was taken")

    def _beside(
        self,
        section: str,
        taken: TakenTable,
        rows: Sequence[FoundRow],
        there: dict[FoundRow, Any],
        matcher: Matcher,
    ) -> None:
        """Find what the plan has of a table, and add what it has not."""
        context, kind = self.context, taken.kind
        for row in rows:
            title = title_of(row)
            if row not in there and matcher.free:
                entity, alike = matcher.nearest(title, row.ref)
                if alike >= SURELY or (alike >= PERHAPS and self._is_same(row, title, entity)):
                    matcher.take(entity)
                    there[row] = entity
        usual = Counter(getattr(there[row], "priority", None) for row in rows if row in there)
        for row in rows:
            entity = there.get(row)
            heading = ""
            if section != "venues":
                own = row.text("heading") or row.heading
                name = getattr(entity, "priority", None) or next(iter(usual), None)
                above = own or ("" if name else taken.title or context.fallback)
                heading = context.heading(above) if above else str(name)
            values = MAKE[kind](row, context, heading)
            if entity is not None:
                place = self.places[section, entity.id]
                compare(Compared(entity, place, values, row), self.edits)
            elif (section, same(title_of(row))) in self.earlier:
                what = "in another document of this import too, left out here"
                self.account.cell(row.where, "", title_of(row), what)
            else:
                self._add(section, line_of(title_of(row)), values, context)

    def _is_same(self, row: FoundRow, title: str, entity: Any) -> bool:
        """Whether somebody says that a title is of a thing in the plan; else it is told."""
        other = getattr(entity, "title", None) or entity.name
        if self.ask.same(title, other):
            return True
        self.account.cell(row.where, "", title, f'new, though much like "{other}"')
        return False

    def _add(self, section: str, title: str, values: dict[str, Plain], context: Context) -> None:
        name = new_id(title, context.taken, singular(section))
        context.taken.add(name)
        self.sources.add(context.source)
        keys = keys_at(section, ())
        values = {"id": name, **values}
        self.new[section].append({key: values[key] for key in keys if key in values})

    def _gone(self, matcher: Matcher, there: Sequence[Any]) -> None:
        """Name what came from an earlier version of a document, and is no longer in it.

        A document is a version of one of which it has half of what is in the plan, or more.
        """
        known = Counter(getattr(entity, "source", None) for entity in there)
        left: dict[str, list[Any]] = {}
        for entity in matcher.free.values():
            if getattr(entity, "ended", None) is None and getattr(entity, "source", None):
                left.setdefault(entity.source, []).append(entity)
        for source, entities in left.items():
            for entity in entities if len(entities) <= known[source] else ():
                title = getattr(entity, "title", None) or entity.name
                self.account.line(f'"{title}" is no longer in the document; it stays in the plan')

    def proposal(self) -> Proposal:
        """What all of it comes to."""
        context = self.context
        used = self._used()
        puts = [*self._scale(context)]
        outcomes = self._outcomes(context, used)
        puts += outcomes
        sources = [entry for entry in context.sources.new if ("source", entry["id"]) in used]
        services = [entry for entry in context.services.new if ("lead", entry["id"]) in used]
        headings = [entry for entry in context.headings.new if ("priority", entry["id"]) in used]
        new = {"priorities": headings, "services": services, "sources": sources, **self.new}
        added = [list(appended(self.loaded, *entry)) for entry in new.items()]
        puts += [some[0] for some in added if some]  # so that no list is empty when many come in
        puts += self.edits.puts
        puts += additions(self.plan, self.edits.entries)
        puts += [put for some in added for put in some[1:]]
        order = (*self.new, "priorities", "services", "sources")
        made = {section: len(new[section]) for section in order}
        return Proposal(puts, self.account, made, len(self.edits.changed))

    def _used(self) -> set[tuple[str, Plain]]:
        """The ids that what is new or edited refers to, each with the key that it stands under.

        Nothing else that a document names comes in.
        """
        used: set[tuple[str, Plain]] = {("source", name) for name in self.sources}
        for values in (entry for entities in self.new.values() for entry in entities):
            for key in ("priority", "outcome", "lead", "delivers"):
                used.update(_references(values.get(key), key))
        for values in self.edits.written:
            used.update(_references(values))
        return used

    def _scale(self, context: Context) -> Iterator[Put]:
        """The scale with the words that it lacks."""
        written = [
            str(update["grade"])
            for values in (*self.new["actions"], *self.edits.written)
            for update in _updates(values)
        ]
        wanted = [known for known in context.statuses.values() if known.grade in written]
        used = any(entity.updates for entity in self.plan.actions)
        used = used or any(entity.updates for entity in self.plan.priorities)
        if scale := new_scale(self.plan.cover.scale, wanted, used=used):
            yield Put(Place("plan", 0, ("scale",)), [{**entry} for entry in scale])
            words = ", ".join(f"{entry['grade']} ({entry['means']})" for entry in scale)
            self.account.line(f"the plan's scale of grades becomes: {words}")

    def _outcomes(self, context: Context, used: set[tuple[str, Plain]]) -> list[Put]:
        """The new outcomes, in their headings."""
        puts: list[Put] = []
        places = {priority.id: at for at, priority in enumerate(self.plan.priorities)}
        for heading, register in context.outcomes.items():
            new = [entry for entry in register.new if ("outcome", entry["id"]) in used]
            if heading in places:
                at = places[heading]
                there = len(self.plan.priorities[at].outcomes)
                for number, entry in enumerate(new, there):
                    puts.append(Put(Place("priorities", at, ("outcomes", number)), entry))
            elif new:
                mine = next(entry for entry in context.headings.new if entry["id"] == heading)
                mine["outcomes"] = [*new]
        return puts


def title_of(row: FoundRow) -> str:
    """What a row is about."""
    return row.text(TITLE[row.kind])


def _exact(rows: Sequence[FoundRow], matcher: Matcher, context: Context) -> dict[FoundRow, Any]:
    """What the plan has under the very titles of some rows."""
    there: dict[FoundRow, Any] = {}
    for row in rows:
        own = row.text("heading") or row.heading
        heading = context.headings.known(unnumbered(own)) if own else ""
        entity = matcher.exact(line_of(title_of(row)), heading or "")
        if entity is not None:
            matcher.take(entity)
            there[row] = entity
    return there


def _references(value: Plain, key: str = "") -> Iterator[tuple[str, Plain]]:
    """All texts in a value, each with the key that it stands under; partners count as leads."""
    if isinstance(value, str):
        yield "lead" if key == "delivers" else key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _references(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner, key)


def _updates(values: dict[str, Plain]) -> Iterator[dict[str, Plain]]:
    listed = values.get("updates")
    for update in listed if isinstance(listed, list) else ():
        if isinstance(update, dict) and "grade" in update:
            yield update


def sentence(proposal: Proposal) -> str:
    """What an import makes, in a sentence."""
    said = counted(proposal.made)
    parts = [f"new: {said}"] if said else []
    if proposal.changed:
        parts.append(f"edited: {proposal.changed}")
    return "; ".join(parts) or "nothing new"
