"""YAML that cannot be read on: tabs, hard blanks and curly quotes where YAML wants plain ones.

Nothing counts unless the text can then be read to its end, and tabs only where there is one way
to read what they stand for. A text that can be read to its end is left as it is.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from diplan.files.fix import Left, Repair
from diplan.files.yaml.plain import Irregular, Plain, read_yaml
from diplan.files.yaml.splice import scalar
from diplan.files.yaml.tree import Node, read_tree
from diplan.ground.text import NamedText
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


class Reading(NamedTuple):
    """How far a text can be read: its tree, or the line and column at which reading stops."""

    root: Node | None
    stop: tuple[float, float]
    odd: frozenset[int]
    """The lines that something else is wrong with."""
    message: str = ""
    hint: str = ""


def reading(text: str) -> Reading:
    """Read a text as far as that goes."""
    root, problems = read_tree(NamedText("", text))
    if root is not None or not problems:
        odd = frozenset(problem.span.line for problem in problems)
        return Reading(root, (float("inf"), 0), odd)
    *others, last = problems
    odd = frozenset(other.span.line for other in others)
    return Reading(None, (last.span.line, last.span.column), odd, last.message, last.hint)


def plain_value(text: str) -> Plain:
    """What a text without any problem says, read fast; None where there is one, or nothing."""
    try:
        return read_yaml(text)
    except Irregular:
        return None


def same_values(one: str, other: str) -> bool:
    """Whether two texts say the same, or stop making sense at the same place."""
    if (value := plain_value(one)) is not None and value == plain_value(other):
        return True
    old, new = reading(one), reading(other)
    if old.root is None or new.root is None:
        return old.root is new.root and (old.stop, old.message) == (new.stop, new.message)
    return old.root.plain() == new.root.plain()


def block_lines(text: str) -> frozenset[int]:
    """The lines that belong to block texts, in which a blank at the end may matter."""
    lines = text.split("\n")
    waiting = [root] if (root := reading(text).root) else []
    found: set[int] = set()
    while waiting:
        node = waiting.pop()
        if getattr(node.first, "style", None) in ("|", ">"):
            span = node.span  # its end is where the next line begins, if there is one
            last = span.end_line - (span.end_column == 1)
            keeps = re.match(r"[|>]\d?\+", lines[span.line - 1][span.column - 1 :])
            while last > span.line and not keeps and not lines[last - 1].strip():
                last -= 1
            found.update(range(span.line + 1, last + 1))
        inner = node.value
        waiting += (
            inner if isinstance(inner, list) else inner.values() if isinstance(inner, dict) else ()
        )
    return frozenset(found)


def readable(text: str) -> tuple[str, list[Repair], list[Left]]:
    """A text that can be read to its end, what was mended for that, and what has to be by hand.

    Where something has to be, the text stays as it is.
    """
    if (value := plain_value(text)) is not None and not _strange(value):
        return text, [], []
    repairs: list[Repair] = []
    mended, now = text, reading(text)
    for _ in range(MOST_ROUNDS):
        if now.root is not None:
            mended, more = _quoted(mended, now)
            return mended, [*repairs, *more], []
        better = next(_better(mended, now), None)
        if better is None:
            break
        mended, now, done = better
        repairs += done
    return text, [], [Left(int(now.stop[0]), now.message, now.hint)]


def _better(text: str, now: Reading) -> Iterator[tuple[str, Reading, list[Repair]]]:
    """The texts with one thing mended that can be read further, with what was mended."""
    lines = text.split("\n")
    near = [int(now.stop[0]) - 1 + shift for shift in _NEAR]
    near = [at for at in near if 0 <= at < len(lines)]
    for mend, said in _MENDS:
        for at in near:
            if (line := mend(lines[at])) != lines[at]:
                new = "\n".join([*lines[:at], line, *lines[at + 1 :]])
                then = reading(new)
                if then.stop > now.stop and at + 1 not in then.odd - now.odd:
                    yield new, then, [Repair(at + 1, said)]
    tabbed = _tabbed(lines)
    if any(at in tabbed for at in near) and (spaced := _without_tabs(lines, tabbed, now)):
        new, then = spaced
        yield new, then, [Repair(at + 1, "tabs of the indentation made blanks") for at in tabbed]


def _quoted(text: str, now: Reading) -> tuple[str, list[Repair]]:
    """A text in which curly quotes hold texts together that commas had cut in pieces."""
    repairs: list[Repair] = []
    odd = _strange(_value(text, now))
    for at, line in enumerate(text.split("\n") if odd else ()):
        if (straight := _straight(line)) != line and "{" in line:
            lines = text.split("\n")
            new = "\n".join([*lines[:at], straight, *lines[at + 1 :]])
            then = reading(new)
            if then.root is not None and (less := _strange(_value(new, then))) < odd:
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


def _without_tabs(lines: list[str], tabbed: list[int], now: Reading) -> tuple[str, Reading] | None:
    """The text with blanks for tabs, if there is one way to read it that fits a plan best."""
    made = []
    for width in WIDTHS:
        changed = list(lines)
        for at in tabbed:
            rest = lines[at].lstrip(" \t")
            lead = lines[at][: len(lines[at]) - len(rest)]
            changed[at] = lead.expandtabs(width) + rest
        new = "\n".join(changed)
        then = reading(new)
        if not then.odd & {at + 1 for at in tabbed} - now.odd:
            made.append((new, then))
    furthest = max((then.stop for _, then in made), default=now.stop)
    if furthest <= now.stop:
        return None
    best = [(new, then) for new, then in made if then.stop == furthest]
    values = [_value(new, then) for new, then in best]
    odd = [_strange(value) for value in values]
    least = [at for at, count in enumerate(odd) if count == min(odd)]
    first = values[least[0]]
    alike = first is not None and all(values[at] == first for at in least)
    return best[least[0]] if alike else None


def _value(text: str, then: Reading) -> Plain:
    """What a text says, up to where its reading stops."""
    if then.root is None:
        then = reading("\n".join(text.split("\n")[: int(then.stop[0]) - 1]))
    return then.root.plain() if then.root else None


def _strange(value: Plain) -> int:
    """How many keys of a file stand where no plan has them."""
    count = 0
    for section, inner in value.items() if isinstance(value, dict) else ():
        items = inner if isinstance(inner, list) else [inner]
        count += sum(strangers(section, item) for item in items) if section in SECTIONS else 1
    return count
