"""What Open SDG says of an indicator, in the words of a plan.

The metadata is YAML, by itself or between two lines of hyphens, or a table of keys and values. It
is read as the files of a plan are, so that it can hold no anchors and no tags, and nothing that is
deeper or longer than those may be.
"""

import csv
import io
import re
from collections.abc import Mapping
from typing import NamedTuple

from diplan.exchange.html_text import LONGEST_LINE, bare
from diplan.exchange.omissions import Omissions
from diplan.files.yaml.yamlfile import YamlFile
from diplan.ground.period import meant, period
from diplan.ground.text import NamedText

FREQUENCIES = {
    "annual": "yearly",
    "annually": "yearly",
    "yearly": "yearly",
    "quarterly": "quarterly",
    "monthly": "monthly",
    "biennial": "two-yearly",
    "every two years": "two-yearly",
    "every 2 years": "two-yearly",
    "biannual": "six-monthly",
    "bi-annual": "six-monthly",
    "six-monthly": "six-monthly",
    "one-off": "once",
}

TITLES = (
    "national_indicator_available", "indicator_available", "graph_title", "indicator_name",
    "SDG_SERIES_DESCR", "SDG_INDICATOR",
)  # fmt: skip
"""Where a title stands, the one that says most of what was measured first."""

AREA = "national_geographical_coverage"
STATUS = "reporting_status"
UNITS = ("computation_units", "UNIT_MEASURE")
USED = frozenset({*TITLES, *UNITS, "indicator_number", "data_footnote", AREA, STATUS})
NOT_REPORTED = frozenset({"notstarted", "notapplicable", "archived"})
"""Statuses whose figures are placeholders, or none of the indicator's any more."""

_OF_SOURCE = re.compile(
    r"source_(active|organisation|periodicity|url|url_text|release_date|licen[cs]e"
    r"|geographical_coverage)_(\d{1,3})"
)


class About(NamedTuple):
    """What is known of an indicator. A text is empty where nothing is said."""

    title: str = ""
    unit: str = ""
    area: str = ""
    note: str = ""
    frequency: str = ""
    source: Mapping[str, str] = {}
    """The keys of its source, but for the id."""
    status: str = ""
    """How far it is reported: `complete`, `inprogress`, `notstarted`, ..."""


Metadata = dict[str, object]
"""What metadata says, by its keys."""


def read_table(name: str, text: str, omitted: Omissions) -> Metadata:
    """What a table of keys and values says, one a row."""
    said: Metadata = {}
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            key = "_".join(row[0].split()) if row else ""
            if key and len(row) > 1:
                said[key if key.isupper() else key.lower()] = row[1]
    except csv.Error:
        omitted.note("metadata that is not as it should be", name)
    return said


def read_yaml(name: str, text: str, omitted: Omissions) -> Metadata:
    """What a file of YAML says."""
    inside = re.match(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", text, re.DOTALL | re.MULTILINE)
    counted = f"\n{inside[1]}" if inside else text  # from the first line, so that lines are right
    file = YamlFile(NamedText(name, counted))
    for problem in file.problems:
        omitted.note(
            f"metadata that is not as it should be: {problem.message}",
            f"{name}:{problem.span.line}",
        )
    return dict(file.value) if isinstance(file.value, dict) else {}


def about(name: str, whole: Mapping[str, object], omitted: Omissions) -> About:
    """What the metadata says; what has no place in a plan is counted."""
    said = {key: value for key, value in whole.items() if isinstance(value, str)}
    source = _first_source(said, name, omitted)
    for key, value in whole.items():
        if value and key not in USED and not _OF_SOURCE.fullmatch(key):
            omitted.note("keys of metadata that have no place in a plan", f"{name}: {key}")

    def line(written: str) -> str:
        return bare(written, name, omitted, LONGEST_LINE)

    return About(
        title=next(filter(_is_title, (line(_named(said.get(key, ""))) for key in TITLES)), ""),
        unit=line(next(filter(None, (said.get(key, "").strip() for key in UNITS)), "")),
        area=line(said.get(AREA) or source.get("geographical_coverage", "")),
        note=bare(said.get("data_footnote", ""), name, omitted),
        frequency=_frequency(source.get("periodicity", ""), name, omitted),
        source=_entry(source, name, omitted),
        status=said.get(STATUS, "").strip().lower(),
    )


def _named(written: str) -> str:
    """A title without the number before it: `Indicator 1.1.1: `."""
    return re.sub(r"^\s*Indicator [\d.a-z]{1,20}: *", "", written)


def _is_title(text: str) -> bool:
    """Whether a text is one, and not the key of a translation: `global_indicators.9-c-1-title`."""
    return bool(text) and not re.fullmatch(r"[\w-]+\.[\w.-]+", text)


def _first_source(said: Mapping[str, str], name: str, omitted: Omissions) -> dict[str, str]:
    """The fields of the first source that is in use."""
    sources: dict[int, dict[str, str]] = {}
    for key, value in said.items():
        if named := _OF_SOURCE.fullmatch(key):
            sources.setdefault(int(named[2]), {})[named[1].replace("license", "licence")] = value
    active = [
        sources[at]
        for at in sorted(sources)
        if sources[at].get("active") != "false"
        and {"organisation", "url", "url_text"} & set(sources[at])
    ]
    if len(active) > 1:
        omitted.note("further sources, of which only the first is kept", name, len(active) - 1)
    return active[0] if active else {}


def _entry(source: Mapping[str, str], name: str, omitted: Omissions) -> dict[str, str]:
    """The source as the cover sheet has it."""
    keys = ("organisation", "url_text", "licence")
    publisher, title, licence = (
        bare(source.get(key, ""), name, omitted, LONGEST_LINE) for key in keys
    )
    made = {
        "title": title or publisher,
        "publisher": publisher,
        "published": _day(source.get("release_date", ""), name, omitted),
        "url": _url(source.get("url", ""), name, omitted),
        "licence": licence,
    }
    return {key: value for key, value in made.items() if value} if made["title"] else {}


def _frequency(written: str, name: str, omitted: Omissions) -> str:
    said = " ".join(written.lower().split())
    if said and said not in FREQUENCIES:
        omitted.note("frequencies that have no word in a plan", f"{name}: {said[:60]}")
    return FREQUENCIES.get(said, "")


def _day(written: str, name: str, omitted: Omissions) -> str:
    """A day as a plan writes it."""
    said = written.strip()
    day = meant(said) if said else None
    if day and period(day).kind == "day":
        return day
    if said:
        omitted.note("release dates that are not a day", f"{name}: {said[:60]}")
    return ""


def _url(written: str, name: str, omitted: Omissions) -> str:
    """A web address that a plan may hold."""
    said = written.strip()
    if re.fullmatch(r"https?://[^\s<>\"'`]{1,490}", said):
        return said
    if said:
        omitted.note("addresses that are not web addresses", f"{name}: {said[:60]}")
    return ""
