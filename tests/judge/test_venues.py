"""Places to get online: what is listed, added up and left out, and that nothing is made up."""

import json
import os
import re
import shlex
from pathlib import Path
from typing import Any

import geojson
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT202012

import places
from conftest import ROOT, Clock, Diplan, Golden
from diplan.exchange.hsds import NAMESPACE
from fenced import fences, shortened

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    return places.plan_with_places(tmp_path)


def names(diplan: Diplan, home: Path, *options: str) -> list[str]:
    """The ids that are listed with these options."""
    return [one["id"] for one in told(diplan, home, *options)["venues"]]


def told(diplan: Diplan, home: Path, *options: str) -> dict[str, Any]:
    """What the command tells programs."""
    found: dict[str, Any] = json.loads(diplan("venues", *options, "-f", "json", cwd=home).out)
    return found


def schema(name: str) -> Draft202012Validator:
    """A schema of the tests, by which formats are held too."""
    text = (ROOT / "tests" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(
        json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "json", "csv"])
@pytest.mark.parametrize(
    ("name", "options"),
    [("all", ()), ("near", ("--near", "madeup-library", "--wifi", "--open-on", "Tu"))],
)
def test_report(
    name: str, options: tuple[str, ...], form: str, home: Path, diplan: Diplan, golden: Golden
) -> None:
    """The report as it is known, in every format."""
    said = diplan("venues", *options, "--format", form, cwd=home)
    ending = {"table": ".txt", "plain": ".plain.txt", "markdown": ".md"}.get(form, f".{form}")

    assert (said.code, said.err) == (0, "")
    golden(GOLDEN / f"venues-{name}{ending}", said.out.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "fence",
    [one for one in fences(places.PAGE) if one.info == "console"],
    ids=lambda fence: fence.text.partition("\n")[0],
)
def test_the_page_is_true(fence: Any, home: Path, diplan: Diplan) -> None:
    """What the page shows is what is printed."""
    command, _, output = fence.text.removeprefix("$ ").partition("\n")
    words = shlex.split(command)[1:]
    form = () if "--format" in words else ("--format", "table")
    said = diplan(*words, *form, cwd=home)

    assert shortened(output.rstrip("\n") + "\n", said.out + said.err), said.out + said.err


def test_the_places_of_the_page_are_in_order(home: Path, diplan: Diplan) -> None:
    """The page's file has no problem."""
    assert diplan("check", "--as-of", "2026-11-25", cwd=home).code == 0


@pytest.mark.parametrize(
    ("options", "listed"),
    [
        ("--type library", ["madeup-library"]),
        ("--wifi", ["madeup-library", "pretend-hall", "other-libraries"]),
        ("--computers 12", ["madeup-library", "invented-hub", "other-libraries"]),
        ("--staff-support", ["madeup-library", "invented-hub", "other-libraries"]),
        ("--booking", ["pretend-hall"]),
        ("--no-booking", ["madeup-library"]),
        ("--status planned", ["invented-hub"]),
        ("--open-on Sa", ["madeup-library"]),
        ("--open-on Sunday", []),
        ("--open-on 'Tu 12:30'", ["madeup-library"]),
        ("--open-on '2026-11-26 14:59'", ["madeup-library", "pretend-hall"]),
        ("--near 53.04,-2.12", ["pretend-hall", "madeup-library", "invented-hub"]),
        ("--near zz23zz --wifi", ["pretend-hall", "madeup-library"]),
    ],
)
def test_wishes(options: str, listed: list[str], home: Path, diplan: Diplan) -> None:
    """A wish lists the places that are known to fulfil it, and no other."""
    assert names(diplan, home, *shlex.split(options)) == listed


def test_what_nobody_knows_is_told_apart(home: Path, diplan: Diplan) -> None:
    """A place of which nobody knows is neither listed nor dropped."""
    found = told(diplan, home, "--booking")
    unsure = [one["id"] for one in found["unsure"]]

    assert unsure == ["fictional-cafe", "invented-hub", "other-libraries"]
    assert found["unsure"][0]["not_known"] == ["booking"]
    assert found["summary"] == {"shown": 1, "of": 5}


def test_open_now_is_by_the_clock(home: Path, diplan: Diplan, clock: Clock) -> None:
    """On a Saturday at noon the library is open, and at two it is not."""
    for hour, listed in ((12, ["madeup-library"]), (14, [])):
        clock(f"2026-11-28 {hour}:00")
        assert names(diplan, home, "--open-now") == listed


def test_totals_say_of_how_many(home: Path, diplan: Diplan) -> None:
    """Networks, places and what is planned are never one number."""
    totals = told(diplan, home)["totals"]

    assert [(one["status"], one["network"], one["public_computers"]) for one in totals] == [
        ("open", False, {"total": 17, "known": 2, "of": 3}),
        ("open", True, {"total": 40, "known": 1, "of": 1}),
        ("planned", False, {"total": 20, "known": 1, "of": 1}),
    ]
    assert totals[0]["suite_computers"] == {"total": None, "known": 0, "of": 3}


def test_the_real_plan_has_nothing_made_up(diplan: Diplan) -> None:
    """No coordinates and no hours are known of the two real rows, so there are none."""
    for one in told(diplan, ROOT)["venues"]:
        assert [one["latitude"], one["longitude"], one["opening_hours"]] == [None] * 3
    said = diplan("venues", "--format", "geojson")
    assert json.loads(said.out)["features"] == []
    assert said.err == "2 of 2 have no coordinates, so they are left out\n"


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        ("--type libary", 'no type of place is called "libary"', 'did you mean "library"?'),
        ("--open-on someday", '--open-on: "someday" is not a day, or a day and a time',
         "write it like Sa, 2026-11-25 or 'Sa 10:30'"),
        ("--open-on 'Sa 25:00'", '--open-on: "Sa 25:00" is not a day, or a day and a time',
         "write it like Sa, 2026-11-25 or 'Sa 10:30'"),
        ("--open-on 2026-11", '--open-on: "2026-11" is not a day, or a day and a time',
         "write it like Sa, 2026-11-25 or 'Sa 10:30'"),
        ("--near pretend-hal", ('--near: no place of the plan has the id or the postcode'
         ' "pretend-hal"'), 'did you mean "pretend-hall"?'),
        ("--near -2.1,53", '--near: "-2.1,53" is not in the United Kingdom',
         "write degrees north, then degrees east: 53.0027,-2.1794"),
        ("--near ''", '--near: no place of the plan has the id or the postcode ""',
         "nothing is looked up on the network: give LAT,LON, such as 53.0027,-2.1794"),
        ("--open-on ''", '--open-on: "" is not a day, or a day and a time',
         "write it like Sa, 2026-11-25 or 'Sa 10:30'"),
        ("--near fictional-cafe", '--near: nobody has said where "Fictional Café" is',
         "fill in its latitude and longitude, or give LAT,LON"),
        ("--open-now --open-on Sa", "--open-now and --open-on say the same thing twice",
         "give one of them"),
    ],
)  # fmt: skip
def test_refused(options: str, message: str, hint: str, home: Path, diplan: Diplan) -> None:
    """A wish that cannot be understood is refused, with what to write."""
    said = diplan("venues", *shlex.split(options), cwd=home)

    assert (said.code, said.out) == (2, "")
    assert said.err == f"diplan: {message}\n  = {hint}\n"


# ---- for programs


def test_geojson_is_geojson(home: Path, diplan: Diplan) -> None:
    """Another reader and the rules of RFC 7946 have nothing against it; longitude comes first."""
    said = diplan("venues", "--format", "geojson", cwd=home)
    whole = json.loads(said.out)

    schema("geojson-parts").validate(whole)
    assert geojson.loads(said.out).is_valid
    assert {one["id"]: one["geometry"]["coordinates"] for one in whole["features"]} == {
        "madeup-library": [-2.18, 53.01],
        "pretend-hall": [-2.12, 53.045],
        "invented-hub": [-2.189, 53.002],
    }
    assert whole["features"][2]["properties"]["wifi"] is None
    assert said.err == "2 of 5 have no coordinates, so they are left out\n"


def test_hsds_has_its_shape(home: Path, diplan: Diplan) -> None:
    """The names and the words are HSDS's, and what refers to something refers to what is there."""
    said = diplan("venues", "--format", "hsds", cwd=home)
    whole = json.loads(said.out)

    schema("hsds-3-parts").validate(whole)
    ids = {key: {one["id"] for one in whole[key]} for key in whole}
    assert {one["location_id"] for one in whole["service_at_locations"]} == ids["locations"]
    assert {one["service_id"] for one in whole["service_at_locations"]} == ids["services"]
    named = {one["organization_id"] for one in whole["services"] if "organization_id" in one}
    assert named == ids["organizations"]
    assert "null" not in said.out
    assert len(set().union(*ids.values())) == sum(map(len, ids.values()))
    assert said.err == "1 of 5 are totals of several places, so they are left out\n"


@pytest.mark.skipif("DIPLAN_HSDS_SCHEMAS" not in os.environ, reason="HSDS's schemas are not here")
def test_hsds_is_held_against_its_own_schemas(home: Path, diplan: Diplan) -> None:
    """Whoever has HSDS's schemas names their folder: every object that is written fits its own."""
    folder = Path(os.environ["DIPLAN_HSDS_SCHEMAS"])
    whole = json.loads(diplan("venues", "--format", "hsds", cwd=home).out)
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (name, DRAFT202012.create_resource(json.loads(text))) for name, text in texts.items()
    )
    for kind, listed in whole.items():
        held = Draft202012Validator(json.loads(texts[f"{kind[:-1]}.json"]), registry=registry)
        for one in listed:
            held.validate(one)


def test_hsds_says_when_it_is_open(home: Path, diplan: Diplan) -> None:
    """A schedule for each time, with its days; unknown hours are no schedule."""
    found = json.loads(diplan("venues", "--format", "hsds", cwd=home).out)["locations"]
    keys = ("byday", "opens_at", "closes_at", "notes")

    schedules = [place["schedules"] for place in found]
    assert [[tuple(map(one.get, keys)) for one in listed] for listed in schedules] == [
        [("MO,TU,WE,TH,FR", "09:00", "17:30", "public holidays: closed"),
         ("SA", "10:00", "13:00", "public holidays: closed")],
        [("TU,TH", "10:00", "12:00", None), ("TU,TH", "13:00", "15:00", None)],
        [],
        [],
    ]  # fmt: skip


def test_ids_stay(home: Path, diplan: Diplan) -> None:
    """Whatever is filtered or renamed, the ids that other systems keep are the same."""
    before = json.loads(diplan("venues", "--format", "hsds", cwd=home).out)
    path = home / "data" / "venues.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Pretend Village", "Pretended"),
                    encoding="utf-8", newline="\n")  # fmt: skip
    after = json.loads(diplan("venues", "--format", "hsds", "--booking", cwd=home).out)

    assert [after["locations"][0]["id"]] == [before["locations"][1]["id"]]
    assert str(NAMESPACE) == "6f2ac1d0-3c55-5a5e-9a53-1b7a1f6d2e90"


def test_hours_in_words_are_kept(home: Path, diplan: Diplan) -> None:
    """Hours that no program reads go out as they stand, and the check says how to write them."""
    path = home / "data" / "venues.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'"Tu,Th [^"]*"', "10am to noon on Tuesdays", text), encoding="utf-8")
    place = json.loads(diplan("venues", "--format", "hsds", cwd=home).out)["locations"][1]

    assert place["schedules"][0]["description"] == "10am to noon on Tuesdays"
    assert "opens_at" not in place["schedules"][0]
    assert "= write Tu 10:00-12:00" in diplan("check", cwd=home).out
    assert "pretend-hall" not in names(diplan, home, "--open-on", "Tu")
