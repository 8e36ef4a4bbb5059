"""`KEY=VALUE`, as it is typed: keys of the data with their values, and other pairs."""

from collections.abc import Iterable, Iterator, Mapping
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
    from diplan.plan.fields.shape import keys_at

    head = name.partition(".")[0]
    dated = head in DATED and head in keys_at(section, ())
    path = _in_list(name, plan) if dated else tuple(name.split("."))
    known = keys_at(section, (head,) if dated else path[:-1])
    if path[-1] not in known and not (dated and not path[-1]):
        listing = f"one of: {', '.join(known)}" if known else "that key holds no others"
        message = f'unknown key "{name}"'
        raise OptionError(message, did_you_mean(suggest(path[-1], known), listing))
    return path


def _in_list(name: str, plan: "Plan") -> KeyName:
    """The list, the period and the key that such a name has: `milestones.2018` is its value."""
    from diplan.cli.moments import period_option

    head, _, rest = name.partition(".")
    if not rest:
        message = f'"{head}" is a list, and this does not say which item of it'
        raise OptionError(message, f"name one by its {DATED[head]}: {head}.2018.KEY=VALUE")
    when, _, key = rest.rpartition(".")
    if not when or when.endswith(".") or key.isdigit():  # a stretch or a day may have dots
        when, key = rest, "value" if head == "milestones" else ""
    return head, period_option(f'"{name}"', when, plan).text, key


def _values(
    section: str, path: KeyName, text: str, plan: "Plan", unit: str | None
) -> "Iterator[tuple[KeyName, Plain]]":
    """What a text means where it is typed: most often one value at its path."""
    from diplan.files.fix.corrections import correction
    from diplan.plan.fields.slots import slot_at

    dated = path[0] in DATED and bool(path[2:])
    if dated and not path[2]:
        raise _has_keys(section, path[:2], path[:1])
    slot, form = slot_at(section, (path[0], path[2]) if dated else path)

    def meant(written: str) -> "Mapping[str | int, Plain]":
        change = correction(slot, written, {}, unit, plan.cover.years)
        return change or {slot.path[-1]: written}

    if path == ("scale",):
        yield path, _scale(text, plan)
    elif form.items and not form.items.records:
        parts = text.split(";" if slot.kind == "text" else ",")
        items = [meant(part.strip())[slot.path[-1]] for part in parts if part.strip()]
        yield path, items[0] if form.types and len(items) == 1 else items
    else:
        for key, value in meant(text).items():
            inner = (*path[:-1], str(key))
            if slot.kind == "record" and value == text:
                raise _has_keys(section, path, () if form.items else path)
            yield inner, _checked(inner, value, slot, plan) if key == slot.path[-1] else value


def _has_keys(section: str, path: KeyName, record: KeyName) -> OptionError:
    """The error for a value where a record stands; an empty path where nothing can name one."""
    from diplan.plan.fields.shape import keys_at

    name = ".".join(path)
    hint = "edit the file: its items have no names to choose one by"
    if record:
        hint = f"write {name}.KEY=...: {', '.join(keys_at(section, record))}"
    return OptionError(f'"{name}" has keys of its own', hint)


def _checked(path: KeyName, value: "Plain", slot: "Slot", plan: "Plan") -> "Plain":
    """A value, once it is a number or a period where one has to be."""
    name, text = ".".join(path), str(value)
    if slot.kind in ("number", "count"):
        _number(name, text)
    return _period(name, text, slot, plan) if slot.kind == "period" else value


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


def _scale(text: str, plan: "Plan") -> "Plain":
    """Grades with their meanings, typed as `Green: on-course, On hold: paused`.

    A meaning may be left out where the plan gives it, and of the four usual grades.
    """
    from diplan.ground.lookup import one_of
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
