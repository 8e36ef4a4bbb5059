"""Breakdowns: which columns people may be grouped by, and the names of their groups.

A report names a group, so nothing may become one that is about a single person.
"""

import re
from collections.abc import Sequence

from diplan.checks.texts import personal_data
from diplan.ground.errors import BadTextError, OptionError
from diplan.ground.text import NamedText, visible

MOST_COLUMNS = 3
MOST_GROUPS = 50
LONGEST_NAME = 60
NOT_GIVEN = "not given"
"""The group of those whose cell is empty."""

_MOST_SPELLINGS = 1000

_ABOUT_A_PERSON = re.compile(
    r"e ?mail|surname|post ?code|date of birth|birthday|\bdob\b|\bnhs\b|national insurance|\bnino\b"
    r"|\buprn\b|\baddress\b|\bip\b|\bsignature\b|(?:phone|mobile) (?:number|no)\b"
    r"|\b(?:first|last|full|family|given|middle|maiden|your|person|people|respondent|resident"
    r"|customer|client|tenant|contact|learner)s? ?(?:name|id|number|ref|reference)\b"
    r"|^(?:name|id|(?:tele)?phone|mobile)$"
)
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4}|\d{4}-\d\d-\d\d")
_HINT = "group people by something that many share, such as an area or an age band"


class Groups:
    """The columns to break down by, and the names of the groups as they are met.

    Raises:
        OptionError: there are too many, or one is about single persons.
    """

    def __init__(self, columns: Sequence[str] = ()) -> None:
        self.columns = list(dict.fromkeys(columns))
        self._names: list[dict[str, str]] = [{} for _ in self.columns]
        if len(self.columns) > MOST_COLUMNS:
            message = f"--by: {len(self.columns)} columns, where {MOST_COLUMNS} are the most"
            raise OptionError(message, "make several reports, and mind what they tell together")
        for name in self.columns:
            if _ABOUT_A_PERSON.search(" ".join(re.split(r"[\W_]+", name.lower())).strip()):
                raise OptionError(f'--by: "{visible(name)}" looks like personal data', _HINT)

    def known(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The groups of a row whose cells were all met before.

        Raises:
            KeyError: one was not.
        """
        return tuple([names[cell] for names, cell in zip(self._names, cells, strict=True)])

    def name(self, at: int, cell: str) -> str:
        """The group that a cell of the column number *at* names.

        Raises:
            BadTextError: it looks like personal data.
            OptionError: the column has too many different values to be groups.
        """
        group = visible(" ".join(cell.split())) or NOT_GIVEN
        if (
            len(group) > LONGEST_NAME
            or _POSTCODE.fullmatch(group)
            or _DAY.search(group)
            or any(personal_data(NamedText("", group)))
        ):
            raise BadTextError(
                "personal", "this looks like personal data, and names no group", _HINT
            )
        names = self._names[at]
        names[cell] = group
        if len(names) > _MOST_SPELLINGS or len(set(names.values())) > MOST_GROUPS:
            column = visible(self.columns[at])
            message = f'--by: "{column}" has more than {MOST_GROUPS} different values'
            raise OptionError(message, "put them into bands, such as 65-74")
        return group
