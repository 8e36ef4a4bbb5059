"""Repairs and layout: what needs no decision is mended, and nothing else is touched."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Diplan
from diplan.files.edit import writing
from diplan.files.fix.repairing import Fixed, fixed
from diplan.files.fix.structure import readable
from diplan.files.format.layout import formatted, laid_out
from diplan.files.load import load
from diplan.files.workspace import Snapshot, Workspace
from diplan.files.yaml.plain import Irregular, Plain, read_yaml
from diplan.ground.period import period
from diplan.plan.fields.slots import slots, strangers
from fenced import fences

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "errors" / "base" / "data"
HOMES = [
    ROOT,
    *sorted((ROOT / "examples").iterdir()),
    ROOT / "templates" / "starter-data" / "example",
]
FILES = {f"data/{path.name}": path.read_bytes() for path in sorted(BASE.iterdir())}
TEXTS = {Path(name).stem: content.decode() for name, content in FILES.items()}
AS_OF = period("2018")

Make = Callable[..., Path]


def mend(**texts: str | bytes) -> Fixed:
    """The tests' base with some files replaced, mended in memory."""
    files = dict(FILES)
    for stem, text in texts.items():
        name = f"data/{stem}.{'csv' if stem == 'venues' else 'yaml'}"
        files[name] = text.encode() if isinstance(text, str) else text
    return fixed(Snapshot(ROOT, files, ""), None, AS_OF)


def text_of(done: Fixed, stem: str) -> str:
    """A file once it is mended."""
    return next(one.new for one in done.files if Path(one.path).stem == stem).decode()


def said(done: Fixed) -> list[str]:
    """Every repair with its line, in the order of the files."""
    return [f"{repair.line}: {repair.what}" for one in done.files for repair in one.repairs]


def left(done: Fixed) -> list[str]:
    """What was left, with its line."""
    return [f"{one.line}: {one.what}" for file in done.files for one in file.left]


def figure(written: str, unit: str = "residents") -> str:
    """The indicators of the base with another baseline in the first of them."""
    text = TEXTS["indicators"].replace("{period: 2016, value: 1000, source: survey}", written, 1)
    return text.replace("unit: residents", f"unit: {unit}")


# ---- values


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("{value: 1,300, source: survey}", "{value: 1300, source: survey}"),
        ("{value: 1,300,000}", "{value: 1300000}"),
        ('{value: "1,300"}', "{value: 1300}"),
        ("{value: '1 300.5'}", "{value: 1300.5}"),
        ("{value: £1300}", "{value: 1300}"),
        ("{value: −5}", "{value: -5}"),
        ("{low: “850”, high: 950}", "{low: 850, high: 950}"),
        ("{value: c. 4500}", "{value: 4500, approximate: true}"),
        ("{value: about 4500, approximate: true}", "{value: 4500, approximate: true}"),
        ("{value: TBC}", "{missing: to-be-confirmed}"),
        ("{missing: TBC}", "{missing: to-be-confirmed}"),
        ("{missing: Not Collected}", "{missing: not-collected}"),
        ("TBC", "{missing: to-be-confirmed}"),
        ("{period: 31/03/2018, value: 1}", "{period: 2018-03-31, value: 1}"),
        ("{period: 2017-18, value: 1}", "{period: 2017/18, value: 1}"),
        ("{period: FY 2017/18, value: 1}", "{period: 2017/18, value: 1}"),
        ("{period: May 2018, value: 1}", "{period: 2018-05, value: 1}"),
        ("{period: '2018\u00a0', value: 1}", "{period: 2018, value: 1}"),
        ("{period: Q1 2018/19, value: 1}", "{period: 2018/19-Q1, value: 1}"),
        ("{period: 2017 to 2019, value: 1}", "{period: 2017..2019, value: 1}"),
        ("{value: 1, approximate: yes}", "{value: 1, approximate: true}"),
        ("{value: 1, approximate: False}", "{value: 1, approximate: false}"),
        ("{value: 1, source: ‘survey’}", "{value: 1, source: survey}"),
    ],
)  # fmt: skip
def test_a_value_is_mended(written: str, mended: str) -> None:
    """What a person writes becomes what the data has, and nothing else in the file changes."""
    done = mend(indicators=figure(written))
    assert text_of(done, "indicators") == figure(mended)
    assert len(said(done)) == 1
    assert said(done)[0].startswith("8: ")


@pytest.mark.parametrize(
    "written",
    [
        "{value: over 70}",
        "{value: 850 to 950}",
        "{value: none}",
        "{value: lots}",
        "{value: 85%}",
        "{value: 007}",
        "{value: c. 4500, approximate: false}",
        "{value: TBC, low: 5}",
        "{low: TBC}",
        "{period: 03/04, value: 1}",
        "{period: 12/31/2018, value: 1}",
        "{period: Q5 2018, value: 1}",
        "{period: Spring 2018, value: 1}",
        "{value: 1, 300: x}",
        "{value: 1, note: “as it was printed”}",
        "{value: 1, note: 31/03/2018}",
        "{period: 2011-12, value: 1}",
        "{value: 1.300}",
    ],
)
def test_what_needs_a_decision_is_left(written: str) -> None:
    """A share of a number of people, an open end, an American date, and every text."""
    done = mend(indicators=figure(written))
    assert text_of(done, "indicators") == figure(written)
    assert said(done) == []


def test_signs_go_where_the_unit_has_them() -> None:
    """Per cent signs go where the unit is per cent, and pounds where it is not."""
    shares = figure("{value: 85%}", "per cent"), figure("{value: 85}", "per cent")
    assert text_of(mend(indicators=shares[0]), "indicators") == shares[1]
    pounds = figure("{value: £85}", "per cent")
    assert text_of(mend(indicators=pounds), "indicators") == pounds


def test_a_figure_over_several_lines_keeps_its_comments() -> None:
    """A new key goes below its own, behind the comment that stands there."""
    before = (
        '\n      period: 2016/2017  # as printed\n      "value" : c. 1,000  # table 3\n    # end'
    )
    after = (
        '\n      period: 2016/17  # as printed\n      "value" : 1000  # table 3\n'
        "      approximate: true\n    # end"
    )
    done = mend(indicators=figure(before))
    assert text_of(done, "indicators") == figure(after).replace("baseline: \n", "baseline:\n")


def test_dates_of_actions_and_lists_of_years() -> None:
    """A due date may be to be confirmed; the years of a list are mended one by one."""
    text = TEXTS["actions"].replace("due: 2019-03", "due: TBC")
    text = text.replace("[2017/18, 2018/19]", "[2017-18, 2018/2019]").replace(
        "On-Track", "on track"
    )
    done = mend(actions=text)
    made = text_of(done, "actions")
    assert "due: to-be-confirmed\n    years: [2017/18, 2018/19]" in made
    assert "grade: on track" in made


def test_keys_of_actions_milestones_and_rules() -> None:
    """Flags, periods, money, codes and meanings are mended; what is not clear is left."""
    actions = TEXTS["actions"].replace(
        "    due: 2019-03\n",
        "    due: Q4 2018/19\n    continues: yes\n    start: April 2017\n"
        '    budget: {planned: "£25,000", currency: gbp}\n',
    )
    plan = TEXTS["plan"].replace(
        "  years: financial\n",
        "  years: financial\n  rag: {amber: 10%, of: Path, amber_if_improved: 'no'}\n"
        "  scale: [Fully Achieved, On-Track, Slipped, {grade: Held, means: Paused},"
        " {grade: Odd, means: odd}]\n",
    )
    indicators = TEXTS["indicators"].replace(
        "    observations:\n",
        '    milestones: [{period: "April to June 2018", value: "1,000"}]\n    observations:\n', 1
    )  # fmt: skip
    done = mend(actions=actions, plan=plan, indicators=indicators)

    assert (
        "    due: 2018/19-Q4\n    continues: true\n    start: 2017-04\n"
        "    budget: {planned: 25000, currency: GBP}\n"
    ) in text_of(done, "actions")
    assert "rag: {amber: 10, of: path, amber_if_improved: false}" in text_of(done, "plan")
    assert "{grade: Held, means: paused}, {grade: Odd, means: odd}]" in text_of(done, "plan")
    assert "[{period: 2018/19-Q1, value: 1000}]" in text_of(done, "indicators")


def test_months_are_parts_of_the_years_of_the_plan() -> None:
    """Three months by their names are a quarter as the plan's cover sheet counts its years."""
    done = mend(
        plan=TEXTS["plan"].replace("years: financial", "years: calendar"),
        indicators=figure("{period: April to June 2018, value: 1}"),
    )
    assert "period: 2018-Q2" in text_of(done, "indicators")


def test_a_repair_that_would_be_an_error_is_dropped() -> None:
    """166% of the adults is a number, and cannot be: the file stays as it is, and says why."""
    text = TEXTS["indicators"].replace("value: 66.5", "value: 166.5%")
    done = mend(indicators=text)
    assert text_of(done, "indicators") == text
    assert said(done) == []
    assert left(done) == ["22: value: 166.5% -> value: 166.5"]
    hints = [one.hint for file in done.files for one in file.left]
    assert hints == ["that would be an error: 166.5 per cent is not between 0 and 100"]


def test_errors_that_only_show_now_hold_nothing_up() -> None:
    """A service that is not there is seen once the date can be read; it was there before."""
    text = TEXTS["actions"].replace("due: 2019-03", "due: March 2019")
    done = mend(actions=text.replace("lead: [libraries]", "lead: [librarys]"))
    assert said(done) == ["7: due: March 2019 -> due: 2019-03"]
    assert (done.before, done.after) == (1, 1)


def test_the_table_of_places() -> None:
    """Cells as Excel writes them: counts, answers, days; a comma in a name stays in quotes."""
    before = (
        "id,name,type,public_computers,wifi,as_at,notes\r\n"
        'central,"Central, Library",library,"1,200",Yes,01/04/2018,"one\r\ntwo"\r\n'
        "other,Other,library,n/a,TRUE,2018-19,\r\n"
    )
    after = (
        "id,name,type,public_computers,wifi,as_at,notes\n"
        'central,"Central, Library",library,1200,yes,2018-04-01,"one\ntwo"\n'
        "other,Other,library,n/a,yes,2018/19,\n"
    )
    assert text_of(mend(venues=before), "venues") == after


# ---- texts


def test_files_from_a_windows_editor() -> None:
    """A byte order mark, CRLF and no end of the last line: the same plan in plain form."""
    for stem in ("plan", "indicators", "actions"):
        dirty = "\ufeff" + TEXTS[stem].replace("\n", "\r\n").rstrip()
        done = mend(**{stem: dirty})
        assert text_of(done, stem) == TEXTS[stem]
        assert [line.partition(": ")[2].partition(" ")[0] for line in said(done)] == [
            "byte", str(TEXTS[stem].count("\n") - 1), "the",
        ]  # fmt: skip


def test_files_of_an_older_windows_program() -> None:
    """Bytes of cp1252 are re-encoded, line by line; UTF-8 is never taken for them."""
    text = TEXTS["plan"].replace("made-up survey", "made–up survey’s £")
    done = mend(plan=text.encode("cp1252"))
    assert text_of(done, "plan") == text
    assert said(done) == ["23: read as cp1252, written as UTF-8: –’£"]
    mixed = text.encode("cp1252") + "# café\n".encode()
    assert text_of(mend(plan=mixed), "plan") == f"{text}# café\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXTS["plan"].encode("utf-16"),
        TEXTS["plan"].encode() + b"# \x81\n",
        TEXTS["plan"].encode() + "# café".encode() + b" \x96\n",
    ],
)
def test_bytes_that_nobody_can_be_sure_of_are_left(content: bytes) -> None:
    """UTF-16, bytes of no encoding, and two encodings on one line."""
    done = mend(plan=content)
    assert done.files[0].new == content
    assert len(left(done)) == 1


def test_blanks_at_the_ends_of_lines() -> None:
    """They go, but for those inside a block text, where they may be part of it."""
    text = TEXTS["indicators"].replace("    unit: residents\n", "    unit: residents  \n")
    block = "    note: |\n      one  \n      two\n    unit: residents"
    done = mend(indicators=text.replace("    unit: residents", block))
    expected = TEXTS["indicators"].replace("    unit: residents", block)
    assert text_of(done, "indicators") == expected
    assert said(done) == ["8: blanks at the end of 1 line taken off"]


def test_tabs_that_can_be_read_in_one_way() -> None:
    """Where one width alone fits what is around, tabs become blanks."""
    for old, new in (("    title", "\ttitle"), ("      - {", "\t  - {"), ("    ", "\t")):
        dirty = TEXTS["actions"].replace(old, new)
        assert text_of(mend(actions=dirty), "actions") == TEXTS["actions"], new


def test_a_tab_below_a_key_is_read_as_the_plan_needs_it() -> None:
    """`period` is no key of an indicator, so that it can only belong to the baseline above it."""
    dirty = figure("\n\t  period: 2016\n\t  value: 1000")
    clean = figure("\n      period: 2016\n      value: 1000")
    made = text_of(mend(indicators=dirty), "indicators")
    assert read_yaml(made) == read_yaml(clean)


def test_tabs_that_can_be_read_in_two_ways_are_left() -> None:
    """A note of the target, or of the indicator: nobody but the author knows."""
    dirty = TEXTS["indicators"].replace(
        "    target: {kind: halve, due: 2020}\n",
        "    target:\n      kind: halve\n      due: 2020\n\tnote: Agreed\n",
    )
    done = mend(indicators=dirty)
    assert text_of(done, "indicators") == dirty
    assert left(done) == ["12: a tab is used to indent this line"]


def test_a_tab_inside_a_block_text_is_text() -> None:
    """It is not touched, even where other tabs are."""
    dirty = TEXTS["actions"].replace(
        "    due: 2019-03\n", "\tdue: 2019-03\n    note: |\n      a\n      \tb\n"
    )
    made = text_of(mend(actions=dirty), "actions")
    assert "      \tb\n" in made
    assert "\n    due: 2019-03\n" in made


def test_hard_blanks() -> None:
    """Where YAML wants plain ones they are made plain; inside a text they stay."""
    dirty = TEXTS["actions"].replace("    title: Run ", "\u00a0\u00a0  title:\u00a0Run\u00a0")
    clean = TEXTS["actions"].replace("title: Run ", "title: Run\u00a0")
    assert text_of(mend(actions=dirty), "actions") == clean


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("“Residents: all of them”", '"Residents: all of them"'),
        ('"Residents: all of them”  # yes', '"Residents: all of them"  # yes'),
        ("‘Residents: the council’s’", '"Residents: the council’s"'),
    ],
)
def test_curly_quotes_that_were_meant_for_yaml(written: str, mended: str) -> None:
    """Where the file cannot be read because of them, they are made plain."""
    text = TEXTS["indicators"].replace("Residents who are not online", "{}", 1)
    done = mend(indicators=text.replace("{}", written, 1))
    assert text_of(done, "indicators") == text.replace("{}", mended, 1)


def test_curly_quotes_around_a_text_with_a_comma_in_brackets() -> None:
    """YAML cuts such a text at its comma: the quotes are put right, and it is one text again."""
    before = figure("{value: 1000, note: “one, and two: three”, source: survey}")
    after = figure('{value: 1000, note: "one, and two: three", source: survey}')
    assert text_of(mend(indicators=before), "indicators") == after


def test_curly_quotes_inside_a_good_text_stay() -> None:
    """A title may have quotation marks of its own."""
    text = TEXTS["indicators"].replace("Residents who are not online", "“Get online” residents")
    assert said(mend(indicators=text)) == []


def test_a_file_that_stays_broken_stays_as_it_is() -> None:
    """One thing that has to be mended by hand, and it is told; the rest is left with it."""
    text = (
        TEXTS["indicators"]
        .replace("Residents who are not online", "“Residents: all”")
        .replace("value: 720, source: survey}", "value: 720, source: survey")
    )
    done = mend(indicators=text)
    assert text_of(done, "indicators") == text
    assert left(done)[0].startswith("12: a bracket opened here is not closed")


# ---- on what is fine


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.name)
def test_there_is_nothing_to_mend_or_lay_out_in_good_files(home: Path) -> None:
    """The real plan, the examples and the starter are as they should be, byte for byte."""
    place = Workspace(home)
    done = fixed(place, None, AS_OF)
    assert said(done) == left(done) == []
    assert all(one.old == one.new for one in [*done.files, *formatted(place, None)])


def test_the_kinds_of_value_are_known() -> None:
    """In the real plan every key is one that may stand there, and each kind is found."""
    kinds = set()
    for home in HOMES:
        for name in ("plan", "indicators", "actions"):
            whole: Any = read_yaml((home / "data" / f"{name}.yaml").read_text(encoding="utf-8"))
            for section, inner in whole.items():
                for entity in inner if isinstance(inner, list) else [inner]:
                    assert strangers(section, entity) == 0
                    kinds |= {slot.kind for slot in slots(section, entity)}
    assert kinds == {"number", "period", "flag", "id", "word", "text", "code"}


# ---- laws of repairs

DIRT = {
    "indicators": [
        ("value: 1000", "value: 1,000"),
        ("value: 900", 'value: "900 "'),
        ("value: 720", "value: £720"),
        ("value: 66.5", "value: 66.5%"),
        ("frequency: yearly", "frequency: “Yearly”"),
        ("period: 2017", "period: “2017”"),
        ("    title: Adults", "\u00a0\u00a0\u00a0\u00a0title:\u00a0Adults"),
        ("    unit: residents", "\tunit: residents"),
    ],
    "actions": [
        ("due: 2019-03", "due: March 2019"),
        ("date: 2018-03,", "date: 2018-3,"),
        ("2018/19]", "2018-19]"),
        ("    lead: [adult", "\tlead: [adult"),
    ],
    "plan": [("from: 2016-04", "from: April 2016"), ("published: 2018", "published: ‘2018’")],
}  # fmt: skip


@st.composite
def dirty_files(draw: st.DrawFn) -> dict[str, bytes]:
    """The base with any of many things wrong with it, all of which can be mended."""
    files = {}
    for stem, pairs in DIRT.items():
        text = TEXTS[stem]
        for clean, dirty in draw(st.lists(st.sampled_from(pairs), unique=True)):
            assert clean in text
            text = text.replace(clean, dirty, 1)
        text = text if draw(st.booleans()) else text.rstrip("\n")
        text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
        blank = draw(st.sampled_from(["", " ", "  \t"]))
        text = re.sub(r"(?=\r\n|\n|(?<!\r)\r)" if "\r\n" not in text else r"(?=\r\n)", blank, text)
        files[stem] = (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()
    return files


@given(files=dirty_files())
def test_whatever_is_wrong_comes_out_clean(files: dict[str, bytes]) -> None:
    """Any mixture of what can be mended gives the base again, to the last byte."""
    done = mend(**files)
    assert {stem: text_of(done, stem) for stem in files} == {stem: TEXTS[stem] for stem in files}
    assert left(done) == []
    assert done.after == 0


REAL = {
    home.name: {
        path.relative_to(home).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((home / "data").glob("*.*"))
    }
    for home in HOMES
}
JUNK = st.sampled_from(
    ["\t", "\r", "\u00a0", "“", "”", "’", '"', "'", "{", "}", "[", ",", ": ", "#", "%", "\n", "|",
     "1,300", "TBC", "c. 5", "yes", "- ", "  ", "31/03/2018", "\ufeff", "&a", "<<: x", "é"]
)  # fmt: skip


@st.composite
def broken_texts(draw: st.DrawFn) -> tuple[dict[str, bytes], str]:
    """The files of a plan with junk here and there, and which of them."""
    name = draw(st.sampled_from(["example", "norwich"]))
    files = REAL[name]
    which = draw(st.sampled_from(sorted(path for path in files if path.endswith(".yaml"))))
    text = files[which]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(JUNK) + text[at + draw(st.integers(0, 2)) :]
    held = {path: content.encode() for path, content in files.items()}
    return {**held, which: text.encode()}, which


@given(made=broken_texts())
def test_no_mess_gets_worse(made: tuple[dict[str, bytes], str]) -> None:
    """Nothing fails; what could be read can be read; a second time there is nothing to do."""
    files, which = made
    done = fixed(Snapshot(ROOT, files, ""), None, AS_OF)
    new = {**files, **{one.path: one.new for one in done.files}}
    assert {path for path in files if new[path] != files[path]} <= {which}
    before, after = (load(Snapshot(ROOT, held, "")) for held in (files, new))
    assert sum(file.complete for file in after.files) >= sum(file.complete for file in before.files)
    if before.plan and after.plan:
        for section in ("indicators", "actions", "services", "sources"):
            kept = getattr(after.plan, section)
            assert all(one in kept for one in getattr(before.plan, section)), section
    again = fixed(Snapshot(ROOT, new, ""), None, AS_OF)
    assert said(again) == []


# ---- layout

ITEMS = (
    "indicators:\n"
    "  # the first of two\n"
    "  - id: one\n"
    "    observations:  # figures\n"
    "      - {period: 2018, value: 3}  # later\n"
    "      # of the survey\n"
    "      - period: 2017\n"
    "        value: 2  # earlier\n"
    "        note: >-\n"
    "          told # by hand\n"
    "  # the second\n"
    "  - id: two\n"
    "    observations: [{period: 2018, value: 3}, {period: 2017/18, value: 2}]\n"
)


def test_figures_are_put_in_order_of_time() -> None:
    """Each with the comment above it and those on its lines; a list in brackets as well."""
    new, unclear = laid_out(ITEMS)
    assert new == (
        "indicators:\n"
        "  # the first of two\n"
        "  - id: one\n"
        "    observations:  # figures\n"
        "      # of the survey\n"
        "      - period: 2017\n"
        "        value: 2  # earlier\n"
        "        note: >-\n"
        "          told # by hand\n"
        "      - {period: 2018, value: 3}  # later\n"
        "\n"
        "  # the second\n"
        "  - id: two\n"
        "    observations: [{period: 2017/18, value: 2}, {period: 2018, value: 3}]\n"
    )
    assert unclear == []


@pytest.mark.parametrize(
    "comment",
    [
        "      # on all of them, or on the first\n      - {period: 2018}\n      - {period: 2017}\n",
        "      - {period: 2018}\n        # on the one above\n      - {period: 2017}\n",
        "      - {period: 2018}\n      # a loose one\n\n      - {period: 2017}\n",
        "      - {period: 2018}\n      - {period: 2017}\n      # at the end\n",
        "      -\n        period: 2018\n      - {period: 2017}\n",
    ],
)
def test_where_a_comment_could_be_of_two_items_they_stay(comment: str) -> None:
    """The list is left as it is, and said."""
    text = f"indicators:\n  - id: one\n    observations:\n{comment}"
    new, unclear = laid_out(text)
    assert new == text
    assert [(one.line, one.what) for one in unclear] == [
        (4 + ("#" in comment[:8]), "observations are not in order of time")
    ]


def test_updates_keep_their_order_within_a_day() -> None:
    """Two of one time stay as they stand."""
    text = "actions:\n  - updates:\n      - {date: 2018, grade: b}\n      - {date: 2018-12}\n"
    assert laid_out(text) == (text, [])


def test_blank_lines() -> None:
    """One between entities, none at the beginning or the end, never two; texts keep theirs."""
    text = (
        "\n\nactions:\n  - id: one\n    note: |\n      a\n\n\n      b\n\n\n\n"
        "  - id: two\n  # third\n  - id: three\n  - {id: four}\n\n\n"
    )
    assert laid_out(text)[0] == (
        "actions:\n  - id: one\n    note: |\n      a\n\n\n      b\n\n"
        "  - id: two\n\n  # third\n  - id: three\n  - {id: four}\n"
    )


def test_a_text_that_keeps_its_last_blank_lines_keeps_them() -> None:
    """`|+` makes the blank lines at its end part of it: nothing is put there or taken away."""
    text = "actions:\n  - id: one\n    note: |+\n      a\n\n\n  - id: two\n"
    assert read_yaml(laid_out(text)[0]) == read_yaml(text)


WHEN = st.sampled_from(["2015", "2016", "2016/17", "2017-05", "2017-05-17", "AY2017/18", "2018-Q1"])


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A file of indicators or actions in any order, with comments in strange places."""
    number = iter(range(1, 100))

    def comment(indent: int) -> str:
        if not draw(st.sampled_from([True, False, False, False])):
            return ""
        return draw(st.sampled_from(["", "\n"])) + f"{' ' * indent}# c{next(number)}\n"

    section, key, date = draw(
        st.sampled_from([("indicators", "observations", "period"), ("actions", "updates", "date")])
    )
    dash = draw(st.sampled_from([4, 6]))
    lines = [comment(0), f"{section}:{draw(st.sampled_from(['', '  # c0']))}\n"]
    for at in range(draw(st.integers(1, 3))):
        lines += [comment(2), f'  - "id": e{at}\n', comment(4)]
        times = draw(st.lists(WHEN, max_size=4, unique=True))
        style = draw(st.sampled_from(["flow", "lines", "block", "mixed"]))
        if style == "flow":
            items = ", ".join(f"{{{date}: {when}, note: 'a, b'}}" for when in times)
            lines.append(f"    {key}: [{items}]  # c{next(number)}\n")
        elif times:
            lines.append(f"    {key}:\n")
            for when in times:
                lines.append(comment(dash))
                if style == "lines" or (style == "mixed" and draw(st.booleans())):
                    lines.append(f"{' ' * dash}- {{{date}: {when}}}  # c{next(number)}\n")
                else:
                    blank = " " * (dash + 2)
                    lines += [f"{' ' * dash}- {date}: '{when}'\n", comment(dash + 2)]
                    lines.append(
                        draw(
                            st.sampled_from(
                                ["", f"{blank}note: |\n{blank}  # no comment\n\n{blank}  x\n"]
                            )
                        )
                    )
        lines += [
            comment(4),
            draw(st.sampled_from(["", "\n", "\n\n\n", "    note: >-\n      one\n\n      two  \n"])),
        ]
    text = "".join(lines) + comment(2)
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def in_time(value: Any) -> Any:
    """A value with its figures and updates in order of time."""
    if isinstance(value, list):
        return [in_time(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: in_time(one) for key, one in value.items()}
    for key, date in (("observations", "period"), ("updates", "date")):
        if isinstance(made.get(key), list):
            made[key] = sorted(made[key], key=lambda one: period(one[date]).end)
    return made


@given(text=lists())
def test_layout_changes_nothing_but_layout(text: str) -> None:
    """The same values but for their order, every comment, and nothing to do a second time."""
    new, unclear = laid_out(text)
    before, after = read_yaml(text), read_yaml(new)
    assert in_time(before) == in_time(after)
    if not unclear:
        assert after == in_time(after)
    assert sorted(re.findall(r"# c\d+", text)) == sorted(re.findall(r"# c\d+", new))
    assert laid_out(new)[0] == new
    assert ("\r\n" in new) == ("\r\n" in text)


@given(made=broken_texts())
def test_layout_of_any_mess(made: tuple[dict[str, bytes], str]) -> None:
    """Nothing fails, and what can be read says the same."""
    files, _ = made
    for one in formatted(Snapshot(ROOT, files, ""), None):
        try:
            before = read_yaml(one.old.decode())
        except Irregular:
            assert one.old == one.new
            continue
        assert in_time_or_same(before) == in_time_or_same(read_yaml(one.new.decode()))


def in_time_or_same(value: Any) -> Any:
    """As `in_time`, or as it is where something in it has no time."""
    try:
        return in_time(value)
    except (KeyError, ValueError, TypeError):
        return value


# ---- the commands


def test_fix_says_each_repair_and_the_count(workspace: Make, diplan: Diplan) -> None:
    """One line a repair with its place, how many in how many files, and what is left."""
    text = figure("{period: 2016, value: 1,000}").replace("value: 66.5", "value: a lot")
    home = workspace(indicators=text)
    looked = diplan("fix", "--dry-run", cwd=home)
    assert looked.out == "data/indicators.yaml:8: value: 1,000 -> value: 1000\n"
    assert "1 thing would be mended in 1 of 4 files; 1 error left, of 2" in looked.err
    assert (home / "data/indicators.yaml").read_text(encoding="utf-8") == text
    done = diplan("fix", cwd=home)
    assert (done.code, done.out) == (0, looked.out)
    assert "1 thing mended in 1 of 4 files; 1 error left, of 2: `diplan check`" in done.err
    assert "value: 1000" in (home / "data/indicators.yaml").read_text(encoding="utf-8")
    assert diplan("fix", cwd=home).out == ""


def test_fix_of_some_files(workspace: Make, diplan: Diplan) -> None:
    """Only those that are named, by a path from anywhere."""
    home = workspace(
        indicators=figure("{value: 1,000}"), actions=TEXTS["actions"].replace("2019-03", "May 2019")
    )
    said_of = diplan("fix", str(home / "data" / "actions.yaml"), cwd=ROOT)
    assert said_of.out.count("\n") == 1
    assert "actions.yaml:7: due: May 2019 -> due: 2019-05" in said_of.out
    assert "1,000" in (home / "data/indicators.yaml").read_text(encoding="utf-8")


def test_fmt_lists_the_files_that_change(workspace: Make, diplan: Diplan) -> None:
    """--check writes nothing and fails; without it they are written, and then all is well."""
    home = workspace()
    looked = diplan("fmt", "--check", cwd=home)
    assert (looked.code, looked.out) == (1, "data/indicators.yaml\ndata/actions.yaml\n")
    assert looked.err == "2 of 3 files would be reformatted\n"
    assert (home / "data/actions.yaml").read_bytes() == FILES["data/actions.yaml"]
    assert diplan("fmt", cwd=home).err == "2 of 3 files reformatted\n"
    again = diplan("fmt", "--check", cwd=home)
    assert (again.code, again.out, again.err) == (0, "", "0 of 3 files would be reformatted\n")


def test_fmt_of_a_file_that_cannot_be_read(workspace: Make, diplan: Diplan) -> None:
    """It is left, and said; the exit code tells."""
    home = workspace(actions="actions: [\n")
    said_of = diplan("fmt", cwd=home)
    assert said_of.code == 1
    assert "data/actions.yaml:1: left: a bracket opened here is not closed" in said_of.out


def test_the_repositorys_own_data_is_laid_out(diplan: Diplan) -> None:
    """`diplan fmt --check` passes on the plan and on every example."""
    homes = [str(path) for path in HOMES]
    said_of = diplan("fmt", "--check", *homes)
    assert (said_of.code, said_of.out) == (0, "")


def test_who_writes_at_the_same_time_waits(workspace: Make) -> None:
    """A repair does not begin while somebody else holds the plan."""
    home = workspace(indicators=figure("{value: 1,000}"))
    command = [sys.executable, "-m", "diplan", "fix"]
    with writing(Workspace(home)):
        waiting = subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, env=os.environ.copy())
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=2)
        assert "1,000" in (home / "data/indicators.yaml").read_text(encoding="utf-8")
    out, _ = waiting.communicate(timeout=60)
    assert out.count(b"\n") == 1
    assert "1,000" not in (home / "data/indicators.yaml").read_text(encoding="utf-8")


def test_a_readable_text_is_not_touched() -> None:
    """Tabs, hard blanks and curly quotes in a text that can be read are no matter of structure."""
    text = "a: “b”\nc: |\n  x\n  \td\u00a0\n"
    assert readable(text) == (text, [], [])


def test_the_page_on_tidy_files_is_true(workspace: Make, diplan: Diplan) -> None:
    """Its file is mended as it says, with the lines that it shows."""
    shown = {one.info: one.text for one in fences(ROOT / "docs" / "fix.md") if one.info != "text"}
    (text,) = (one.text for one in fences(ROOT / "docs" / "fix.md") if one.info == "text")
    command, _, output = text.partition("\n")
    assert command == "$ diplan fix --dry-run"
    home = workspace(indicators=shown["yaml data/indicators.yaml"])
    looked = diplan("fix", "--dry-run", cwd=home)
    assert looked.out + looked.err == output
    assert diplan("fix", cwd=home).code == 0
    assert (home / "data/indicators.yaml").read_text(encoding="utf-8") == shown["yaml fixed"]


def test_lists_are_put_in_order_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """How often a text is read again does not depend on how many lists are out of order."""
    from diplan.files.format import ordering
    from diplan.files.yaml import yamlfile

    reads: list[str] = []

    def counted(text: str) -> Plain:
        reads.append(text)
        return read_yaml(text)

    monkeypatch.setattr(yamlfile, "read_yaml", counted)
    item = "  - id: i\n    observations:\n      - {period: 2018}\n      - {period: 2017}\n"
    counts = []
    for many in (1, 30):
        reads.clear()
        new, unclear = ordering.in_order("indicators:\n" + item * many)
        assert not unclear
        assert new.count("2017}\n      - {period: 2018}") == many
        counts.append(len(reads))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators_become_commas(sign: str) -> None:
    """A table of places that a spreadsheet saved in another country is read again."""
    before = f"id{sign}name{sign}type\nhub{sign}Made-up hub, upstairs{sign}library\n"
    done = mend(venues=before)
    assert text_of(done, "venues") == 'id,name,type\nhub,"Made-up hub, upstairs",library\n'
    assert done.after == 0
