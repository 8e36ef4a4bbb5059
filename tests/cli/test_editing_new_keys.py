"""The commands that write, on a plan with grades of its own, parts, milestones and budgets."""

import re
from pathlib import Path
from typing import Any

import pytest

from conftest import Diplan, plan_at
from diplan.files.yaml.plain import read_yaml
from scratch import Scratch

PLAN = """\
plan:
  id: a-plan
  title: A plan
  from: 2016-04
  to: 2028-03
  scale:
    - {grade: Green, means: on-course}
    - {grade: Amber, means: off-course}
    - {grade: Complete, means: done}
    - {grade: On hold, means: paused}
priorities:
  - id: skills
    title: Skills
    to: [board]
    updates:
      - {date: 2018-05-01, grade: Amber}
  - {id: access, title: Access}
services:
  - {id: board, title: Board}
sources:
  - {id: survey, title: Survey, published: 2016}
"""

INDICATORS = """\
indicators:
  - id: adults
    title: Adults online
    priority: skills
    unit: per cent
    lead: [board]
    baseline: {period: 2015, value: 70, source: survey}
    target: {kind: at-least, value: 90, due: 2030}
    milestones:
      - {period: 2016, value: 74}
      - {period: 2018, value: 82, note: agreed}  # as the board said
    observations:
      - {period: 2018, value: 80, source: survey}
  - id: older
    title: Older adults online
    priority: skills
    unit: per cent
    lead: [board]
    part_of: adults
    baseline: {period: 2015, value: 50, source: survey}
    target: {kind: increase-by-points, points: 20, due: 2030}
    observations:
      - {period: 2018, value: 61, source: survey}
  - id: gap
    title: Gap
    priority: skills
    unit: points
    lead: [board]
    derived: {kind: difference, of: [adults, older]}
    target: {kind: at-most, value: 5, due: 2030}
  - id: visits
    title: Visits
    priority: access
    unit: visits
    lead: [board]
    target: {kind: total-at-least, value: 1000, from: 2018/19-Q1, due: 2019/20-Q4}
    observations:
      - {period: 2018/19-Q1, value: 200, source: survey}
      - {period: 2018/19-Q2, missing: not-collected}
"""

ACTIONS = """\
actions:
  - id: loans
    title: Lend tablets
    priority: [skills, access]
    due: 2018-03
    lead: [board]
  - id: some-day
    title: Open a hub
    priority: access
    timescale: when there is money
    lead: [board]
    budget: {planned: 500}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace with such a plan."""
    data = tmp_path / "home" / "data"
    data.mkdir(parents=True)
    for stem, text in (("plan", PLAN), ("indicators", INDICATORS), ("actions", ACTIONS)):
        (data / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return data.parent


def written(home: Path, section: str, name: str) -> dict[str, Any]:
    """What the file says of something, as it is written."""
    stem = section if section in ("indicators", "actions") else "plan"
    whole: Any = read_yaml((home / "data" / f"{stem}.yaml").read_text(encoding="utf-8"))
    if section == "plan":
        return whole["plan"]  # type: ignore[no-any-return]
    (entity,) = (entity for entity in whole[section] if entity["id"] == name)
    return entity  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "keys", "section", "now"),
    [
        ("loans", ["budget.planned=25000"], "actions", {"budget": {"planned": "25000"}}),
        ("loans", ["budget.planned=£25,000", "budget.currency=eur", "budget.funder=A, B"],
         "actions", {"budget": {"planned": "25000", "currency": "EUR", "funder": "A, B"}}),
        ("some-day", ["budget="], "actions", {"budget": None}),
        ("loans", ["priority=access"], "actions", {"priority": "access"}),
        ("some-day", ["priority=access,skills"], "actions", {"priority": ["access", "skills"]}),
        ("loans", ["next_steps=Ask, and ask again; order"], "actions",
         {"next_steps": ["Ask, and ask again", "order"]}),
        ("loans", ["risks=No money"], "actions", {"risks": ["No money"]}),
        ("loans", ["continues=yes", "start=April 2017"], "actions",
         {"continues": "true", "start": "2017-04"}),
        ("loans", ["years=2016-17,2017/18"], "actions", {"years": ["2016/17", "2017/18"]}),
        ("loans", ["note="], "actions", {"note": None}),
        ("adults", ["rag.amber=10%", "rag.of=Target"], "indicators",
         {"rag": {"amber": "10", "of": "target"}}),
        ("older", ["segment=Adults over 65, at home"], "indicators",
         {"segment": "Adults over 65, at home"}),
        ("older", ["part_of="], "indicators", {"part_of": None}),
        ("older", ["ended.date=May 2018", "ended.why=withdrawn"], "indicators",
         {"ended": {"date": "2018-05", "why": "withdrawn"}}),
        ("plan", ["rag.amber=15"], "plan", {"rag": {"amber": "15"}}),
        ("plan", ["scale=Green, Amber, Complete, On hold, On-Track, Idea: proposed"], "plan",
         {"scale": [{"grade": "Green", "means": "on-course"},
                    {"grade": "Amber", "means": "off-course"},
                    {"grade": "Complete", "means": "done"},
                    {"grade": "On hold", "means": "paused"},
                    "On-Track", {"grade": "Idea", "means": "proposed"}]}),
        ("skills", ["updates.1 May 2018.grade=Green"], "priorities",
         {"updates": [{"date": "2018-05-01", "grade": "Green"}]}),
        ("skills", ["updates.2018-05-01="], "priorities", {"updates": None}),
    ],
    ids=str,
)  # fmt: skip
def test_set(
    name: str, keys: list[str], section: str, now: dict[str, Any], home: Path, diplan: Diplan
) -> None:
    """Every key is set as it is typed: nested, in lists, with or without a value."""
    said = diplan("set", name, *keys, cwd=home)

    assert said.code == 0, said.err
    entity = written(home, section, name)
    assert {key: entity.get(key) for key in now} == now
    assert plan_at(home)


@pytest.mark.parametrize(
    ("call", "message", "hint"),
    [
        (("set", "loans", "budget=5"), '"budget" has keys of its own', "planned"),
        (("set", "loans", "budget.planned=lots"), 'budget.planned: "lots" is not', "digits"),
        (("set", "loans", "start=Easter"), 'start: "Easter" is not a period', "2018"),
        (("set", "plan", "scale=Green, Blue"), '"Blue" does not say', "Blue: MEANING"),
        (("set", "plan", "scale=Green: on-corse"), '"on-corse"', '"on-course"'),
        (("set", "adults", "milestones=5"), "a list", "milestones.2018.KEY"),
        (("set", "adults", "milestones.2018=5"), "not changed quietly", "diplan revise adults"),
        (("set", "gap", "derived.of=older,adults"), "not changed quietly", "diplan revise gap"),
        (("revise", "adults", "milestones.2018.vlaue=5", "--why", "x"), "unknown key",
         'did you mean "value"?'),
        (("add", "milestone", "adults", "period"), '"period" is not KEY=VALUE', "value=11000"),
        (("add", "milestone", "adults", "perod=2018"), 'unknown key "perod"', '"period"'),
        (("set", "skills", "updates.2018-05-01=5"), "has keys of its own", "grade"),
        (("set", "skills", "updates.2018-06.grade=Green"), '"updates.2018-06"', "2018-05-01"),
        (("set", "skills", "outcomes=5"), '"outcomes" has keys', "edit the file"),
        (("revise", "loans", "timescale=soon", "--why", "x"), "needs no revision", "diplan set"),
        (("revise", "loans", "due=soon", "--why", "x"), '"soon" is not', "timescale="),
        (("revise", "adults", "milestones.May=5", "--why", "x"), '"May" is not a period', "2018"),
        (("record", "gap", "5", "--period", "2018"), "worked out from adults and older",
         "record those"),
        (("record", "visits", "5", "--period", "April to June 2018"),
         "a figure for 2018/19-Q1 already", "observations.2018/19-Q1.value"),
        (("record", "visits", "5", "--period", "2018-Q2"), "2018/19-Q1 (2018-Q2)", "revise"),
        (("record", "visits", "5", "--period", "Q2 2018/19"),
         "an entry (not-collected) for 2018/19-Q2 already",
         "visits observations.2018/19-Q2.missing= observations.2018/19-Q2.value=..."),
        (("set", "some-day", "budget.planned="), "nothing would be left", "the whole of it"),
        (("update", "skils", "1"), 'no action or priority is called "skils"', '"skills"'),
        (("update", "skills", "grean"), '"grean"', '"Green"'),
        (("update", "skills", "1", "--date", "2018-05-01"), "already", "diplan set skills"),
        (("update", "skills", "1", "--in", "sources"), '"sources"', "actions, priorities"),
        (("add", "milestone", "older"), "period=..., points=... and --why are missing", "asks"),
        (("add", "milestone", "adults", "period=2018", "value=5", "--why", "x"),
         "a milestone of 2018 already", "revise adults milestones.2018"),
        (("add", "action", "more", "title=More", "priority=skills", "lead=board"), "due=...",
         "asks"),
    ],
    ids=str,
)  # fmt: skip
def test_wrong_usage_is_explained(
    call: tuple[str, ...], message: str, hint: str, home: Path, diplan: Diplan
) -> None:
    """What was found is said, and what to type instead; nothing is written."""
    said = diplan(*call, cwd=home)

    assert said.code == 2
    first, _, then = said.err.partition("\n  = ")
    assert message in first
    assert hint in then
    assert (home / "data" / "actions.yaml").read_text(encoding="utf-8") == ACTIONS
    assert (home / "data" / "indicators.yaml").read_text(encoding="utf-8") == INDICATORS


MILESTONES = [
    {"period": "2016", "value": "74"},
    {"period": "2018", "value": "82", "note": "agreed"},
]


@pytest.mark.parametrize(
    ("keys", "milestones", "entries"),
    [
        (["milestones.2018=83"], [MILESTONES[0], {**MILESTONES[1], "value": "83"}],
         ["milestones.2018: 82 -> 83"]),
        (["milestones.Q1 2017/18.value=78", "milestones.2019=85", "milestones.2017=80"],
         [MILESTONES[0], {"period": "2017/18-Q1", "value": "78"},
          {"period": "2017", "value": "80"}, MILESTONES[1], {"period": "2019", "value": "85"}],
         ["milestones.2017/18-Q1: None -> 78", "milestones.2017: None -> 80",
          "milestones.2019: None -> 85"]),
        (["milestones.2016="], [MILESTONES[1]], ["milestones.2016: 74 -> None"]),
        (["milestones.2018.value="], [MILESTONES[0]], ["milestones.2018: 82 -> None"]),
        (["milestones.2016=", "milestones.2018="], None,
         ["milestones.2016: 74 -> None", "milestones.2018: 82 -> None"]),
        (["milestones.2016=", "milestones.2017=79", "milestones.2018.note="],
         [{"period": "2017", "value": "79"}, {"period": "2018", "value": "82"}],
         ["milestones.2016: 74 -> None", "milestones.2017: None -> 79"]),
    ],
    ids=str,
)  # fmt: skip
def test_milestones_are_revised(
    keys: list[str], milestones: Any, entries: list[str], home: Path, diplan: Diplan
) -> None:
    """Milestones are changed, added in order of time and removed, each with its entry."""
    said = diplan("revise", "adults", *keys, "--why", "Agreed", cwd=home)

    assert said.code == 0, said.err
    assert written(home, "indicators", "adults").get("milestones") == milestones
    found = plan_at(home).indicator["adults"].revisions
    assert sorted(f"{entry.what}: {entry.was} -> {entry.now}" for entry in found) == sorted(entries)
    if {"period": "2018", "value": "82", "note": "agreed"} in (milestones or []):
        text = (home / "data" / "indicators.yaml").read_text(encoding="utf-8")
        assert "note: agreed}  # as the board said\n" in text


def test_a_milestone_is_said_in_one_way(home: Path, diplan: Diplan) -> None:
    """Points take the place of a value; both changes are on record by the ledger's names."""
    more = ("--why", "Agreed")
    diplan("add", "milestone", "older", "period=2020", "value=55", *more, cwd=home)
    said = diplan("revise", "older", "milestones.2020.points=10", *more, cwd=home)

    assert said.code == 0, said.err
    assert written(home, "indicators", "older")["milestones"] == [
        {"period": "2020", "points": "10"}
    ]
    found = [
        (entry.what, entry.was, entry.now) for entry in plan_at(home).indicator["older"].revisions
    ]
    assert found == [
        ("milestones.2020", None, "55"),
        ("milestones.2020", "55", None),
        ("milestones.2020.points", None, "10"),
    ]


def test_a_milestone_by_per_cent(home: Path, diplan: Diplan) -> None:
    """Where the target is relative, `percent` is a way to say a milestone."""
    path = home / "data" / "indicators.yaml"
    text = INDICATORS.replace("increase-by-points, points: 20", "increase-by, percent: 30")
    path.write_text(text, encoding="utf-8")
    call = ("add", "milestone", "older", "period=2020", "percent=20%", "--why", "Agreed")
    assert diplan(*call, cwd=home).code == 0
    said = diplan("revise", "older", "milestones.2020.percent=22", "--why", "Agreed", cwd=home)

    assert said.code == 0, said.err
    assert plan_at(home).indicator["older"].revisions[-1].what == "milestones.2020.percent"


def test_a_date_in_words_becomes_a_date_and_back(home: Path, diplan: Diplan) -> None:
    """`revise` swaps a due date and a timescale; only the date is a promise with an entry."""
    first = diplan(
        "revise", "some-day", "due=Q1 2026/27", "timescale=", "--why", "Funded", cwd=home
    )
    then = written(home, "actions", "some-day")
    second = diplan(
        "revise", "some-day", "due=", "timescale=some day", "--why", "Not funded", cwd=home
    )

    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert (then["due"], then.get("timescale")) == ("2026/27-Q1", None)
    action = plan_at(home).action["some-day"]
    assert (action.due, action.timescale) == (None, "some day")
    assert [(entry.what, entry.was, entry.now) for entry in action.revisions] == [
        ("due", None, "2026/27-Q1"),
        ("due", "2026/27-Q1", None),
    ]


def test_a_figure_of_the_past_is_taken_out_openly(home: Path, diplan: Diplan) -> None:
    """A whole observation is named by its period, in any of its forms."""
    said = diplan("revise", "visits", "observations.2018-Q2=", "--why", "Counted twice", cwd=home)

    assert said.code == 0, said.err
    visits = plan_at(home).indicator["visits"]
    assert [str(seen.period) for seen in visits.observations] == ["2018/19-Q2"]
    assert [entry.what for entry in visits.revisions] == ["observations.2018/19-Q1"]


def test_a_correction_holds_at_every_moment(home: Path, diplan: Diplan) -> None:
    """`--correction` says in the entry that the file was wrong."""
    call = ("revise", "adults", "target.value=91", "--why", "Misread")
    said = diplan(*call, "--correction", cwd=home)

    assert said.code == 0, said.err
    (entry,) = plan_at(home).indicator["adults"].revisions
    assert (entry.what, entry.now, entry.correction) == ("target.value", "91", True)


def test_a_derivation_is_changed_openly(home: Path, diplan: Diplan) -> None:
    """Other parts make other figures of the past, so the change has an entry."""
    said = diplan("revise", "gap", "derived.of=older,adults", "--why", "Upside down", cwd=home)

    assert said.code == 0, said.err
    (entry,) = plan_at(home).indicator["gap"].revisions
    assert (entry.what, entry.was) == ("derived", "difference of adults, older")
    assert entry.now == "difference of older, adults"


def test_add(home: Path, diplan: Diplan) -> None:
    """A part, a derived indicator and actions with the new keys are added in a line."""
    calls = (
        ("add", "indicator", "men", "title=Men online", "priority=skills", "unit=per cent",
         "part_of=adults", "segment=Men", "target.kind=at-least", "target.value=90%",
         "target.due=2019-20", "baseline.period=2015", "baseline.value=c. 70",
         "milestones.2018=80", "milestones.2016.value=75", "observations.Q1 2016/17.value=71"),
        ("add", "indicator", "gap-of-men", "title=Gap", "priority=skills", "unit=points",
         "derived.kind=difference", "derived.of=adults,men", "target.kind=to-be-confirmed"),
        ("add", "action", "more", "title=More", "priority=skills,access", "lead=board",
         "timescale=in the first year", "budget.planned=1,000", "budget.currency=EUR"),
        ("add", "action", "kept", "title=Kept up", "priority=skills", "lead=board",
         "due=April to June 2026", "continues=true", "updates.2018-03-01.grade=Green"),
    )  # fmt: skip
    for call in calls:
        said = diplan(*call, cwd=home)
        assert said.code == 0, said.err

    now = plan_at(home)
    men, gap = now.indicator["men"], now.indicator["gap-of-men"]
    assert [str(stone.period) for stone in men.milestones] == ["2016", "2018"]
    assert men.baseline
    assert men.baseline.approximate
    assert str(men.observations[0].period) == "2016/17-Q1"
    assert (str(gap.derived), gap.target.kind) == ("difference of adults, men", "to-be-confirmed")
    assert now.action["more"].priorities == ("skills", "access")
    assert str(now.action["kept"].due) == "2026/27-Q1"
    assert now.action["kept"].updates[0].grade == "Green"


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("Q2 2018/19", "2018/19-Q2"),
        ("2018/19 Q2", "2018/19-Q2"),
        ("Quarter 2 of 2018/19", "2018/19-Q2"),
        ("July to September 2018", "2018/19-Q2"),
        ("2018-Q3", "2018-Q3"),
        ("2018 to 2019", "2018..2019"),
        ("April 2019 to March 2020", "2019/20"),
        ("17 May 2018", "2018-05-17"),
    ],
)
def test_periods_are_typed_as_people_write_them(
    typed: str, period: str, home: Path, diplan: Diplan
) -> None:
    """What a person writes is stored in one form."""
    said = diplan(
        "record", "adults", "81", "--yes", "--period", typed, "--source", "survey", cwd=home
    )

    assert said.code == 0, said.err
    assert period in [str(seen.period) for seen in plan_at(home).indicator["adults"].observations]


def test_months_are_parts_of_the_years_of_the_plan(home: Path, diplan: Diplan) -> None:
    """In a plan with calendar years, three months by their names are a calendar quarter."""
    text = PLAN.replace("  scale:", "  years: calendar\n  scale:")
    (home / "data" / "plan.yaml").write_text(text, encoding="utf-8")
    said = diplan(
        "record", "visits", "190", "--period", "Oct to Dec 2018", "--source", "survey",
        cwd=home,
    )  # fmt: skip

    assert said.code == 0, said.err
    assert str(plan_at(home).indicator["visits"].observations[-1].period) == "2018-Q4"


@pytest.mark.parametrize(
    "call",
    [
        ("status", "--as-of", "Q2 2018/19"),
        ("show", "adults", "--as-of", "September 2018"),
        ("due", "--as-of", "Q2 2018/19", "--before", "April 2019"),
        ("actions", "--as-of", "30/09/2018", "--due-before", "April to June 2019"),
        ("status", "--year", "2017-18"),
        ("check", "--as-of", "Q2 2018/19"),
        ("diff", "Q2 2017/18", "Q2 2018/19"),
    ],
    ids=" ".join,
)
def test_moments_are_typed_as_people_write_them(
    call: tuple[str, ...], home: Path, diplan: Diplan
) -> None:
    """Options that take a moment understand what prompts do."""
    said = diplan(*call, cwd=home)
    assert said.code == 0, said.err


def test_two_states_are_no_stretch(scratch: Scratch, diplan: Diplan) -> None:
    """`A..B` compares two states, and a stretch is none of them."""
    said = diplan("diff", "2016/17..2017/18", "--format", "json", cwd=scratch.home)
    words = diplan("diff", "2016 to 2018", cwd=scratch.home)

    assert re.search(r'"from": "2016/17",\s+"to": "2017/18"', said.out)
    assert words.code == 2


def test_a_heading_is_updated(home: Path, diplan: Diplan) -> None:
    """A heading takes a grade as an action does, in order of time, and it is told how it stands."""
    said = diplan("update", "skills", "green", "--date", "17 May 2018", "--evidence", "Better",
                  cwd=home)  # fmt: skip
    first = diplan("update", "access", "3", "--date", "2018-06-01", cwd=home)

    assert (said.code, first.code) == (0, 0), said.err + first.err
    assert "before: Skills: Amber on 1 May 2018." in said.err
    assert "after:  Skills: Green on 17 May 2018." in said.err
    assert "before: Access: it has no grade yet." in first.err
    now = plan_at(home)
    assert [update.grade for update in now.priority["skills"].updates] == ["Amber", "Green"]
    assert now.priority["access"].updates[0].grade == "Complete"


def test_an_id_of_an_action_and_of_a_heading(home: Path, diplan: Diplan) -> None:
    """Where both have the id, `--in` says which is meant."""
    path = home / "data" / "actions.yaml"
    path.write_text(ACTIONS.replace("id: loans", "id: access"), encoding="utf-8")
    unclear = diplan("update", "access", "1", cwd=home)
    said = diplan("update", "access", "1", "--in", "priorities", cwd=home)

    assert (unclear.code, said.code) == (2, 0)
    assert "--in" in unclear.err
    assert plan_at(home).priority["access"].updates


def test_what_is_kept_up_and_late_reads_well(home: Path, diplan: Diplan) -> None:
    """The date by which something was to be in place is told without its other half."""
    said = diplan("set", "loans", "continues=true", cwd=home)
    late = diplan("update", "loans", "2", "--date", "2018-06-01", cwd=home)

    assert said.code == 0
    assert "it was due by March 2018 and is overdue." in late.err
    assert "kept up and is" not in late.err
