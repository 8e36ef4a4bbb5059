"""What is owed: figures, updates, dates, reviews and answers, from whom and since when."""

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from builders import action, indicator, plan
from conftest import PLAN, Diplan, Golden
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.ground.period import period
from diplan.judge.due import Owed, OwedKind, due
from diplan.plan import Governance, Plan, Priority
from diplan.render.ics import ics
from diplan.report.due import Event
from fenced import Fence, fences, shortened

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
EXAMPLES = [ROOT, *sorted((ROOT / "examples").iterdir())]

AT_LEAST = {"kind": "at-least", "value": "5", "due": "2030"}


def owed(whole: Plan, as_of: str, until: str | None = None) -> list[Owed]:
    """What is owed at a moment, and before a period begins."""
    return due(whole, period(as_of), period(until).start if until else None)


def told(found: list[Owed]) -> list[tuple[str, str | None, bool]]:
    """Each thing by its kind, the day that it is due, and whether it is late."""
    return [
        (str(one.kind), one.due.last_day.isoformat() if one.due else None, one.overdue)
        for one in found
    ]


def figures(as_of: str, until: str | None = None, **keys: Any) -> list[tuple[str, list[str], bool]]:
    """What is owed of one indicator with these keys, in a plan that began in April 2016."""
    cover = {"from": "2016-04", "years": keys.pop("years", "financial")}
    cover |= {"to": to} if (to := keys.pop("to", None)) else {}
    found = owed(plan(indicator(**{"target": AT_LEAST, **keys}), **cover), as_of, until)
    return [(str(one.kind), [when.text for when in one.periods], one.overdue) for one in found]


@pytest.mark.parametrize(
    ("frequency", "last", "wanted"),
    [
        ("monthly", "2018-05", "2018-06"),
        ("monthly", "2018-05-31", "2018-06-30"),
        ("monthly", "2016", "2017-01"),
        ("quarterly", "2018-Q4", "2019-Q1"),
        ("quarterly", "2018-05", "2018-08"),
        ("quarterly", "2017/18", "2018-Q2"),
        ("six-monthly", "2018-Q1", "2018-Q3"),
        ("yearly", "2017/18", "2018/19"),
        ("yearly", "AY2017/18", "AY2018/19"),
        ("yearly", "2017", "2018"),
        ("yearly", "2017-05", "2018-05"),
        ("two-yearly", "2017", "2019"),
    ],
)
def test_next_figure_keeps_its_kind_of_period(frequency: str, last: str, wanted: str) -> None:
    """The next figure is for the same kind of period, or for one as short as its frequency."""
    keys: dict[str, Any] = {
        "frequency": frequency,
        "observations": [{"period": last, "value": "1"}],
    }
    later = str(period(wanted).last_day)
    assert figures(later, **keys) == [("figure", [wanted], False)]


def test_a_figure_is_late_once_its_period_is_over() -> None:
    """In the period's last month it is due, and a day later overdue."""
    keys: dict[str, Any] = {"frequency": "yearly", "baseline": {"period": "2016/17", "value": "1"}}
    assert figures("2018-03", **keys) == [("figure", ["2017/18"], False)]
    assert figures("2018-04-01", **keys) == [("figure", ["2017/18"], True)]


def test_three_months_are_looked_ahead() -> None:
    """A figure for the year to March is listed from the end of December on, or with `until`."""
    keys: dict[str, Any] = {"frequency": "yearly", "baseline": {"period": "2016/17", "value": "1"}}
    assert figures("2017-12-30", **keys) == []
    assert figures("2017-12-31", **keys) == [("figure", ["2017/18"], False)]
    assert figures("2017-06", "2018-04", **keys) == [("figure", ["2017/18"], False)]
    assert figures("2017-06", "2018-03", **keys) == []


def test_every_missed_period_is_named_once() -> None:
    """Three years without a figure are one thing that is owed, since the first of them."""
    keys: dict[str, Any] = {
        "frequency": "yearly",
        "observations": [{"period": "2016", "value": "1"}],
    }
    assert figures("2019", **keys) == [("figure", ["2017", "2018", "2019"], True)]


def test_a_reason_is_an_answer_and_to_be_confirmed_is_none() -> None:
    """`not-collected` ends the waiting for a period; `to-be-confirmed` does not."""
    seen = [{"period": "2017", "missing": "not-collected"}]
    assert figures("2018-02", frequency="yearly", observations=seen) == []
    seen = [{"period": "2017", "missing": "to-be-confirmed"}, {"period": "2018", "value": "1"}]
    assert figures("2018", frequency="yearly", observations=seen) == [("figure", ["2017"], True)]


def test_an_indicator_that_was_never_measured() -> None:
    """Its first figure is for the first of the plan's years, quarters or months."""
    assert figures("2017-03", frequency="yearly") == [("figure", ["2016/17"], False)]
    assert figures("2016-12", frequency="yearly", years="calendar") == [("figure", ["2016"], False)]
    assert figures("2016-06", frequency="quarterly") == [("figure", ["2016-Q2"], False)]
    assert figures("2016-04", frequency="monthly") == [("figure", ["2016-04"], False)]


def test_nothing_is_owed_for_the_time_before_the_plan() -> None:
    """A baseline of 2012 does not make the years before 2016 missing."""
    keys: dict[str, Any] = {"frequency": "yearly", "baseline": {"period": "2012", "value": "1"}}
    assert figures("2016", **keys) == [("figure", ["2016"], False)]


def test_a_total_is_owed_from_its_first_period() -> None:
    """A total from 2017 needs no figure for 2016/17, whatever its baseline is for."""
    aim = {"kind": "total-at-least", "value": "9", "from": "2017", "due": "2019"}
    keys: dict[str, Any] = {
        "frequency": "yearly",
        "target": aim,
        "baseline": {"period": "2015/16", "value": "1"},
    }
    assert figures("2017-12", **keys) == [("figure", ["2017"], False)]


def test_a_target_needs_a_figure_at_its_date() -> None:
    """With no frequency at all, the target's own date is when a figure is owed."""
    aim = {"kind": "at-least", "value": "5", "due": "2018"}
    assert figures("2018", target=aim) == [("figure", ["2018"], False)]
    assert figures("2018", target=aim, observations=[{"period": "2018", "value": "1"}]) == []
    assert figures("2017", target=aim, frequency="once") == []


def test_an_indicator_for_context_is_owed_by_its_frequency() -> None:
    """Without a target and without a frequency nothing is due; with a frequency a figure is."""
    seen = [{"period": "2016", "value": "1"}]
    assert figures("2018", target={"kind": "none"}, observations=seen) == []
    found = figures("2017", target={"kind": "none"}, observations=seen, frequency="yearly")
    assert found == [("figure", ["2017"], False)]


def test_a_baseline_to_be_confirmed() -> None:
    """It is owed, and nobody has said by when."""
    whole = plan(indicator(target=AT_LEAST, baseline={"missing": "to-be-confirmed"}))
    assert told(owed(whole, "2018")) == [("baseline", None, False)]


def test_nobody_owes_a_plan_that_is_over() -> None:
    """As of its last month all is owed that it lacks; a month later nothing is."""
    keys: dict[str, Any] = {"frequency": "yearly", "to": "2018-03"}
    assert figures("2018-03", **keys) == [("figure", ["2016/17", "2017/18"], True)]
    assert figures("2018-04", **keys) == []


def test_no_period_ends_after_the_plan() -> None:
    """A year that ends after the plan does is not owed, but the target's own date is."""
    keys: dict[str, Any] = {
        "frequency": "yearly",
        "to": "2018-03",
        "target": {**AT_LEAST, "due": "2018"},
    }
    keys["observations"] = [{"period": "2017", "value": "1"}]
    assert figures("2018-03", "2020", **keys) == [("figure", ["2018"], False)]


# ---- actions


def updates(
    as_of: str, until: str | None = None, **keys: Any
) -> list[tuple[str, str | None, bool]]:
    """What is owed of one action, in a plan that is reviewed each year from April 2016."""
    review = keys.pop("review", "yearly")
    cover = {"from": "2016-04", "to": "2020-03", **({"review": review} if review else {})}
    return told(owed(plan(actions=(action(**keys),), **cover), as_of, until))


def graded(when: str, grade: str = "On-Track") -> dict[str, str]:
    """An update."""
    return {"date": when, "grade": grade}


def test_an_update_is_owed_by_the_due_date() -> None:
    """Until the date it is due; after it, it is overdue, unless somebody said how it went."""
    assert updates("2016-12", due="2016-12", review="") == [("update", "2016-12-31", False)]
    assert updates("2017-01", due="2016-12", review="") == [("update", "2016-12-31", True)]
    after = [graded("2017-01", "Slipped")]
    assert updates("2017-01", due="2016-12", review="", updates=after) == []
    done = [graded("2016-06", "Fully Achieved")]
    assert updates("2017-01", due="2016-12", review="", updates=done) == []


def test_an_update_is_owed_for_each_review() -> None:
    """No word since the last review: one is due by the next, and late once that is over."""
    assert updates("2016-12-30", due="2019-03") == []
    assert updates("2017-01", due="2019-03") == [("update", "2017-03-31", False)]
    assert updates("2017-04", due="2019-03") == [("update", "2017-03-31", True)]
    told_then = [graded("2017-03")]
    assert updates("2017-04", due="2019-03", updates=told_then) == []
    assert updates("2018-04", due="2019-03", updates=told_then) == [("update", "2018-03-31", True)]
    assert updates("2018-04", due="2019-03", review="") == []


@pytest.mark.parametrize(
    ("review", "first"), [("yearly", "03-31"), ("six-monthly", "09-30"), ("quarterly", "06-30")]
)
def test_reviews_are_counted_from_the_plans_start(review: str, first: str) -> None:
    """The first review ends a year, half a year or a quarter after the plan began."""
    year = "2017" if review == "yearly" else "2016"
    found = updates("2016-04", "2018", due="ongoing", since="2016-04", review=review)
    assert found == [("update", f"{year}-{first}", False)]


def test_one_action_owes_one_update() -> None:
    """The update for its own date serves for the review as well: the earlier date counts."""
    assert updates("2017-04", due="2016-12") == [("update", "2016-12-31", True)]
    assert updates("2017-04", due="2017-06") == [("update", "2017-03-31", True)]


def test_what_is_done_or_has_ended_owes_nothing() -> None:
    """A fully achieved action is never asked about again, nor one that was withdrawn."""
    done = [graded("2016-06", "Fully Achieved")]
    assert updates("2019", due="ongoing", since="2016-04", updates=done) == []
    gone = {"date": "2016-05", "why": "withdrawn"}
    assert updates("2019", due="to-be-confirmed", ended=gone) == []


def test_an_action_that_has_not_begun_owes_no_review() -> None:
    """One of next year's plan is asked about at the end of next year."""
    assert updates("2017-12", "2018-04", due="2019-03", years=["2018/19"]) == []
    found = updates("2018-12", "2019-04", due="2019-03", years=["2018/19"])
    assert found == [("update", "2019-03-31", False)]


def test_an_undated_action_owes_a_date() -> None:
    """It has no date itself, so it comes last."""
    found = updates("2017-06", due="to-be-confirmed")
    assert found == [("update", "2017-03-31", True), ("date", None, False)]


def test_reviews_of_a_plan_that_does_not_say_when_it_began() -> None:
    """They go by the plan's years, and nobody is late for one before the present year."""
    quiet = plan(actions=(action(due="ongoing", since="2010"),), review="yearly")
    assert told(owed(quiet, "2018-06", "2020")) == [("update", "2019-03-31", False)]
    once = plan(actions=(action(due="2030", updates=[graded("2016-06")]),), review="yearly")
    assert told(owed(once, "2018-06")) == [("update", "2017-03-31", True)]


# ---- governance and answers


def test_a_review_is_owed_by_its_body() -> None:
    """A responsibility with a next date is due then, and overdue after."""
    told_to = {"body": "board", "role": "reviews", "does": "Looks at it", "next": "2018-10"}
    own = TypeAdapter(Governance).validate_python(told_to)
    whole = Plan(plan().cover, governance=(own,))
    assert owed(whole, "2018-10")[0].services == ("board",)
    assert told(owed(whole, "2018-10")) == [("review", "2018-10-31", False)]
    assert told(owed(whole, "2018-11")) == [("review", "2018-10-31", True)]


def test_an_answer_is_owed_by_those_it_is_addressed_to() -> None:
    """A recommendation whose answer is awaited; one that is answered is owed nothing."""
    keys: dict[str, Any] = {
        "id": "r",
        "title": "R",
        "to": ["board"],
        "response": {"answer": "awaited"},
    }
    one = TypeAdapter(Priority).validate_python(keys)
    other = TypeAdapter(Priority).validate_python({**keys, "response": {"answer": "accepted"}})
    found = owed(Plan(plan().cover, priorities=(one, other)), "2018")
    assert [(item.kind, item.services) for item in found] == [(OwedKind.ANSWER, ("board",))]


# ---- laws


PERIODS = st.sampled_from(
    ["1900", "1999/00", "AY2016/17", "2016-Q3", "2016-04", "2016-02-29", "2018-05-17", "2199",
     "2199-12-31", "2198/99"]
)  # fmt: skip


@given(
    last=st.none() | PERIODS,
    start=st.none() | PERIODS,
    end=st.none() | PERIODS,
    as_of=PERIODS,
    frequency=st.sampled_from([None, "monthly", "quarterly", "six-monthly", "two-yearly"]),
    review=st.sampled_from([None, "yearly", "quarterly"]),
)
def test_nothing_fails_at_the_ends_of_time(
    last: str | None,
    start: str | None,
    end: str | None,
    as_of: str,
    frequency: str | None,
    review: str | None,
) -> None:
    """Whatever the dates, the list is in order, and overdue is what ended before the moment."""
    seen = [{"period": last, "value": "1"}] if last else []
    own = indicator(
        target={"kind": "none"},
        observations=seen,
        **({"frequency": frequency} if frequency else {}),
    )
    cover: dict[str, Any] = {"from": start, "to": end, "review": review}
    given_keys = {key: value for key, value in cover.items() if value}
    whole = plan(own, actions=(action(due="to-be-confirmed"),), **given_keys)
    now = period(as_of)
    found = due(whole, now)
    ends = [item.due.end for item in found if item.due]
    assert ends == sorted(ends)
    assert all(item.overdue == (item.due.end < now.end) for item in found if item.due)
    assert all(when.end <= now.end for item in found if item.overdue for when in item.periods)


@pytest.mark.parametrize("home", EXAMPLES, ids=lambda home: home.name)
@pytest.mark.parametrize("as_of", ["2015", "2017-06", "2019-12-31", "2022/23"])
def test_services_are_the_plans_own(home: Path, as_of: str) -> None:
    """On the real plan and the examples, whatever is owed is owed by services that they name."""
    whole = load(Workspace(home)).plan
    assert whole
    for item in owed(whole, as_of):
        assert set(item.services) <= set(whole.service)


# ---- the command


@pytest.mark.parametrize(
    ("form", "name"), [("table", "due.txt"), ("json", "due.json"), ("csv", "due.csv")]
)
def test_due_of_the_fixed_plan(form: str, name: str, diplan: Diplan, golden: Golden) -> None:
    """What the made-up plan was owed in June 2017."""
    said = diplan("due", "--as-of", "2017-06", "--format", form, cwd=PLAN)
    assert (said.code, said.err) == (0, "")
    golden(GOLDEN / name, said.out.replace("\r\n", "\n"))


def test_a_letter_to_a_service(diplan: Diplan, golden: Golden) -> None:
    """One letter with a subject, to the service that was asked about alone."""
    call = ("due", "--as-of", "2016-12", "--before", "2017-07", "--lead", "web-team")
    said = diplan(*call, "--format", "email", cwd=PLAN)
    assert said.out.count("Subject: ") == 1
    assert all(
        len(line) <= 72
        for line in said.out.splitlines()
        if not re.match(r"Subject:| *diplan ", line)
    )
    golden(GOLDEN / "due-letter.txt", said.out)


def test_a_letter_to_everybody(diplan: Diplan) -> None:
    """Without --lead there is one letter for each service that owes something, and no other."""
    made = json.loads(diplan("due", "--as-of", "2017-06", "--format", "json").out)
    services = {name for item in made["items"] for name in item["from"]}
    said = diplan("due", "--as-of", "2017-06", "--format", "email")
    assert said.out.count("Subject: ") == len(services)
    assert "@" not in said.out


def test_what_nobody_is_named_for_has_a_letter_too(diplan: Diplan, workspace: Any) -> None:
    """An indicator without a lead is written about to whoever keeps the plan."""
    text = (ROOT / "tests/errors/base/data/indicators.yaml").read_text(encoding="utf-8")
    home = workspace(indicators=text.replace("    lead: [libraries]\n", ""))
    said = diplan("due", "--as-of", "2020-03", "--format", "email", cwd=home)
    assert "To whoever keeps the plan\n" in said.out


def test_a_part_says_that_it_is_one(diplan: Diplan) -> None:
    """Of how many things a service's are."""
    said = diplan("due", "--as-of", "2017-06", "--lead", "markets")
    assert "\n1 of 46 things shown.\n" in said.out
    assert "\n1 of 1 is late (1 update).\n" in said.out


def test_an_unknown_service_gets_a_suggestion(diplan: Diplan) -> None:
    """As with every other command."""
    said = diplan("due", "--lead", "librarys")
    assert (said.code, said.out) == (2, "")
    assert 'did you mean "libraries"?' in said.err


def test_a_plan_that_is_over_says_so(diplan: Diplan) -> None:
    """And says how to see what was owed at its end."""
    said = diplan("due", "--as-of", "2021")
    assert "The plan ended in March 2020, so nothing is due.\n" in said.out
    assert "--as-of 2020-03" in said.out


def test_the_same_files_give_the_same_bytes(diplan: Diplan) -> None:
    """No clock and no chance has a part in a calendar."""
    call = ("due", "--as-of", "2017-06", "--format", "ics")
    assert diplan(*call).out == diplan(*call).out


@pytest.mark.parametrize(
    "fence",
    [one for one in fences(ROOT / "docs" / "due.md") if one.text.startswith("$ diplan ")],
    ids=lambda one: f"line-{one.line}",
)
def test_the_page_shows_what_is_printed(fence: Fence, diplan: Diplan) -> None:
    """Each command of the page on what is due prints what stands under it."""
    command, _, output = fence.text[2:].partition("\n")
    words = shlex.split(command)[1:]
    said = diplan(*words, *(() if "--format" in words else ("--format", "table")))
    assert shortened(output, said.out), said.out


# ---- calendars


def events_of(text: str) -> list[Any]:
    """The events that another program reads."""
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors
    events = calendar.walk("VEVENT")
    assert all(not event.errors for event in events)
    return list(events)


def test_a_calendar_is_read_by_others(diplan: Diplan) -> None:
    """Each thing with a date is a whole day; those without one are counted."""
    said = diplan("due", "--as-of", "2017-06", "--format", "ics")
    made = json.loads(diplan("due", "--as-of", "2017-06", "--format", "json").out)
    dated = [item for item in made["items"] if item["due"]]
    found = events_of(said.out)
    assert [event["DTSTART"].dt.isoformat() for event in found] == [one["due"] for one in dated]
    assert len({str(event["UID"]) for event in found}) == len(found)
    assert "3 of 46 have no date" in said.err


def test_an_event_is_the_same_at_another_time(diplan: Diplan) -> None:
    """A service's own calendar has the events of the whole one, months later as well."""
    uids = [
        {str(event["UID"]) for event in events_of(diplan("due", *more, "--format", "ics").out)}
        for more in (
            ("--as-of", "2017-06"),
            ("--as-of", "2017-06", "--lead", "libraries"),
            ("--as-of", "2017-05", "--lead", "libraries"),
        )
    ]
    assert uids[2] == uids[1] < uids[0]


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from('\n;,\\:"'))


@given(summary=TEXTS, description=TEXTS, name=TEXTS)
def test_any_text_comes_back_from_a_calendar(summary: str, description: str, name: str) -> None:
    """Escaped, folded at 75 octets and never inside a character, with CRLF at every end."""
    event = Event("figure-x-2018@plan.diplan", date(2018, 12, 31), summary, description)
    made = ics([event], name, date(2018, 1, 1))
    lines = made.encode().split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line and line.decode() for line in lines)
    (found,) = events_of(made)
    assert str(found["SUMMARY"]) == summary
    assert str(found["DESCRIPTION"]) == description
    assert found["DTSTAMP"].dt.date() == date(2018, 1, 1)
    assert found["DTEND"].dt == date(2019, 1, 1)


def test_an_empty_calendar(diplan: Diplan) -> None:
    """Nothing owed is said beside a calendar without events."""
    said = diplan("due", "--as-of", "2021", "--format", "ics")
    assert said.err == "nothing is due\n"
    assert events_of(said.out) == []
