"""What a document has otherwise than the plan. Where it has nothing to say, the plan stays."""

from collections.abc import Collection
from typing import Any

from diplan.documents.edits import Compared, Edits, WasAndNow, differing, said, same
from diplan.documents.measured import PRINTED
from diplan.documents.statuses import normal
from diplan.documents.targets import Goal
from diplan.documents.times import timing
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.splice import NOTHING
from diplan.ground.period import FIRST_YEAR, period
from diplan.plan.indicator import PER_CENT
from diplan.plan.pairing import FIGURE, MILESTONE, TARGET, written
from diplan.problems import KeyPath

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


def compare(it: Compared, edits: Edits) -> None:
    """Take over what a row has otherwise than the plan's thing that it is about."""
    section = it.place.section
    for key in PLAIN[section]:
        if key in it.values and _given(key, it) and said(it.entity, key) != it.values[key]:
            if key == "priority":
                _move_to_heading(it, edits)
            else:
                edits.put(it, (key,), it.values[key])
    _note(it, edits, "notes" if section == "venues" else "note")
    if section == "actions":
        _due(it, edits)
        _budget(it, edits)
        _updates(it, edits)
    elif section == "indicators" and _is_counted_alike(it, edits):
        _promises(it, edits)
        for seen in it.listed("observations"):
            if "missing" not in seen:
                _observation(it, edits, seen)


def _move_to_heading(it: Compared, edits: Edits) -> None:
    """Put something under another heading, with the outcome that the document has there."""
    new = it.values["priority"]
    others = [name for name in getattr(it.entity, "priorities", ())[1:] if name != new]
    edits.put(it, ("priority",), [new, *others] if others else new)
    if outcome := it.values.get("outcome"):
        edits.written.append({"outcome": outcome})
    elif getattr(it.entity, "outcome", None):
        edits.put(it, ("outcome",), NOTHING)


def _given(key: str, it: Compared) -> bool:
    """Whether a row says something of a key, and does not only have a stand-in for it."""
    if key == "priority":
        return bool(it.row.text("heading") or it.row.heading)
    return bool(it.row.said.get(key)) if key in ("lead", "delivers") else True


def _note(it: Compared, edits: Edits, key: str) -> None:
    """The document's lines of a note; those of cells that are understood now are taken out."""
    headers = {cell.column.header for cells in it.row.said.values() for cell in cells}
    understood = headers - {cell.column.header for cell in it.row.extra}
    old = getattr(it.entity, key) or ""
    new = merged(old, str(it.values.get(key, "")), "; " if key == "notes" else "\n", understood)
    if new != old:
        edits.put(it, (key,), new or NOTHING)


def merged(old: str, new: str, sign: str, understood: Collection[str] = ()) -> str:
    """A note with the document's lines: each in the place of the one with the same heading.

    Lines of headings that are *understood* are taken out. What stands between lines is *sign*. How
    something is printed is no news of a thing that is there.
    """
    wanted = [line for line in new.split(sign) if line]
    gone = set(understood) - {line.partition(": ")[0] for line in wanted}
    lines = [line for line in old.split(sign) if line and line.partition(": ")[0] not in gone]
    for line in wanted:
        if line in lines or line.startswith("From "):
            continue
        head, colon, _ = line.partition(": ")
        heads = [known.partition(": ")[0] if colon else "" for known in lines]
        if head in heads:
            lines[heads.index(head)] = line
        elif not head.endswith(PRINTED):
            lines.append(line)
    return sign.join(lines)


def _due(it: Compared, edits: Edits) -> None:
    """A due date that moved: asked about, or left alone and listed."""
    entity, values, text = it.entity, it.values, " ".join(it.row.text("due").split())
    due = str(values.get("due", ""))
    if not text or (due and same(entity.due, due)):
        return
    if "timescale" in values:
        if entity.due is None:
            if entity.timescale != values["timescale"]:
                edits.put(it, ("timescale",), values["timescale"])
        elif not any(same(entity.due, reading) for reading in _readings(it, text)):
            edits.leave(
                it, f'due {entity.due} in the plan, and not clear in the document: "{text}"'
            )
        return
    keys = ("due", "continues", "since")
    puts: dict[KeyPath, Plain] = {(key,): values[key] for key in keys if key in values}
    for key in ("timescale", "since", "continues"):
        if getattr(entity, key) and key not in values:
            puts[(key,)] = NOTHING
    edits.move(it, {"due": (written(entity.due), due)}, puts)


def _readings(it: Compared, text: str) -> list[str]:
    """What a time that is not clear could be; what goes on may do so from any time."""
    return [*it.row.readings, timing(text, str(it.entity.since or FIRST_YEAR)).keys.get("due", "")]


def _budget(it: Compared, edits: Edits) -> None:
    budget = it.values.get("budget")
    if not isinstance(budget, dict):
        return
    if it.entity.budget is None:
        edits.put(it, ("budget",), budget)
        return
    for key, value in budget.items():
        if written(getattr(it.entity.budget, key)) != value:
            edits.put(it, ("budget", key), value)


def _updates(it: Compared, edits: Edits) -> None:
    """How the action stands now, where that is new.

    A grade whose column names its time is held against the plan's of that time; any other one
    against the last.
    """
    dated = {cell.column.period for cell in it.row.said.get("grade", ())} - {""}
    for update in it.listed("updates"):
        when = period(str(update["date"]))
        of_then = [past for past in it.entity.updates if past.date == when]
        fixed = str(update["date"]) in dated and bool(of_then)
        last = of_then[-1] if fixed else next(reversed(it.entity.updates), None)
        if last and _is_known(last, update):
            continue
        if last and (fixed or last.date.end > when.end):
            there = f"{last.grade} on {last.date} in the plan"
            edits.leave(it, f"{there}, {update['grade']} on {when} in the document")
            continue
        before = f", before that {last.grade}" if last else ""
        edits.tell(it, f"on {when}", None, f"{update['grade']}{before}")
        edits.add(it, "updates", when, update)


def _is_known(last: Any, update: dict[str, Plain]) -> bool:
    """Whether an update says nothing that the last one does not."""
    evidence = update.get("evidence")
    return normal(last.grade) == normal(str(update["grade"])) and evidence in (None, last.evidence)


def _is_counted_alike(it: Compared, edits: Edits) -> bool:
    """Whether figures of a document can stand beside the plan's: both are percentages, or neither.

    A unit that the document names, and the plan names otherwise, is told.
    """
    there, here = str(it.entity.unit), str(it.values["unit"])
    alike = (there == PER_CENT) == (here == PER_CENT)
    if there != here and (it.row.said.get("unit") or not alike):
        what = f'counted in "{there}" in the plan, in "{here}" in the document'
        edits.leave(it, what if alike else f"{what}, so its figures are left alone")
    return alike


def _promises(it: Compared, edits: Edits) -> None:
    """A baseline, a target or milestones that differ."""
    entity, goal = it.entity, it.row.goal
    baseline, target = it.values.get("baseline"), it.values.get("target")
    if isinstance(baseline, dict) and it.row.said.get("baseline"):
        _record(it, edits, ("baseline",), entity.baseline, baseline, FIGURE)
    if isinstance(target, dict) and target["kind"] not in ("none", "to-be-confirmed"):
        _record(it, edits, ("target",), entity.target, target, TARGET)
        for milestone in it.listed("milestones"):
            _milestone(it, edits, milestone)
    elif isinstance(goal, Goal) and entity.target.kind in goal.readings:
        read: dict[str, Plain] = {**goal.keys, "kind": entity.target.kind}
        if goal.due:
            read["due"] = goal.due
        _record(it, edits, ("target",), entity.target, read, TARGET)


def _observation(it: Compared, edits: Edits, seen: dict[str, Plain]) -> None:
    """A new figure is added, one that was to be confirmed replaced, and another one left alone."""
    when, known = period(str(seen["period"])), it.entity.observations
    at = next((at for at, old in enumerate(known) if old.period == when), None)
    if at is None:
        edits.tell(it, f"for {when}", None, seen.get("value", "a figure"))
        edits.add(it, "observations", when, seen)
    elif known[at].missing == "to-be-confirmed":
        edits.put(it, ("observations", at), seen)
    else:
        names = [name for name in FIGURE if name != "period"]
        name = f"observations.{known[at].period}"
        _record(it, edits, ("observations", at), known[at], seen, names, name)


def _record(
    it: Compared,
    edits: Edits,
    path: KeyPath,
    old: Any,
    new: dict[str, Plain],
    names: Collection[str],
    what: str = "",
) -> None:
    """What differs between a record of the plan and the document's; what lacks there stays."""
    pairs = {} if "missing" in new else differing(old, new, [*names])
    if not pairs:
        return
    changes = {f"{what or path[0]}.{key}": pair for key, pair in pairs.items()}
    puts: dict[KeyPath, Plain] = {
        (*path, key): NOTHING if now is None else now for key, (_, now) in pairs.items()
    }
    if old is None:
        puts = {path: new}
    elif "source" in new:
        puts |= {(*path, "source"): new["source"], (*path, "at"): new["at"]}
    edits.move(it, changes, puts)


def _milestone(it: Compared, edits: Edits, new: dict[str, Plain]) -> None:
    """A milestone that differs, or a new one behind the last."""
    known, when = it.entity.milestones, period(str(new["period"]))
    at = next((at for at, old in enumerate(known) if old.period == when), None)
    if at is not None:
        names = [key for key in MILESTONE if key in new]
        for pair in differing(known[at], new, names).values():
            changes: dict[str, WasAndNow] = {f"milestones.{known[at].period}": pair}
            edits.move(it, changes, {("milestones", at, "value"): pair[1]})
    elif all(old.period.end < when.end for old in known):
        added: dict[str, WasAndNow] = {f"milestones.{when}": (None, str(new["value"]))}
        edits.move(it, added, {("milestones", len(known)): new})
    else:
        edits.leave(it, f"no milestone for {when} in the plan, {new['value']} in the document")
