"""The Stoke-on-Trent plan of 2016-17 in the tables of its source, made again from the data."""

from typing import Any

import yaml
from laid_out import Laid, Tabled, grouped

from conftest import ROOT

HEAD = ("OUTCOMES", "BUSINESS BENEFITS", "OBJECTIVES", "ACTIONS", "LED BY", "TIMESCALE")
MONTHS = {"2017-03": "March 2017", "2016-10": "October\n2016", "2016-12": "December\n2016",
          "2017-01": "January 2017", "to-be-confirmed": "TBC", "ongoing": "Ongoing"}  # fmt: skip


def read(stem: str) -> Any:
    """A data file of the real plan."""
    return yaml.safe_load((ROOT / "data" / f"{stem}.yaml").read_text(encoding="utf-8"))


def action_tables() -> list[Tabled]:
    """The action plan: a table for each heading, with outcome, benefits and objective merged."""
    cover, actions = read("plan"), read("actions")["actions"]
    services = {entry["id"]: entry["title"] for entry in cover["services"]}
    tables: list[Tabled] = []
    for heading in cover["priorities"]:
        outcomes = {entry["id"]: entry for entry in heading.get("outcomes", ())}
        rows = [
            (
                outcomes[entry["outcome"]]["title"],
                "\n".join(outcomes[entry["outcome"]].get("benefits", ())),
                entry["objective"],
                entry["title"],
                " /\n".join(services[name] for name in entry["lead"]),
                MONTHS[str(entry["due"])],
            )
            for entry in actions
            if entry["priority"] == heading["id"]
        ]
        if rows:
            head = [Laid(text) for text in HEAD]
            laid = [head, *grouped(rows, (0, 1, 2))]
            above = [] if tables else [(1, "Digital inclusion action plan 2016-17")]
            tables.append(Tabled([*above, (2, heading["title"])], laid))
    return tables


PERFORMANCE = (
    ("Performance\nindicators", "Data sources", "Lead service\nareas",
     "Baseline\nperformance\nlevels", "Digital inclusion\ngoals for 2020"),
    "Raise digital skills in target groups",
    ("Adults lacking basic digital skills", "Website usage / ACL participation",
     "Adult & Community Learning (ACL)", "c.4,500 adult learners (2015/16)", "Halve the number"),
    ("People in Work Clubs", "Work Club participation", "Library service",
     "1,300 attendances and 195 referrals each year (2014/15)",
     "At least 6,000 adults take part between 2016-20"),
    ("Percentage of staff with digital skills courses", "Organisational Development", "OD / ACL",
     "N/A", "At least half of all staff"),
    "Give people access to online services",
    ("Offline households", "Experian Mosaic data", "Policy & Performance",
     "15,000 households with no online access (2014)", "Halve the number"),
    ("Adults who do not use the internet", "ONS internet usage data", "Policy & Performance",
     "24,000 adults do not use the internet (May 2016)", "Halve the number"),
    "Encourage people to deal with the council online",
    ("Use of the website, online forms and accounts", "Website data / Finance data",
     "Website team / Revenues & Benefits / Finance",
     "1.09 million visitors (2015); 3,500 e-forms (2016); 8,500 linked accounts (2016)",
     "Increase usage by at least 25 per cent"),
    "Help the move to Universal Credit go well",
    ("Universal Credit claims managed online", "City Council / DWP",
     "Revenues & Benefits / Library Service", "N/A", "At least 85 per cent of claims"),
    ("Financially excluded households", "Experian Mosaic data", "Policy & Performance",
     "Approximately\n40,600", "Halve the number"),
    "Gains for the wider economy",
    ("Size of the digital economy", "Economic growth data", "Economic Development team", "TBC",
     "Support 10 per cent growth"),
    ("Businesses with websites", "Economic growth data", "Economic Development team", "TBC",
     "At least 25 per cent more businesses"),
)  # fmt: skip
"""The performance table: facts of the source, in short; a text alone is a row that spans."""


def performance_table() -> Tabled:
    """The performance table, with a heading in rows that span it."""
    rows = [
        [Laid(row, wide=5)] if isinstance(row, str) else [Laid(text) for text in row]
        for row in PERFORMANCE
    ]
    return Tabled([(1, "Performance monitoring and review")], rows)
