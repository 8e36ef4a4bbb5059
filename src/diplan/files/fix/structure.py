"""YAML that cannot be read on: tabs, hard blanks and curly quotes where YAML wants plain ones.

Nothing counts unless the text can then be read to its end, and tabs only where there is one way
to read what they stand for. A text that can be read to its end is left as it is.
"""

import re
from collections.abc import Callable, Iterator

from diplan.files.fix import Left, Repair, left_because
from diplan.files.yaml.dump import scalar
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.yamlfile import YamlFile, yaml_of
from diplan.plan import SECTIONS
from diplan.plan.fields.slots import strangers

WIDTHS = (4, 2, 8, 1, 3, 6)
"""How many columns apart the stops of an editor's tabs may be, the likeliest first."""

MOST_ROUNDS = 1000
"""How many repairs one after the other are tried on a file."""

_NEAR = (0, -1, 1)
"""A line may be complained about because of the one above or below it."""

_AFTER = r"(?=\s*(?:[,}\]]|\s#|$))"
_BEFORE = r"(?P<before>(?:^|[:\[{,-])\s*)"
_QUOTES = (
    re.compile(rf"""{_BEFORE}[“”„](?P<text>.*?)[“”"]{_AFTER}"""),
    re.compile(rf"""{_BEFORE}"(?P<text>[^"]*?)[“”]{_AFTER}"""),
    re.compile(rf"""{_BEFORE}[‘’‚](?P<text>.*?)[’']{_AFTER}"""),
)


def readable(text: str) -> tuple[str, list[Repair], list[Left]]:
    """A text that can be read to its end, what was mended for that, and what has to be by hand.

    Where something has to be, the text stays as it is.
    """
    now = yaml_of(text)
    if not now.problems and not _strange(now.value):
        return text, [], []
    repairs: list[Repair] = []
    mended = text
    for _ in range(MOST_ROUNDS):
        if now.complete:
            mended, more = _quoted(mended, now)
            return mended, [*repairs, *more], []
        better = next(_better(mended, now), None)
        if better is None:
            break
        mended, now, done = better
        repairs += done
    return text, [], [left_because(now.problems[-1])]


def _odd(file: YamlFile) -> set[int]:
    """The lines that something else is wrong with than what stops the reading."""
    others = file.problems if file.complete else file.problems[:-1]
    return {problem.span.line for problem in others}


def _better(text: str, now: YamlFile) -> Iterator[tuple[str, YamlFile, list[Repair]]]:
    """The texts with one thing mended that can be read further, with what was mended."""
    lines = text.split("\n")
    near = [now.problems[-1].span.line - 1 + shift for shift in _NEAR]
    near = [at for at in near if 0 <= at < len(lines)]
    for mend, said in _MENDS:
        for at in near:
            if (line := mend(lines[at])) != lines[at]:
                new = "\n".join([*lines[:at], line, *lines[at + 1 :]])
                then = yaml_of(new)
                if then.reach > now.reach and at + 1 not in _odd(then) - _odd(now):
                    yield new, then, [Repair(at + 1, said)]
    tabbed = _tabbed(lines)
    if any(at in tabbed for at in near) and (spaced := _without_tabs(lines, tabbed, now)):
        new, then = spaced
        yield new, then, [Repair(at + 1, "tabs of the indentation made blanks") for at in tabbed]


def _quoted(text: str, now: YamlFile) -> tuple[str, list[Repair]]:
    """A text in which curly quotes hold texts together that commas had cut in pieces."""
    repairs: list[Repair] = []
    odd = _strange(now.value)
    for at, line in enumerate(text.split("\n") if odd else ()):
        if (straight := _straight(line)) != line and "{" in line:
            lines = text.split("\n")
            new = "\n".join([*lines[:at], straight, *lines[at + 1 :]])
            then = yaml_of(new)
            if then.complete and (less := _strange(then.value)) < odd:
                text, odd = new, less
                repairs.append(Repair(at + 1, "curly quotes made plain ones"))
    return text, repairs


def _soft(line: str) -> str:
    """A line with plain blanks where YAML looks for them."""
    start = re.match(r"[ \u00a0]*(?:-[ \u00a0]+)*", line)
    lead = start[0] if start else ""
    rest = re.sub(r"(?<=[\w\"'])\u00a0*:(?:\u00a0[ \u00a0]*)", ": ", line[len(lead) :])
    rest = re.sub(r"^([\w-]+)\u00a0+:", r"\1:", rest)
    return lead.replace("\u00a0", " ") + rest


def _straight(line: str) -> str:
    """A line with plain quotes, or none where none are needed, around its texts."""
    for form in _QUOTES:
        line = form.sub(lambda found: f"{found['before']}{scalar(found['text'])}", line)
    return line


_MENDS: tuple[tuple[Callable[[str], str], str], ...] = (
    (_soft, "hard blanks made plain ones"),
    (_straight, "curly quotes made plain ones"),
)


def _tabbed(lines: list[str]) -> list[int]:
    """The lines that a tab indents, without those of a block text that has its indentation."""
    found, inside = [], -1
    for at, line in enumerate(lines):
        lead = re.match(r"[ \t]*", line)
        blanks = len(lead[0].partition("\t")[0]) if lead else 0
        if line.strip() and blanks <= inside and not (lead and "\t" in lead[0]):
            inside = -1
        if line.strip() and lead and "\t" in lead[0] and not 0 <= inside < blanks:
            found.append(at)
        if re.search(r"(?:^|[\s:-])[|>][+-]?\d?[+-]?\s*(?:\s#.*)?$", line) and inside < 0:
            inside = blanks
    return found


def _without_tabs(
    lines: list[str], tabbed: list[int], now: YamlFile
) -> tuple[str, YamlFile] | None:
    """The text with blanks for tabs, if there is one way to read it that fits a plan best."""
    made = []
    for width in WIDTHS:
        changed = list(lines)
        for at in tabbed:
            rest = lines[at].lstrip(" \t")
            lead = lines[at][: len(lines[at]) - len(rest)]
            changed[at] = lead.expandtabs(width) + rest
        new = "\n".join(changed)
        then = yaml_of(new)
        if not _odd(then) & {at + 1 for at in tabbed} - _odd(now):
            made.append((new, then))
    furthest = max((then.reach for _, then in made), default=now.reach)
    if furthest <= now.reach:
        return None
    best = [(new, then) for new, then in made if then.reach == furthest]
    values = [_value(new, then) for new, then in best]
    odd = [_strange(value) for value in values]
    least = [at for at, count in enumerate(odd) if count == min(odd)]
    first = values[least[0]]
    alike = first is not None and all(values[at] == first for at in least)
    return best[least[0]] if alike else None


def _value(text: str, then: YamlFile) -> Plain:
    """What a text says, up to where its reading stops."""
    if not then.complete:
        then = yaml_of("\n".join(text.split("\n")[: then.problems[-1].span.line - 1]))
    return then.value


def _strange(value: Plain) -> int:
    """How many keys of a file stand where no plan has them."""
    count = 0
    for section, inner in value.items() if isinstance(value, dict) else ():
        items = inner if isinstance(inner, list) else [inner]
        count += sum(strangers(section, item) for item in items) if section in SECTIONS else 1
    return count
