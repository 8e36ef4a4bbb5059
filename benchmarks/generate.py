"""Writes made-up plans of any size, to measure with: the same seed gives the same bytes.

A plan from here has no problem, as of any date, unless `--faults` asks for one in every item.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

Item = dict[str, Any]

START, END = 2010, 2020
"""The plan runs from April of one to March of the other."""

PRIORITIES, SERVICES, SOURCES, VENUES = 8, 12, 6, 5
GRADES = ("Fully Achieved", "On-Track", "Slipped", "Not Achieved")
UNITS = ("households", "people", "learners", "visits", "computers", "sessions")
WORDS = (  # noqa: SIM905 - a list would take a page
    "adults age area at branch broadband by centre course count counted course data device each "
    "estimate family figure first form free from group help home hub in later learner library "
    "line local more new of older online open people place queue rate school second service "
    "session skill staff street survey team the time town training under up use visit volunteer "
    "week weekly with work year young"
).split()

PER_CENT_TARGETS: dict[str, Callable[[Random], Item]] = {
    "all": lambda _: {},
    "increase-by-points": lambda random: {"points": random.randint(2, 20)},
    "reduce-by-points": lambda random: {"points": random.randint(2, 20)},
    "at-least": lambda random: {"value": random.randint(40, 99)},
    "at-most": lambda random: {"value": random.randint(5, 60)},
}
COUNT_TARGETS: dict[str, Callable[[Random], Item]] = {
    "halve": lambda _: {},
    "reduce-by": lambda random: {"percent": random.randint(5, 60)},
    "increase-by": lambda random: {"percent": random.randint(5, 60)},
    "more-than": lambda random: {"value": random.randint(500, 20_000)},
    "fewer-than": lambda random: {"value": random.randint(500, 20_000)},
    "total-at-least": lambda random: {"value": random.randint(5_000, 90_000)},
    "yearly-growth": lambda random: {"percent": random.randint(1, 8)},
    "increase": lambda _: {},
    "reduce": lambda _: {},
}
TARGETS = PER_CENT_TARGETS | COUNT_TARGETS


def words(random: Random, count: int) -> str:
    """A text without sense, which reads nearly like one."""
    return " ".join(random.choices(WORDS, k=count)).capitalize()


def figures(random: Random, periods: list[Any], *, per_cent: bool) -> Iterator[Item]:
    """A series that wanders."""
    level = random.uniform(25, 75) if per_cent else random.uniform(500, 20_000)
    for period in periods:
        level *= random.uniform(0.94, 1.06)
        value = round(min(level, 100.0), 1) if per_cent else round(level)
        yield {"period": period, "value": value, "source": f"source-{random.randrange(SOURCES)}"}


def indicator(random: Random, number: int, observations: int, *, shared: bool) -> Item:
    """An indicator whose last figure is of the year in which its target is due.

    One that is *shared* has a definition, under which other plans measure the same.
    """
    kind = list(TARGETS)[number % len(TARGETS)]
    per_cent = kind in PER_CENT_TARGETS
    years = range(END - observations, END + 1)
    periods: list[Any] = [f"{year}/{(year + 1) % 100:02}" for year in years]
    if number % 3:
        periods = list(years)
    baseline, *seen = figures(random, periods, per_cent=per_cent)
    if number % 5 == 0:
        baseline["approximate"] = True
    for figure in seen:
        if random.random() < 0.1:
            figure["marks"] = ["provisional"]
        figure["note"] = words(random, 14)
    target = {"kind": kind, **TARGETS[kind](random), "due": periods[-1]}
    if kind == "total-at-least":
        target["from"] = periods[1]
    unit = UNITS[number % len(UNITS)] if shared else random.choice(UNITS)
    return {
        "id": f"indicator-{number:06}",
        "title": words(random, 9),
        "priority": f"priority-{number % PRIORITIES}",
        **({"definition": f"measure-{number:06}"} if shared else {}),
        "unit": "per cent" if per_cent else unit,
        "lead": [f"service-{random.randrange(SERVICES)}"],
        "collected_from": words(random, 6),
        "frequency": random.choice(("yearly", "two-yearly")),
        "baseline": baseline,
        "target": target,
        "observations": seen,
    }


def action(random: Random, number: int, indicators: int) -> Item:
    """An action; one whose time is over in the plan's life has a grade from the end of it."""
    begun = random.randrange(START, END)
    years = [f"{year}/{(year + 1) % 100:02}" for year in range(begun, min(begun + 2, END))]
    due: Item = {"due": f"{END}-03"}
    if number % 2:
        due = {"due": f"{begun + len(years)}-03"}
    elif number % 8 == 0:
        due = {"due": "ongoing", "since": f"{begun}-04"}
    item: Item = {
        "id": f"action-{number:06}",
        "title": words(random, 10),
        "priority": f"priority-{number % PRIORITIES}",
        "outcome": f"outcome-{number % PRIORITIES}-{random.randrange(2)}",
        "objective": words(random, 9),
        "lead": [f"service-{random.randrange(SERVICES)}"],
        **due,
        "years": years,
        "supports": [f"indicator-{random.randrange(indicators):06}"] if indicators else [],
    }
    if number % 2:
        grade = random.choice(GRADES)
        item["updates"] = [{"date": due["due"], "grade": grade, "evidence": words(random, 7)}]
    return item


def with_mistake(item: Item, number: int) -> Item:
    """The item with one of four mistakes in it."""
    if number % 4 == 0:
        return {**item, "titel": item["title"]}
    if number % 4 == 1:
        return {**item, "id": item["id"].upper()}
    if "observations" not in item:
        return {**item, "due": "spring"}
    if number % 4 == 2:
        return {**item, "frequency": "often"}
    item["observations"][-1]["value"] = "about 1300"
    return item


def cover(priorities: int, name: str, more: Item) -> dict[str, Any]:
    """The sections of plan.yaml; a heading for each priority that something stands under."""
    return {
        "plan": {
            "id": name,
            "title": "A made-up plan for measuring (no council's figures)",
            "organisation": "No council",
            "from": f"{START}-04",
            "to": f"{END}-03",
            "scale": list(GRADES),
            **more,
        },
        "priorities": [
            {
                "id": f"priority-{number}",
                "title": f"Made-up priority {number}",
                "outcomes": [
                    {"id": f"outcome-{number}-{part}", "title": f"Made-up outcome {number}.{part}"}
                    for part in range(2)
                ],
            }
            for number in range(priorities)
        ],
        "services": [
            {"id": f"service-{number}", "title": f"Made-up service {number}"}
            for number in range(SERVICES)
        ],
        "sources": [
            {"id": f"source-{number}", "title": f"Made-up survey {number}", "published": END}
            for number in range(SOURCES)
        ],
    }


def inline(value: Any) -> str:
    """A value on one line of YAML; the texts here never need quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def yaml_lines(section: str, items: Iterable[Item]) -> Iterator[str]:
    """A section of a data file: a block for each item, and a line for each thing inside it."""
    yield f"{section}:"
    for item in items:
        lead = "  - "
        for key, value in item.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                yield f"{lead}{key}:"
                yield from (f"      - {inline(inner)}" for inner in value)
            else:
                yield f"{lead}{key}: {inline(value)}"
            lead = "    "


def write_plan(
    folder: Path,
    indicators: int = 1000,
    actions: int = 1000,
    observations: int = 10,
    seed: int = 1,
    name: str = "made-up",
    *,
    more: Item | None = None,
    shared: bool = False,
    faults: bool = False,
    backwards: bool = False,
    as_json: bool = False,
) -> None:
    """Write a workspace; with *as_json* also `data.json`, its indicators and actions as JSON."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    first = [indicator(random, number, observations, shared=shared) for number in range(indicators)]
    random = Random(seed + 1)
    second = [action(random, number, indicators) for number in range(actions)]
    for item in first if backwards else ():
        item["observations"].reverse()
    if faults:
        first = [with_mistake(item, number) for number, item in enumerate(first)]
        second = [with_mistake(item, number) for number, item in enumerate(second)]
    plan, *lists = cover(min(PRIORITIES, max(indicators, actions)), name, more or {}).items()
    lines = ["plan:", *(f"  {key}: {inline(value)}" for key, value in plan[1].items())]
    for section, items in lists:
        lines += yaml_lines(section, items)
    _write(data / "plan.yaml", lines)
    _write(data / "indicators.yaml", yaml_lines("indicators", first))
    _write(data / "actions.yaml", yaml_lines("actions", second))
    rows = (f"venue-{number},Made-up library {number},library,{number}" for number in range(VENUES))
    _write(data / "venues.csv", ["id,name,type,public_computers", *rows])
    if as_json:
        _write(folder / "data.json", [json.dumps({"indicators": first, "actions": second})])


def write_plans(folder: Path, plans: int, seed: int = 1, **options: Any) -> None:
    """Write a folder of plans that measure the same, each with figures of its own."""
    for number in range(plans):
        name = f"plan-{number:04}"
        near = [f"E{99_000_000 + other % plans}" for other in range(number + 1, number + 11)]
        more = {"area": f"E{99_000_000 + number}", "neighbours": near}
        more["organisation"] = f"No council {number}"
        write_plan(
            folder / name, seed=seed + 2 * number, name=name, more=more, shared=True, **options
        )


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def main() -> None:
    """Write the plan that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a made-up plan, to measure with.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--indicators", type=int, default=1000)
    parser.add_argument("--actions", type=int, default=1000)
    parser.add_argument("--observations", type=int, default=10, help="of each indicator")
    parser.add_argument("--plans", type=int, help="write a folder of so many plans")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true", help="put a mistake into every item")
    parser.add_argument("--backwards", action="store_true", help="put the last figures first")
    parser.add_argument("--json", action="store_true", dest="as_json", help="also write data.json")
    options = vars(parser.parse_args())
    plans = options.pop("plans")
    if plans is None:
        write_plan(**options)
    else:
        write_plans(plans=plans, **options)


if __name__ == "__main__":
    main()
