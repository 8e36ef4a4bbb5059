"""The tables of a plan: which there are, and which columns each of them has.

Names stay: somebody's spreadsheet or script uses them. `plan` and `id` are the key of every table.
What is inside something else in the data has a table of its own, whose ids begin with the id of
what it is inside: `offline-adults/2018`.
"""

from collections.abc import Mapping
from typing import NamedTuple


class ExportColumn(NamedTuple):
    """A column of a table."""

    name: str
    kind: str
    """`text`, `number`, `whole` (a count), `flag`, `date`, `url`, or `list` (of texts)."""
    of: str
    """The table whose ids it holds; empty where it holds none."""
    needed: bool
    """Whether every row has something in it."""


def _read(written: str) -> ExportColumn:
    """A column as it is written below: `name`, `name:kind`, `name>table` for an id of a table, or
    `name>>table` for a list of them; with `!` if every row has it.
    """
    name, _, of = written.rstrip("!").partition(">")
    name, _, kind = name.partition(":")
    kind = kind or ("list" if of.startswith(">") else "text")
    return ExportColumn(name, kind, of.lstrip(">"), written.endswith("!"))


def _figure(prefix: str = "") -> str:
    """A number with all that is known of it."""
    names = (
        "value:number low:number high:number numerator:number denominator:number missing"
        " approximate:flag marks:list source>sources at note"
    )
    return " ".join(f"{prefix}{name}" for name in names.split())


def _tables(written: Mapping[str, str]) -> dict[str, tuple[ExportColumn, ...]]:
    return {
        name: tuple(map(_read, ["plan!", "id!", *columns.split()]))
        for name, columns in written.items()
    }


_PERIOD = "period period_start:date period_end:date"
_FROM = "source>sources at"

_RAG = "rag_green:number rag_amber:number rag_of rag_in rag_amber_if_improved:flag rag_note"
_SITE = "site_logo site_colour site_accent site_contact site_base_url"
_ENDED = "ended_date ended_why"

TABLES = _tables(
    {
        "plan": "title! organisation country! area neighbours:list from to years! agreed review"
        f" review_note licence heading! scale:list! approximate_within:number! {_RAG} {_SITE} note",
        "grades": "grade! means",
        "corporate": "title! objectives:list",
        "priorities": "title! supports>>corporate to>>services response_answer response_date"
        " response_by>services response_why response_source>sources response_at note",
        "outcomes": "priority>priorities! outcome! title! benefits:list",
        "success_measures": "priority>priorities! title! indicators>>indicators note",
        "services": "title! note",
        "governance": f"body>services! role! does! every next {_FROM}",
        "sources": "title! publisher published url:url licence note",
        "profiles": f"title! of! approximate:flag! {_FROM} note",
        "segments": f"profile>profiles! kind! segment title! segments:list {_figure('share_')}"
        f" barrier support {_FROM} note",
        "activities": "title! priority>priorities lead>>services segments:list whom scale"
        f" {_FROM} note",
        "notes": f"text! {_FROM}",
        "indicators": "title! unit! priority>priorities group definition of area lead>>services"
        " from_venues derived_kind derived_of>>indicators part_of>indicators segment"
        " collected_from frequency"
        f" baseline_period {_figure('baseline_')} baseline_proxy"
        " target_kind! target_value:number target_percent:number target_points:number target_from"
        " target_running:flag target_due target_due_end:date target_path target_note"
        f" cross_check>>indicators {_RAG} {_ENDED} ended_by>indicators ended_note note",
        "milestones": "indicator>indicators! period! period_start:date! period_end:date!"
        " value:number percent:number points:number note",
        "observations": f"indicator>indicators! kind! benchmark {_PERIOD} {_figure()}"
        " benchmark_note",
        "actions": "title! priority>priorities! priorities>>priorities! outcome objective"
        " lead>>services"
        " accountable>>services delivers>>services consulted>>services due due_end:date timescale"
        " start continues:flag! since years:list supports>>indicators segments:list success_measure"
        " next_steps:list risks:list budget_planned:number budget_spent:number budget_currency"
        f" budget_funder {_ENDED} ended_by>actions ended_note {_FROM} note",
        "updates": f"action>actions priority>priorities date! grade! evidence {_FROM}",
        "revisions": "indicator>indicators action>actions date! what! was now why!"
        " source>sources correction:flag",
        "venues": "name! type! status! organisation address_1 city postal_code latitude:number"
        " longitude:number public_computers:whole quick_use_computers:whole suite_computers:whole"
        " laptops:whole wifi:flag staff_support:flag booking:flag segments:list opening_hours"
        " accessibility url:url as_at source>sources notes",
    }
)
"""Every table of the data, also where it has no rows: the cover sheet and its parts, what is
measured, what is promised, and places.
"""

_AS_OF = "as_of! as_of_end:date!"
_SEEN = "observation_period observation_value:number observation_low:number observation_high:number"

JUDGED = _tables(
    {
        "verdicts": f"{_AS_OF} indicator>indicators! title! priority>priorities group definition"
        " of area unit! status! severity reason certain:flag! possible:list! baseline_period"
        f" baseline_value:number baseline_low:number baseline_high:number {_SEEN} target_kind!"
        " target_value:number target_due target_text change:number fraction:number elapsed:number"
        " expected:number pace:number projected:number gap:number lag_years:number"
        " rate_needed:number flags:list moved>>revisions rag travel part_of>indicators segment"
        " derived_kind derived_of>>indicators ended proxy",
        "milestone_verdicts": f"{_AS_OF} indicator>indicators! milestone>milestones period!"
        f" value:number status! {_SEEN}",
        "standings": f"{_AS_OF} action>actions! title! priority>priorities! priorities>>priorities!"
        " lead>>services accountable>>services delivers>>services consulted>>services due"
        " timescale start continues:flag! grade! means overdue:flag! moved>>revisions"
        " budget_planned:number budget_spent:number budget_currency budget_funder ended",
        "changes": "from! to! to_end:date! indicator>indicators action>actions priority>priorities"
        " change! from_status to_status from_value:number to_value:number causes:list was now why",
    }
)
"""The tables of what diplan says: the fields of `status` at each moment, and those of `diff` from
each moment to the next.
"""

EXPORTED = TABLES | JUDGED
"""Every table of an export."""
