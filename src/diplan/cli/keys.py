"""`KEY=VALUE`, as it is typed: keys of the data with their values, and other pairs."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from diplan.ground.errors import OptionError
from diplan.ground.text import did_you_mean, suggest

if TYPE_CHECKING:
    from diplan.files.yaml.plain import Plain

GUARDED = {
    "indicators": ("baseline", "target", "observations", "milestones", "unit"),
    "actions": ("due", "updates"),
}
"""What was promised or measured: it is changed openly, with an entry in the ledger."""


def fields(section: str, given: Iterable[str]) -> "Iterator[tuple[tuple[str, ...], Plain]]":
    """`KEY=VALUE` as the path of a key in the data and its value; lists are split at commas."""
    from diplan.plan.fields.shape import is_list, keys_at

    for pair in given:
        name, sign, value = pair.partition("=")
        path = tuple(name.strip().split("."))
        if not sign or not all(path):
            message = f'"{pair}" is not KEY=VALUE'
            raise OptionError(message, "for example: lead=libraries, or target.due=2020")
        known = keys_at(section, path[:-1])
        if path[-1] not in known:
            close = suggest(path[-1], known)
            listing = f"one of: {', '.join(known)}" if known else "that key holds no others"
            message = f'unknown key "{name}"'
            raise OptionError(message, did_you_mean(close, listing))
        text = value.strip()
        many = is_list(section, path)
        yield path, [part.strip() for part in text.split(",") if part.strip()] if many else text


def nested(pairs: "Iterable[tuple[tuple[str, ...], Plain]]") -> dict[str, Any]:
    """Keys with their paths as one record."""
    whole: dict[str, Any] = {}
    for path, value in pairs:
        inner = whole
        for part in path[:-1]:
            inner = inner.setdefault(part, {})
        inner[path[-1]] = value
    return whole


def pairs(option: str, given: Iterable[str]) -> dict[str, str]:
    """What an option gives as `NAME=VALUE`, by the name."""
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
