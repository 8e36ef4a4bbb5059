"""What stands at the end of a paper: sources, notes on the data, and what signs stand for."""

from collections.abc import Iterator

from diplan.ground.english import in_words
from diplan.plan import Plan
from diplan.report import rating
from diplan.report.document import Block, Items, Section
from diplan.report.papers.case import Case, section, signs_of


def back(case: Case) -> Iterator[Section]:
    """The sections at the end of a paper, as far as there is anything in them."""
    yield from rating.notes(case.now)
    yield from section("sources", "Sources", sources(case.plan))
    yield from section("notes", "Notes on the data", _notes(case))
    yield from signs_of(case)


def sources(plan: Plan) -> Iterator[Block]:
    """Where the figures come from."""
    texts = []
    for source in plan.sources:
        when = in_words(source.published) if source.published else None
        parts = [source.title, source.publisher, when, source.url, source.licence]
        texts.append(", ".join(part for part in parts if part))
    yield Items(texts)


def _notes(case: Case) -> Iterator[Block]:
    """What the plan says of its own data; the notes on indicators with figures stand with these."""
    plan = case.plan
    texts = [note.text for note in plan.notes]
    texts += [
        f"{verdict.indicator.title}: {verdict.indicator.note}"
        for verdict in case.now.verdicts
        if verdict.indicator.note and verdict.evidence is None
    ]
    texts += [f"{action.title}: {action.note}" for action in plan.actions if action.note]
    yield Items(texts)
