"""`KEY=VALUE`, as it is typed: keys of the data with their values, and other pairs."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from diplan.ground.errors import BadTextError, OptionError
from diplan.ground.text import did_you_mean, suggest

if TYPE_CHECKING:
    from diplan.files.yaml.plain import Plain
    from diplan.plan import Plan
    from diplan.plan.fields.slots import Slot

GUARDED = {
    "indicators": ("baseline", "target", "observations", "milestones", "unit", "derived"),
    "actions": ("due", "updates"),
}
"""What was promised or measured: it is changed openly, with an entry in the ledger."""

DATED = {"observations": "period", "milestones": "period", "updates": "date"}
"""Lists whose items are named by their period, and the key that has it."""

KeyName = tuple[str, ...]
"""The keys that lead to a value; an item of a `DATED` list is named by its period."""


def fields(
    section: str, given: Iterable[str], plan: "Plan", unit: str | None = None
) -> "Iterator[tuple[KeyName, Plain]]":
    """The path of each key in the data, and its value as the data has it.

    Periods, numbers, words and flags may be typed as people write them. Lists are split at commas,
    those of sentences at semicolons. A key inside an item of a `DATED` list has the path
    `(list, PERIOD, KEY)`; the whole item has an empty key. *unit* is that of an indicator that is
    there. A value that is left out is empty.
    """
    texts = list(given)
    unit = next((text[5:].strip() for text in texts if text.startswith("unit=")), unit)
    for pair in texts:
        name, sign, value = (part.strip() for part in pair.partition("="))
        if not sign or not all(name.split(".")[:1]):
            message = f'"{pair}" is not KEY=VALUE'
            raise OptionError(message, "for example: lead=libraries, or target.due=2020")
        path = _path(section, name, plan)
        yield from _values(section, path, value, plan, unit) if value else [(path, "")]


def _path(section: str, name: str, plan: "Plan") -> KeyName:
    """The path that a name of a key means."""
    from diplan.cli.moments import period_option
    from diplan.plan.fields.shape import keys_at

    head, _, rest = name.partition(".")
    if head in DATED and head in keys_at(section, ()):
        if not rest:
            message = f'"{head}" is a list, and this does not say which item of it'
            raise OptionError(message, f"name one by its {DATED[head]}: {head}.2018.KEY=VALUE")
        when, _, key = rest.rpartition(".")
        if key not in keys_at(section, (head,)):
            when, key = rest, "value" if head == "milestones" else ""
        return head, period_option(f'"{name}"', when, plan).text, key
    path = tuple(name.split("."))
    known = keys_at(section, path[:-1])
    if path[-1] not in known:
        close = suggest(path[-1], known)
        listing = f"one of: {', '.join(known)}" if known else "that key holds no others"
        raise OptionError(f'unknown key "{name}"', did_you_mean(close, listing))
    return path


def _values(
    section: str, path: KeyName, text: str, plan: "Plan", unit: str | None
) -> "Iterator[tuple[KeyName, Plain]]":
    """What a text means where it is typed: most often one value at its path."""
    from diplan.files.fix.corrections import correction
    from diplan.plan.fields.shape import keys_at
    from diplan.plan.fields.slots import slot_at

    inside = (path[0], path[2]) if path[0] in DATED and path[2:] else path
    if not inside[-1]:
        name = ".".join(path[:-1])
        listing = ", ".join(keys_at(section, path[:1]))
        raise OptionError(f'"{name}" has keys of its own', f"write {name}.KEY=...: {listing}")
    slot, form = slot_at(section, inside)
    if path == ("scale",):
        yield path, _scale(text, plan)
        return
    if form.items and not form.items.records:
        parts = text.split(";" if slot.kind == "text" else ",")
        items = [_meant(slot, part.strip(), unit, plan) for part in parts if part.strip()]
        yield path, items[0] if form.types and len(items) == 1 else items
        return
    change = correction(slot, text, {}, unit, plan.cover.years) or {slot.path[-1]: text}
    if slot.kind == "record" and slot.path[-1] in change and change[slot.path[-1]] == text:
        name, listing = ".".join(path), ", ".join(keys_at(section, inside))
        hint = f"write {name}.KEY=...: {listing}"
        if form.items:
            hint = "edit the file: its items have no names to choose one by"
        raise OptionError(f'"{name}" has keys of its own', hint)
    if slot.kind in ("number", "count") and slot.path[-1] in change:
        _number(".".join(path), change[slot.path[-1]])
    if slot.kind == "period":
        change = {slot.path[-1]: _period(".".join(path), change[slot.path[-1]], slot, plan)}
    for key, value in change.items():
        yield (*path[:-1], str(key)), value


def _number(name: str, text: str) -> None:
    from diplan.ground.figure import number

    try:
        number(text)
    except BadTextError as error:
        message = f"{name}: {error}"
        raise OptionError(message, error.hint) from None


def _period(name: str, text: str, slot: "Slot", plan: "Plan") -> str:
    """A period as the data has it, or one of the words that may stand in its place."""
    from diplan.cli.moments import period_option

    if text in slot.words:
        return text
    try:
        return period_option(name, text, plan).text
    except OptionError as error:
        if not slot.words:
            raise
        words = f"{error.hint}, {' or '.join(sorted(slot.words, reverse=True))}"
        hint = f'{words}; words of the source go under timescale="..."'
        raise OptionError(str(error), hint) from None


def _meant(slot: "Slot", text: str, unit: str | None, plan: "Plan") -> "Plain":
    """What an item of a list means."""
    from diplan.files.fix.corrections import correction

    change = correction(slot, text, {}, unit, plan.cover.years) or {}
    return change.get(slot.path[-1], text)  # type: ignore[no-any-return]


def _scale(text: str, plan: "Plan") -> "Plain":
    """Grades with their meanings, typed as `Green: on-course, On hold: paused`.

    A meaning may be left out where the plan gives it, and of the four usual grades.
    """
    from diplan.cli.lookup import one_of
    from diplan.plan.grade import DEFAULT_SCALE, Meaning

    known = {entry.grade: entry.means for entry in plan.cover.scale}
    entries: list[Plain] = []
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        grade, sign, said = (word.strip() for word in part.rpartition(":"))
        if sign:
            means = one_of("meaning", said.lower().replace(" ", "-"), tuple(Meaning))
        else:
            grade, means = part, known.get(part) or DEFAULT_SCALE.get(part) or ""
        if not means:
            message = f'the grade "{grade}" does not say what it means'
            raise OptionError(
                message, f'write "{grade}: MEANING", with one of {", ".join(Meaning)}'
            )
        usual = DEFAULT_SCALE.get(grade) == means
        entries.append(grade if usual else {"grade": grade, "means": str(means)})
    return entries


def nested(pairs: "Iterable[tuple[tuple[str, ...], Plain]]") -> dict[str, Any]:
    """Keys with paths as one nested record."""
    whole: dict[str, Any] = {}
    for path, value in pairs:
        inner = whole
        for part in path[:-1]:
            inner = inner.setdefault(part, {})
        inner[path[-1]] = value
    return whole


def pairs(option: str, given: Iterable[str]) -> dict[str, str]:
    """The values of an option that is given as `NAME=VALUE`, by name."""
    values: dict[str, str] = {}
    for pair in given:
        name, sign, value = (part.strip() for part in pair.partition("="))
        if not sign or not name or not value:
            message = f'{option}: "{pair}" is not NAME=VALUE'
            raise OptionError(message, "write the column, an equals sign, and what it says")
        if name in values:
            raise OptionError(f'{option}: "{name}" is given twice', "keep one of them")
        values[name] = value
    return values
