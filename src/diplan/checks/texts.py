"""Rules on the texts of the files themselves, comments included: no personal data."""

import re
from collections.abc import Iterator

from diplan.ground.text import NamedText
from diplan.problems import Problem

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)
_TELEPHONE = re.compile(
    r"[+0(](?<![\w/.=+-].)(?:(?<=0)|(?<=\()0|(?<=\+)44 ?(?:\(0\) ?)?)"
    r"[1-9]\d{1,3}\)?[ -]?\d{3,4}[ -]?\d{3,4}(?![\w/-])",
    re.ASCII,
)
"""A British number; it begins with the few characters that can begin one, to be quick."""


def personal_data(source: NamedText, *, british: bool = True) -> Iterator[Problem]:
    """Find e-mail addresses and telephone numbers, which may belong to a person.

    Only *british* numbers are known.
    """
    for pattern, what in ((_EMAIL, "an e-mail address"), (_TELEPHONE, "a telephone number")):
        if ("@" not in source.text) if pattern is _EMAIL else not british:
            continue
        for match in pattern.finditer(source.text):
            yield Problem(
                "personal-data",
                f"this looks like {what}",
                source.name,
                source.span_at(match.start(), len(match[0])),
                "name the service or the role instead; contact details belong on its own page",
                source=source,
            )
