"""`diplan add`: every kind of thing that a plan is made of, by answering questions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import NEW, Alternative, NoAnswerError, ask, ask_until, choose
from diplan.cli.keys import DATED, KeyName, fields, nested
from diplan.cli.options import DryRunOption, KeysArgument, NewIdArgument, WorkspaceOption, YesOption
from diplan.cli.output import remark
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan
from diplan.ground.english import agree, singular
from diplan.ground.errors import OptionError
from diplan.ground.text import slug

if TYPE_CHECKING:
    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.files.yaml.plain import Plain
    from diplan.plan import Plan

    Typed = dict[KeyName, Plain]

DiffOption = Annotated[
    bool, typer.Option("--diff", help="Show the lines of the file before saving.")
]

QUESTIONS: dict[str, dict[str, str]] = {
    "indicators": {
        "title": "What is measured? (one line)",
        "priority": "Under which heading does it stand?",
        "unit": "In what unit? (per cent, people, homes ...)",
        "lead": "Who answers for the figure?",
        "target.kind": "What does the plan promise?",
        "target.value": "How much is to be reached?",
        "target.percent": "By how many per cent?",
        "target.points": "By how many points, or units?",
        "target.from": "From which period on does it count?",
        "target.due": "By when?",
        "baseline.value": "What is the figure to start from? (TBC if it is not known yet)",
        "baseline.period": "For which period is that figure?",
        "baseline.source": "Where is it from?",
    },
    "actions": {
        "title": "What is promised? (one line, beginning with a verb)",
        "priority": "Under which heading does it stand?",
        "lead": "Who leads it?",
        "due": "By when? (a month or a year, ongoing, or to-be-confirmed)",
    },
    "venues": {"name": "What is it called?", "type": "What is it? (library, cafe ...)"},
    "priorities": {"title": "What is the heading? (one line)"},
    "services": {"title": "What is it called? (a service, a body or a role, never a person)"},
    "sources": {
        "title": "What is the document or the data set called?",
        "publisher": "Who published it?",
        "published": "When was it published?",
        "url": "Where can it be read? (an address that begins with https://)",
    },
    "corporate": {"title": "What does the organisation want? (one line)"},
    "governance": {
        "body": "Who is it?",
        "role": "What is their part?",
        "does": "What do they do for the plan?",
        "every": "How often?",
        "next": "When next?",
    },
    "profiles": {
        "title": "What is divided into groups? (one line)",
        "of": "What are the shares shares of?",
        "segments": "",
    },
    "activities": {
        "title": "What is done already? (one line)",
        "priority": "Under which heading does it belong?",
        "lead": "Who does it?",
    },
    "notes": {"text": "What should a reader of the plan know?"},
    "outcomes": {"priority": "What is it an outcome of?", "title": "What will be different?"},
}
"""What is asked for, by kind and key, in the order in which it is asked."""

NEEDED = {
    "indicators": ("title", "priority", "unit", "target.kind"),
    "actions": ("title", "priority", "lead", "due"),
    "venues": ("name", "type"),
    "governance": ("body", "role", "does"),
    "profiles": ("title", "of", "segments"),
    "notes": ("text",),
    "outcomes": ("priority", "title"),
}
"""Keys that a new thing must have; a title where its kind is not here."""

FROM = {
    "priority": "priorities", "lead": "services", "body": "services", "baseline.source": "sources",
}  # fmt: skip
"""The section that an answer is chosen from; what is not in it yet can be made at once."""

ELSEWHERE = {"outcomes": ("priorities", "outcomes")}
"""Kinds that stand inside another one: its section, and their key in it."""

NAMELESS = ("governance", "notes")
"""Kinds that have no id."""


def _command(section: str, sentence: str, *examples: str) -> Callable[..., None]:
    """The command that adds a kind of thing."""

    def command(
        name: NewIdArgument = None,
        keys: KeysArgument = None,
        dry_run: DryRunOption = False,
        yes: YesOption = False,
        diff: DiffOption = False,
        workspace: WorkspaceOption = None,
    ) -> None:
        if name and "=" in name:  # no id was given
            keys, name = [name, *(keys or [])], None
        _add(section, name, keys or [], workspace, dry_run=dry_run, yes=yes, diff=diff)

    shown = "\n".join(f"  diplan add {example}" for example in examples)
    command.__doc__ = f"""{sentence}

It asks for what is needed and not given, and shows a summary before it saves.

\b
Examples:
{shown}
"""
    return command


add_indicator = _command(
    "indicators",
    "Add an indicator.",
    "indicator",
    'indicator homes-offline title="Homes offline" priority=get-online unit=homes target.kind=halve'
    " target.due=2028 baseline.period=2024 baseline.value=2400",
)
add_action = _command(
    "actions",
    "Add an action.",
    "action",
    'action tablet-loans title="Lend tablets" priority=get-online lead=libraries due=2018-03',
)
add_venue = _command(
    "venues",
    "Add a place to get online.",
    "venue",
    'venue central-library name="Central Library" type=library wifi=yes',
)
add_priority = _command("priorities", "Add a heading.", 'priority title="Get online"')
add_outcome = _command(
    "outcomes", "Add an outcome to a heading.",
    'outcome priority=get-online title="More people take their first steps online"',
)  # fmt: skip
add_service = _command(
    "services", "Add a service, a body or a role.", 'service title="Youth service"'
)
add_source = _command(
    "sources", "Add a source of figures.", 'source survey-2020 title="Survey of 2020"'
)
add_corporate = _command(
    "corporate", "Add a priority of the whole organisation.", 'corporate title="Fair chances"'
)
add_governance = _command(
    "governance", "Add what a body does for the plan.",
    'governance body=libraries role=reviews does="Looks at the figures" every=yearly',
)  # fmt: skip
add_profile = _command("profiles", "Add a population in groups.", "profile")
add_activity = _command(
    "activities", "Add something that is done already.", 'activity title="ICT courses"'
)
add_note = _command("notes", "Add a note on the plan.", 'note text="Figures are made up"')


def _add(
    section: str,
    name: str | None,
    keys: list[str],
    folder: Path | None,
    *,
    dry_run: bool,
    yes: bool,
    diff: bool,
) -> None:
    plan, _ = open_plan(folder)
    there = [getattr(entity, "id", "") for entity in getattr(plan, section, ())]
    if name and name in there:
        message = f'there is "{name}" among the {section} already'
        raise OptionError(message, "choose another id, or change it with `diplan set`")
    adding = _Adding(section, plan, dict(_typed(section, keys, plan)))
    asked = bool(adding.missing())
    if asked:
        adding.ask()
    title = str(adding.given.get(("title",)) or adding.given.get(("name",)) or section)
    name = name or _free(plan, section, title)

    def make(loaded: "Loaded") -> "list[Put]":
        return list(adding.puts(name or "", loaded))

    from diplan.problems import Place

    about = Place(section, len(getattr(plan, section))) if section not in ELSEWHERE else None
    summary = None if diff else adding.summary()
    carry_out(
        folder, make, about=about, asked=asked, summary=summary, dry_run=dry_run, yes=yes
    )  # fmt: skip


def _typed(section: str, keys: Sequence[str], plan: "Plan") -> "Iterator[tuple[KeyName, Plain]]":
    """The keys that were given; those of a kind inside another one are looked up in its record."""
    if section not in ELSEWHERE:
        yield from fields(section, keys, plan)
        return
    for pair in keys:
        key, sign, value = pair.partition("=")
        if not sign or key not in QUESTIONS[section]:
            known = ", ".join(QUESTIONS[section])
            raise OptionError(f'"{pair}" is not KEY=VALUE', f"the keys are {known}")
        yield (key,), value.strip()


def _free(plan: "Plan", section: str, title: str, beside: "Sequence[dict[str, Plain]]" = ()) -> str:
    """An id made of a title that nothing of a kind has yet, nor what is made beside it."""
    taken = {getattr(entity, "id", "") for entity in getattr(plan, section, ())}
    return slug(title, taken | {str(made["id"]) for made in beside})


class _Adding:
    """Something that is being added: what is known of it, and what has to be made beside it."""

    def __init__(self, section: str, plan: "Plan", given: "Typed") -> None:
        self.section = section
        self.plan = plan
        self.given = given
        self.beside: dict[str, list[dict[str, Plain]]] = {}

    def missing(self) -> list[KeyName]:
        """The keys that are needed and not there yet."""
        return [path for path in _needed(self.section, self.given) if path not in self.given]

    def ask(self) -> None:
        """Ask for all that is missing, and for what is worth knowing besides.

        Raises:
            OptionError: the input is at its end, and something that is needed has no answer.
        """
        try:
            for key in QUESTIONS[self.section]:
                path = tuple(key.split("."))
                needed = path in self.missing() or self.is_start(path)
                if path not in self.given and (needed or self.is_worth(path)):
                    self.given |= self.answer(path, needed=needed)
            while path := next(iter(self.missing()), ()):
                self.given |= self.answer(path, needed=True)
        except NoAnswerError:
            missing = self.missing()
            if not missing:
                raise
            named = ", ".join(f"{'.'.join(path)}=..." for path in missing)
            are = agree(len(missing), "is", "are")
            message = f"{named} {are} missing"
            raise OptionError(message, "at a terminal diplan asks you for it") from None
        except KeyboardInterrupt:
            self.say_how_to_go_on()
            raise

    def is_start(self, path: KeyName) -> bool:
        """Whether it is the starting point that a target cannot do without."""
        from diplan.plan.target import RELATIVE

        there = any(known[0] == "baseline" for known in self.given)
        kind = self.given.get(("target", "kind"))
        return path == ("baseline", "value") and kind in RELATIVE and not there

    def is_worth(self, path: KeyName) -> bool:
        """Whether something that can be left out is asked for."""
        kind = self.given.get(("target", "kind"))
        if path[0] != "baseline":
            return path[0] != "target"
        start = [known[1] for known in self.given if known[0] == "baseline"]
        if path == ("baseline", "value"):
            beside = (None, "none", "to-be-confirmed", "total-at-least")
            return not start and kind not in beside
        return bool(start) and "missing" not in start

    def answer(self, path: KeyName, *, needed: bool) -> "Typed":
        """What is answered to the question for a key."""
        key = ".".join(path)
        question = QUESTIONS[self.section].get(key, f"{key}?")
        if key == "segments":
            return {path: self.segments()}
        if key in FROM:
            return self.chosen(path, question, FROM[key], needed=needed)
        if choices := _words(self.section, key):
            said = choose(question, choices, needed=needed)
            return {path: said} if said else {}
        unit = self.given.get(("unit",))

        def read(written: str) -> "Typed":
            pair = f"{key}={written}"
            if self.section in ELSEWHERE:
                return dict(_typed(self.section, [pair], self.plan))
            return dict(fields(self.section, [pair], self.plan, str(unit) if unit else None))

        return ask_until(question, read, needed=needed) or {}

    def chosen(self, path: KeyName, question: str, section: str, *, needed: bool) -> "Typed":
        """Things of the plan that are chosen by part of their titles, or made at once."""
        several = path == ("lead",)
        names: list[str] = []
        while True:
            known = [Alternative(entity.id, entity.title) for entity in getattr(self.plan, section)]
            known += [
                Alternative(str(made["id"]), str(made["title"]))
                for made in self.beside.get(section, [])
            ]
            left = [choice for choice in known if choice.id not in names]
            more = "Anybody else? (leave it empty to go on)" if names else question
            said = choose(more, left, new=True, needed=needed and not names)
            if said is None:
                break
            if said == NEW:
                title = ask("What is it called?") or ""
                others = self.beside.setdefault(section, [])
                said = _free(self.plan, section, title, others)
                others.append({"id": said, "title": title})
            names.append(said)
            if not several:
                break
        if not names:
            return {}
        return {path: list(names) if several else names[0]}

    def segments(self) -> "list[Plain]":
        """The groups of a population, each with its share."""
        made: dict[str, Plain] = {}
        while title := ask("A group (leave it empty to go on)", needed=not made):
            share = ask_until(
                "Its share, in per cent", lambda said: dict(_share(said, self.plan))
            ) or {}  # fmt: skip
            name = slug(title, made)
            made[name] = {"id": name, "title": title, "share": share}
        return list(made.values())

    def summary(self) -> Iterator[str]:
        """What will be added, in words."""
        for path, value in self.given.items():
            if value not in ("", []):
                items = value if isinstance(value, list) else [value]
                shown = ", ".join(
                    str(item["title"] if isinstance(item, dict) else item) for item in items
                )
                yield f"  {' '.join(path).replace('_', ' ')}: {shown}"
        for section, made in self.beside.items():
            for entity in made:
                yield f"  new in {section}: {entity['title']}"

    def puts(self, name: str, loaded: "Loaded") -> "Iterator[Put]":
        """The edits that add it, and what it needs."""
        from diplan.files.edit import Put
        from diplan.problems import Place

        for section, made in self.beside.items():
            for at, entity in enumerate(made, len(loaded.origins[section])):
                yield Put(Place(section, at), entity)
        values = _record(self.given)
        if self.section in ELSEWHERE:
            section, key = ELSEWHERE[self.section]
            owner = str(values.pop("priority"))
            at = [entity.id for entity in getattr(self.plan, section)].index(owner)
            there = len(getattr(getattr(self.plan, section)[at], key))
            yield Put(Place(section, at, (key, there)), {"id": name, **values})
            return
        whole = values if self.section in NAMELESS else {"id": name, **values}
        yield Put(
            Place(self.section, len(loaded.origins[self.section])), _ordered(self.section, whole)
        )

    def say_how_to_go_on(self) -> None:
        """Tell the command that takes up where the questions were broken off."""
        pairs = []
        for path, value in self.given.items():
            text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
            pairs.append(f"{'.'.join(path)}={f'{chr(34)}{text}{chr(34)}' if ' ' in text else text}")
        kind = singular(self.section)
        remark(f"\nto go on from here: diplan add {kind} {' '.join(pairs)}")


def _share(written: str, plan: "Plan") -> "Iterator[tuple[str, Plain]]":
    for path, value in fields(
        "indicators", [f"baseline.value={written}"], plan, "per cent"
    ):  # fmt: skip
        yield path[-1], value


def _words(section: str, key: str) -> list[Alternative]:
    """The words that can be chosen for a key, each with what it means; none where it is open."""
    from diplan.plan.fields.shape import forms, target_kinds
    from diplan.plan.plan import SECTIONS
    from diplan.plan.vocabulary import WORDS

    if key == "target.kind":
        words: Iterable[str] = target_kinds()
    else:
        form = forms(SECTIONS[section]).get(key) if section in SECTIONS else None
        words = form.words if form and not form.types else ()
    return [Alternative(word, f"{word}: {WORDS[word]}") for word in words]


def _record(given: "Typed") -> dict[str, Any]:
    """A new entity with the keys that have a value; items of dated lists are in order of time."""
    from diplan.ground.period import period

    whole = nested((path, value) for path, value in given.items() if value not in ("", []))
    for head in whole.keys() & DATED.keys():
        times = sorted(whole[head], key=lambda when: period(when).end)
        whole[head] = [{DATED[head]: when, **whole[head][when]} for when in times]
    return whole


def _needed(section: str, given: "Typed") -> "list[KeyName]":
    """The paths of the keys that a new entity needs, given what is known of it."""
    from diplan.plan.fields.shape import fields, form, kinds
    from diplan.plan.target import AnyTarget

    paths = [tuple(key.split(".")) for key in NEEDED.get(section, ("title",))]
    kind = given.get(("target", "kind"))
    for record in (record for record in form(AnyTarget).records if kind in kinds(record)):
        keys = (key for key, info in fields(record).items() if info.is_required())
        paths += [("target", key) for key in keys if key != "kind"]
    if section == "indicators" and kind not in (None, "none", "to-be-confirmed"):
        paths.append(("target", "due"))
    if ("timescale",) in given:
        paths.remove(("due",))
    return paths


def _ordered(section: str, values: dict[str, Any]) -> dict[str, Any]:
    """The keys in their usual order."""
    from diplan.plan.fields.shape import keys_at

    usual = keys_at(section, ())
    return {key: values[key] for key in usual if key in values}
