"""An Open SDG data repository: its files, and what they say, as a plan would have it."""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from diplan.exchange.html_text import LONGEST_LINE, bare
from diplan.exchange.omissions import Omissions
from diplan.files.csvfile import any_table
from diplan.files.decoding import decoded
from diplan.files.workspace import LARGEST_FILE, Workspace
from diplan.files.yaml.dump import KeyPerLine
from diplan.files.yaml.plain import Plain
from diplan.ground.errors import OptionError, UnreadableError
from diplan.ground.text import NamedText, visible
from diplan.open_sdg.metadata import (
    NOT_REPORTED,
    About,
    Metadata,
    about,
    read_table,
    read_yaml,
)
from diplan.open_sdg.series import KNOWN, OpenSdgSeries, UnclearError, read_series
from diplan.plan.indicator import PER_CENT
from diplan.problems import Problem

MOST_INDICATORS = 2_000
"""There are some 250 in the whole set of goals."""

METADATA = (
    "meta/{}.md", "meta/{}.yml", "meta/{}.yaml", "csv-meta/{}.csv", "csv-meta/indicator_{}.csv",
    "indicator-config/{}.yml",
)  # fmt: skip
"""Where it is said what an indicator is, by its number."""

_FILE = re.compile(r"indicator_([\w.-]{1,60})\.csv", re.ASCII)
_PLACE = re.compile(
    r"\b(?:area|authority|city|country|county|district|geo\w*|nation|region|ward)\b", re.IGNORECASE
)
_PER_CENT = re.compile(r"(?:per ?cent(?:age)?)?\s*(?:\(?%\)?)?", re.IGNORECASE)


class FoundIndicator(NamedTuple):
    """An indicator of the repository, by the keys of the data, its source, and its file."""

    indicator: dict[str, Plain]
    source: dict[str, Plain]
    file: str


class OpenSdgRepository:
    """The indicators of a folder; what cannot be read or understood is counted."""

    def __init__(self, folder: Path, omitted: Omissions) -> None:
        self.home = Workspace(folder, f"{folder.as_posix().rstrip('/')}/")
        self.omitted = omitted
        self.values: dict[str, set[str]] = {}
        """What the columns that were asked for say, by the column; for suggestions."""

    def files(self) -> dict[str, str]:
        """The files of the indicators, by their numbers: `17-8-1`.

        Raises:
            OptionError: this is no such repository, or it is too large for one.
        """
        files = {}
        for path in self.home.listing():
            name = path.removeprefix("data/")
            named = _FILE.fullmatch(name)
            if named and named[1].replace(".", "-") not in files:
                files[named[1].replace(".", "-")] = path
            elif path.endswith(".csv"):
                self.omitted.note("files that are not an indicator's", self.home.name(path))
        if not files:
            message = f'there is no Open SDG data in "{visible(str(self.home.root))}"'
            raise OptionError(message, "name the folder that holds data/indicator_*.csv and meta/")
        if len(files) > MOST_INDICATORS:
            message = (
                f"there are {len(files):,} indicators, and at most {MOST_INDICATORS:,} are read"
            )
            raise OptionError(message, "choose some with --indicator")
        return dict(sorted(files.items()))

    def read(self, number: str, path: str, where: Mapping[str, str]) -> FoundIndicator | None:
        """An indicator; None after counting why there is none."""
        aside = Omissions()
        known = self._about(number, aside)
        if known.status in NOT_REPORTED:
            reason = f'indicators whose reporting status is "{known.status}": not taken'
            self.omitted.note(reason, self.home.name(path))
            return None
        text = self._text(path)
        if text is None:
            return None
        file = any_table(NamedText(self.home.name(path), text), ("Year", "Value"))
        for problem in file.problems:
            self.omitted.note(
                f"problems of tables: {problem.message}", f"{problem.file}:{problem.span.line}"
            )
        for column in where:
            self.values.setdefault(column, set()).update(
                row[column] for row in file.rows if column in row
            )
        try:
            series = read_series(file, where, self.omitted)
        except UnclearError as error:
            self.omitted.note(str(error), f"{file.source.name}: {error.told}")
            return None
        if not series.figures:
            self.omitted.note("indicators without a figure", file.source.name)
            return None
        values = {str(keys.get("value")) for _, keys in series.figures}
        if len(series.figures) > 2 and len(values) == 1:
            reason = "series in which every figure is the same: taken, and to be looked at"
            self.omitted.note(reason, f"{file.source.name}: {min(values)}")
        self.omitted.add(aside)
        return self._found(number, series, known, where, file.source.name)

    def _text(self, path: str) -> str | None:
        """The text of a file; None after counting why it cannot be had."""
        try:
            data = self.home.read(path)
        except UnreadableError as error:
            self.omitted.note(f"files that cannot be read: {error}", self.home.name(path))
            return None
        if len(data) > LARGEST_FILE:
            most = f"{LARGEST_FILE // 1024 // 1024} MiB"
            self.omitted.note(f"files that are larger than {most}", self.home.name(path))
            return None
        text = decoded(self.home.name(path), data)
        if isinstance(text, Problem):
            self.omitted.note(text.message, f"{text.file}:{text.span.line}")
            return None
        return text

    def _about(self, number: str, omitted: Omissions) -> About:
        """What all files about an indicator say; what the first of them says counts."""
        whole: Metadata = {}
        names = []
        for path in METADATA:
            for spelling in dict.fromkeys((number, number.replace("-", "."))):
                name = path.format(spelling)
                if (self.home.root / name).exists() and (text := self._text(name)) is not None:
                    read = read_table if name.endswith(".csv") else read_yaml
                    said = read(self.home.name(name), text, omitted)
                    kept = {key: value for key, value in whole.items() if value}
                    whole = {**whole, **said, **kept}
                    names.append(name)
        if not names:
            omitted.note("indicators without metadata", self.home.name(f"meta/{number}.md"))
            return About()
        return about(self.home.name(names[0]), whole, omitted)

    def _found(
        self, number: str, series: OpenSdgSeries, about: About, where: Mapping[str, str], file: str
    ) -> FoundIndicator:
        places = [value for column, value in where.items() if _PLACE.search(column)]
        others = {column: value for column, value in where.items() if not _PLACE.search(column)}
        groups = [value for column, value in others.items() if column.lower() not in KNOWN]
        title = about.title or f"Open SDG indicator {number.replace('-', '.')}"
        source: dict[str, Plain] = {"id": _id(number), "title": title, **about.source}
        if not about.source:
            self.omitted.note("indicators without a source", file)
        area = ", ".join(places) or about.area
        if not area:
            self.omitted.note("indicators without an area, which count as the plan's", file)
        said = [about.source.get(key, "") for key in ("publisher", "title")]
        made: dict[str, Plain] = {
            "id": _id(number, *others.values(), *places),
            "title": self._line(", ".join([title, *groups]), file),
            "unit": self._unit(series, about, file),
            "target": {"kind": "none"},
            "definition": _id(number, *others.values()),
            "area": self._line(area, file),
            "collected_from": self._line(": ".join(dict.fromkeys(filter(None, said))), file),
            "frequency": about.frequency,
            "observations": [KeyPerLine(keys, source=_id(number)) for _, keys in series.figures],
            "note": about.note,
        }
        return FoundIndicator({key: value for key, value in made.items() if value}, source, file)

    def _line(self, written: str, file: str) -> str:
        return bare(written, file, self.omitted, LONGEST_LINE)

    def _unit(self, series: OpenSdgSeries, about: About, file: str) -> str:
        """What is counted; per cent only where no figure is outside its bounds."""
        words = self._line(series.unit or about.unit, file)
        if not words:
            self.omitted.note("indicators without a unit", file)
            return "units"
        if series.multiplier.lower() not in ("", "unit", "units"):
            words = self._line(f"{words} ({series.multiplier.lower()})", file)
        ends = ("value", "low", "high")
        numbers = [
            float(str(keys[end])) for _, keys in series.figures for end in ends if end in keys
        ]
        inside = all(0 <= number <= 100 for number in numbers)
        return PER_CENT if inside and _PER_CENT.fullmatch(words) else words


def _id(number: str, *groups: str) -> str:
    """An id for an indicator, or a group in it, that is the same at each import."""
    parts = [re.sub("[^a-z0-9]+", "-", part.lower()).strip("-") for part in (number, *groups)]
    name = "-".join(["open-sdg", *filter(None, parts)])
    if all(parts) and len(name) <= 80:
        return name
    return f"{name[:70].rstrip('-')}-{sha256(' '.join(groups).encode()).hexdigest()[:8]}"
