"""What a document has otherwise than the plan: edits, updates, and promises that are moved openly.

Where the document has nothing to say, the plan stays as it is.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from diplan.documents.account import Account
from diplan.documents.context import Asking, Context
from diplan.documents.rows import FoundRow
from diplan.documents.statuses import normal
from diplan.documents.targets import Goal
from diplan.exchange.entries import IncomingEntry
from diplan.files.edit import Put
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.splice import NOTHING
from diplan.ground.errors import BadTextError
from diplan.ground.period import Period, period
from diplan.plan import Plan
from diplan.plan.pairing import FIGURE, MILESTONE, TARGET, written
from diplan.problems import Place

PLAIN = {
    "actions": (
        "title", "priority", "outcome", "objective", "lead", "delivers", "start",
        "success_measure", "next_steps", "risks",
    ),
    "indicators": ("title", "priority", "lead", "collected_from", "frequency"),
    "venues": (
        "name", "organisation", "address_1", "city", "postal_code", "latitude", "longitude",
        "public_computers", "quick_use_computers", "suite_computers", "laptops", "wifi",
        "staff_support", "booking", "opening_hours", "accessibility", "url",
    ),
}  # fmt: skip
"""What is changed without a reason; the rest was promised or measured."""


NOT_GIVEN = "(nothing)"


class Edits:
    """The edits of things that the plan has."""

    def __init__(self, plan: Plan, ask: Asking, account: Account) -> None:
        self.plan, self.ask, self.account = plan, ask, account
        self.puts: list[Put] = []
        self.entries: list[IncomingEntry] = []
        self.written: list[dict[str, Plain]] = []
        self.changed: set[str] = set()
        self.places = {
            (section, entity.id): Place(section, at)
            for section in PLAIN
            for at, entity in enumerate(getattr(plan, section))
        }

    def compare(
        self, section: str, entity: Any, values: dict[str, Plain], row: FoundRow, context: Context
    ) -> None:
        """Take over what a row has otherwise than the plan's thing that it is about."""
        place = self.places[section, entity.id]
        for key in PLAIN[section]:
            if key in values and _given(key, row) and _said(entity, key) != values[key]:
                self._put(entity, place, (key,), values[key])
        self._note(entity, place, "notes" if section == "venues" else "note", values, row)
        if section == "actions":
            self._due(entity, place, values, row, context)
            self._budget(entity, place, values)
            self._updates(entity, values, row)
        elif section == "indicators":
            self._figures(entity, place, values, row, context)

    def _note(
        self, entity: Any, place: Place, key: str, values: dict[str, Plain], row: FoundRow
    ) -> None:
        """The document's lines of a note; those of cells that are understood now are taken out."""
        extra = {said.column.header for said in row.extra}
        understood = {
            said.column.header for listed in row.said.values() for said in listed
        } - extra  # fmt: skip
        old = getattr(entity, key) or ""
        new = merged(old, str(values.get(key, "")), key, understood)
        if new != old:
            self._put(entity, place, (key,), new or NOTHING)

    def _put(self, entity: Any, place: Place, path: tuple[Any, ...], value: Plain) -> None:
        self.puts.append(Put(place._replace(path=path), value))
        self.changed.add(entity.id)
        self.written.append({str(path[0]): value})
        if path[0] != "revisions":
            old = _said(entity, path[0]) if len(path) == 1 else None
            self._tell(entity, ".".join(map(str, path)), old, value)

    def _tell(self, entity: Any, key: str, old: Any, new: Plain) -> None:
        """Say what is edited."""
        title = getattr(entity, "title", None) or entity.name
        was = f"{_short(old)} to " if old is not None else ""
        self.account.edits.append(f'"{title}": {key} {was}{_short(new)}')

    def _due(
        self, entity: Any, place: Place, values: dict[str, Plain], row: FoundRow, context: Context
    ) -> None:
        """A due date that moved: asked about, or left alone and listed."""
        text = row.text("due")
        if not text:
            return
        if "timescale" in values:
            if entity.due is None and entity.timescale != values["timescale"]:
                self._put(entity, place, ("timescale",), values["timescale"])
            elif entity.due is not None and not any(
                _same(entity.due, reading) for reading in row.readings
            ):
                shown = " ".join(text.split())
                self.account.moved.append(
                    f'"{entity.title}" ({row.where}): due {entity.due} in the plan, and "{shown}"'
                    " in the document, which is not a date"
                )
            return
        due = str(values.get("due", ""))
        if _same(entity.due, due):
            return
        changes: dict[str, tuple[str | None, str | None]] = {"due": (written(entity.due), due)}
        puts: dict[str, Plain] = {key: values[key] for key in ("due", "continues", "since")
                                  if key in values}  # fmt: skip
        if entity.timescale:
            puts["timescale"] = NOTHING
        if entity.since and "since" not in puts:
            puts["since"] = NOTHING
        self._moved(
            entity, place, row, context, changes, {(key,): put for key, put in puts.items()}
        )

    def _moved(
        self,
        entity: Any,
        place: Place,
        row: FoundRow,
        context: Context,
        changes: Mapping[str, tuple[str | None, str | None]],
        puts: Mapping[tuple[Any, ...], Plain],
    ) -> None:
        """Something promised or measured that differs: with a reason it is put on record."""
        was, now = (
            ", ".join(f"{what} {pair[at] or NOT_GIVEN}" for what, pair in changes.items())
            for at in (0, 1)
        )
        why = self.ask.why(entity.title, was, now)
        if not why:
            self.account.moved.append(
                f'"{entity.title}" ({row.where}): {was} in the plan, {now} in the document'
            )
            return
        for path, value in puts.items():
            self._put(entity, place, path, value)
        there = len(entity.revisions) + sum(
            put.place.path[:1] == ("revisions",) and put.place.item == place.item
            and put.place.section == place.section
            for put in self.puts
        )  # fmt: skip
        for at, (what, (old, new)) in enumerate(changes.items(), there):
            told = {"date": context.today.text, "what": what, "was": old, "now": new}
            entry: dict[str, Plain] = {key: text for key, text in told.items() if text is not None}
            entry |= {"why": why, "source": context.source}
            self._put(entity, place, ("revisions", at), entry)

    def _budget(self, entity: Any, place: Place, values: dict[str, Plain]) -> None:
        budget = values.get("budget")
        if not isinstance(budget, dict):
            return
        if entity.budget is None:
            self._put(entity, place, ("budget",), budget)
            return
        for key, value in budget.items():
            if written(getattr(entity.budget, key)) != value:
                self._put(entity, place, ("budget", key), value)

    def _updates(self, entity: Any, values: dict[str, Plain], row: FoundRow) -> None:
        """How the action stands now, where that is new."""
        listed = values.get("updates")
        dated = {said.column.period for said in row.said.get("grade", ()) if said.column.period}
        for update in listed if isinstance(listed, list) else ():
            if not isinstance(update, dict):
                continue
            when = period(str(update["date"]))
            known = [past for past in entity.updates if past.date == when]
            last = known[-1] if str(update["date"]) in dated and known else None
            last = last or (entity.updates[-1] if entity.updates else None)
            if last and _is_known(last, update):
                continue
            if last and (last.date.end > when.end or (known and str(update["date"]) in dated)):
                self.account.moved.append(
                    f'"{entity.title}" ({row.where}): {last.grade} on {last.date} in the plan,'
                    f" {update['grade']} on {when} in the document"
                )
                continue
            self.entries.append(IncomingEntry("actions", entity.id, when, update))
            was = f", before that {last.grade}" if last else ""
            self._tell(entity, f"on {when}", None, f"{update['grade']}{was}")
            self.changed.add(entity.id)
            self.written.append({"updates": [update]})

    def _figures(
        self, entity: Any, place: Place, values: dict[str, Plain], row: FoundRow, context: Context
    ) -> None:
        """New figures; and a baseline, a target, milestones or figures that differ."""
        baseline = values.get("baseline")
        if isinstance(baseline, dict) and row.said.get("baseline"):
            self._record(entity, place, row, context, "baseline", entity.baseline, baseline, FIGURE)
        target = values.get("target")
        if isinstance(target, dict) and target["kind"] not in ("none", "to-be-confirmed"):
            self._record(entity, place, row, context, "target", entity.target, target, TARGET)
            self._milestones(entity, place, values, row, context)
        elif isinstance(row.goal, Goal) and entity.target.kind in row.goal.readings:
            read = {**row.goal.keys, "kind": entity.target.kind}
            given = {key: value for key, value in (("due", row.goal.due),) if value}
            self._record(entity, place, row, context, "target", entity.target, read | given, TARGET)
        listed = values.get("observations")
        for seen in listed if isinstance(listed, list) else ():
            if isinstance(seen, dict):
                self._observation(entity, place, seen, row, context)

    def _observation(
        self, entity: Any, place: Place, seen: dict[str, Plain], row: FoundRow, context: Context
    ) -> None:
        when = period(str(seen["period"]))
        at = next((at for at, old in enumerate(entity.observations) if old.period == when), None)
        if at is None:
            if "missing" not in seen:
                self.entries.append(IncomingEntry("indicators", entity.id, when, seen))
                self._tell(entity, f"for {when}", None, seen.get("value", "a figure"))
                self.changed.add(entity.id)
                self.written.append({"observations": [seen]})
            return
        old = entity.observations[at]
        if old.missing and "missing" not in seen:
            self._put(entity, place, ("observations", at), seen)
            return
        if "missing" not in seen:
            names = tuple(name for name in FIGURE if name != "period")
            self._record(entity, place, row, context, f"observations.{old.period}", old, seen,
                         names, ("observations", at))  # fmt: skip

    def _record(
        self,
        entity: Any,
        place: Place,
        row: FoundRow,
        context: Context,
        name: str,
        old: Any,
        new: dict[str, Plain],
        names: tuple[str, ...],
        path: tuple[Any, ...] | None = None,
    ) -> None:
        """What differs between a record of the plan and the document's; what lacks there stays."""
        within = path or (name,)
        differing = dict(_differing(old, new, names))
        if "missing" in new or not differing:
            return
        changes = {f"{name}.{key}": pair for key, pair in differing.items()}
        puts: dict[tuple[Any, ...], Plain] = {(*within, key): NOTHING if now is None else now
                for key, (_, now) in differing.items()}  # fmt: skip
        if old is None:
            puts = {within: new}
        elif "source" in new:
            puts |= {(*within, "source"): new["source"], (*within, "at"): new["at"]}
        self._moved(entity, place, row, context, changes, puts)

    def _milestones(
        self, entity: Any, place: Place, values: dict[str, Plain], row: FoundRow, context: Context
    ) -> None:
        listed = values.get("milestones")
        there = {old.period: at for at, old in enumerate(entity.milestones)}
        for new in listed if isinstance(listed, list) else ():
            if not isinstance(new, dict):
                continue
            at = there.get(period(str(new["period"])))
            if at is None:
                changes: dict[str, tuple[str | None, str | None]] = {
                    f"milestones.{new['period']}": (None, str(new["value"]))
                }
                behind = sum(when.end < period(str(new["period"])).end for when in there)
                if behind == len(entity.milestones):
                    added: dict[tuple[Any, ...], Plain] = {("milestones", behind): new}
                    self._moved(entity, place, row, context, changes, added)
                else:
                    self.account.moved.append(
                        f'"{entity.title}" ({row.where}): no milestone for {new["period"]} in the'
                        f" plan, {new['value']} in the document"
                    )
            else:
                names = tuple(key for key in MILESTONE if key in new)
                old = entity.milestones[at]
                for _, pair in _differing(old, new, names):
                    changes = {f"milestones.{old.period}": pair}
                    puts_value = {("milestones", at, "value"): pair[1]}
                    self._moved(entity, place, row, context, changes, puts_value)


def _short(value: Any) -> str:
    """A value in a line of the account."""
    if isinstance(value, dict):
        value = value.get("value") or value.get("kind") or value.get("planned") or "..."
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "nothing")
    said = " ".join(said.split())
    return said if len(said) <= 60 else f"{said[:57].rstrip()}..."


def _differing(
    old: Any, new: dict[str, Plain], names: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    """The fields that differ; a time that the document does not give stays as it is."""
    for name in names:
        key = name.rstrip("_")
        was, now = written(getattr(old, name, None)), new.get(key)
        if now is None and key in ("period", "due", "path", "from", "running", "missing"):
            continue
        if key == "path" or was == now or (was and now and _same(getattr(old, name), str(now))):
            continue
        yield key, (was, None if now is None else str(now))


def _given(key: str, row: FoundRow) -> bool:
    """Whether a row says something of a key, and does not only have a stand-in for it."""
    if key == "priority":
        return bool(row.text("heading") or row.heading)
    return bool(row.said.get(key)) if key in ("lead", "delivers") else True


def _said(entity: Any, key: str) -> Any:
    """What the plan has under a key, as the data has it."""
    value = entity.priority if key == "priority" else getattr(entity, key)
    if isinstance(value, tuple) and not isinstance(value, Period):
        return list(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return written(value)


def _same(old: Any, new: str) -> bool:
    """Whether a time is the same, however it is written."""
    if isinstance(old, Period):
        try:
            return old == period(new)
        except BadTextError:
            return False
    if old is None:
        return False
    try:
        return bool(old == type(old)(new))
    except (ValueError, ArithmeticError, TypeError):
        return False


def _is_known(last: Any, update: dict[str, Plain]) -> bool:
    """Whether an update says nothing that the last one does not."""
    evidence = update.get("evidence")
    return normal(last.grade) == normal(str(update["grade"])) and evidence in (None, last.evidence)


def merged(old: str, new: str, key: str, understood: Collection[str] = ()) -> str:
    """A note with the document's lines: each in the place of the one with the same heading.

    Lines of headings that are *understood* are taken out.
    """
    sign = "; " if key == "notes" else "\n"
    wanted = [line for line in new.split(sign) if line]
    gone = set(understood) - {line.partition(": ")[0] for line in wanted}
    lines = [line for line in old.split(sign) if line and line.partition(": ")[0] not in gone]
    for line in wanted:
        head, colon, _ = line.partition(": ")
        at = next((at for at, known in enumerate(lines)
                   if colon and known.startswith(f"{head}: ")), None)  # fmt: skip
        if line in lines:
            continue
        if at is not None:
            lines[at] = line
        elif not line.startswith("From "):
            lines.append(line)
    return sign.join(lines)
