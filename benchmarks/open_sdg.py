"""Writes a made-up Open SDG data repository of any size, to measure an import with.

Each indicator has a headline series, and one for each made-up area and age: the same arguments give
the same bytes.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

FIRST, LAST = 2004, 2020
AREAS = tuple(f"Made-up Town {number}" for number in range(1, 21))
AGES = ("16 to 24", "25 to 44", "45 to 64", "65 and over")
HEADER = "Year,Age,Region,Local Authority,Observation status,Unit multiplier,Units,GeoCode,Value"

METADATA = """\
---
indicator_name: global_indicators.{number}-title
indicator_number: {dotted}
indicator_available: Made-up measure {dotted} of a made-up country
national_geographical_coverage: Made-up Country
computation_units: Percentage (%)
computation_definitions: >-
  <p>A made-up definition, with <a href="https://example.org/a?b=c">a link</a>: nothing in it.</p>
data_footnote: <p>These figures are made up.</p>
reporting_status: complete
source_active_1: true
source_organisation_1: Made-up Office for Statistics
source_periodicity_1: Annual
source_url_1: https://example.org/data/{number}
source_url_text_1: Made-up survey {dotted}
source_release_date_1: 06/04/2021
source_active_2: false
---
"""


def rows(number: int) -> Iterator[str]:
    """The rows of an indicator, group after group."""
    groups = [("", "", "", "")]
    groups += [("", "Made-up Region", area, f"X{at:08}") for at, area in enumerate(AREAS)]
    groups += [(age, "", "", "") for age in AGES]
    for at, (age, region, area, code) in enumerate(groups):
        for year in range(FIRST, LAST + 1):
            status = "Estimated value" if year % 7 == 0 else "Normal value"
            value = (number * 7 + at * 3 + year * 11) % 1000 / 10
            yield f"{year},{age},{region},{area},{status},Units,Percentage (%),{code},{value}"


def write_repository(folder: Path, indicators: int = 250) -> None:
    """Write a repository with so many indicators."""
    (folder / "data").mkdir(parents=True)
    (folder / "meta").mkdir()
    for at in range(indicators):
        goal, rest = divmod(at, 15)
        number = f"{goal + 1}-{rest + 1}-1"
        lines = "\n".join([HEADER, *rows(at)])
        (folder / "data" / f"indicator_{number}.csv").write_text(f"{lines}\n", encoding="utf-8")
        about = METADATA.format(number=number, dotted=number.replace("-", "."))
        (folder / "meta" / f"{number}.md").write_text(about, encoding="utf-8")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--indicators", type=int, default=250)
    options = parser.parse_args()
    write_repository(options.folder, options.indicators)


if __name__ == "__main__":
    main()
