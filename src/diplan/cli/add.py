"""`diplan add`: a new indicator, action or place."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from diplan.cli.ask import ask_until, interactive
from diplan.cli.keys import DATED, KeyName, fields, nested
from diplan.cli.lookup import one_of
from diplan.cli.options import DryRunOption, KeysArgument, NewIdArgument, WorkspaceOption, YesOption
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan
from diplan.ground.english import agree
from diplan.ground.errors import OptionError

if TYPE_CHECKING:
    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.files.yaml.plain import Plain
    from diplan.plan import Plan

    Typed = dict[KeyName, Plain]


def add_indicator(
    name: NewIdArgument,
    keys: KeysArgument = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Add an indicator. At a terminal it asks for what is needed and not given.

    \b
    Examples:
      diplan add indicator homes-offline
      diplan add indicator homes-offline title="Homes offline" priority=get-online unit=homes \\
        target.kind=halve target.due=2028 baseline.period=2024 baseline.value=2400
    """
    _add("indicators", name, keys or [], workspace, dry_run=dry_run, yes=yes)


def add_action(
    name: NewIdArgument,
    keys: KeysArgument = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Add an action. At a terminal it asks for what is needed and not given.

    \b
    Examples:
      diplan add action tablet-loans
      diplan add action tablet-loans title="Lend tablets" priority=get-online lead=libraries \\
        due=2018-03
    """
    _add("actions", name, keys or [], workspace, dry_run=dry_run, yes=yes)


def add_venue(
    name: NewIdArgument,
    keys: KeysArgument = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Add a place to get online. At a terminal it asks for what is needed and not given.

    \b
    Examples:
      diplan add venue central-library
      diplan add venue central-library name="Central Library" type=library wifi=yes
    """
    _add("venues", name, keys or [], workspace, dry_run=dry_run, yes=yes)


NEEDED = {
    "indicators": ("title", "priority", "unit", "target.kind"),
    "actions": ("title", "priority", "lead", "due"),
    "venues": ("name", "type"),
}
"""Keys that a new entity must have."""


def _add(
    section: str,
    name: str,
    keys: list[str],
    folder: Path | None,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    from diplan.files.edit import Put
    from diplan.problems import Place

    plan, _ = open_plan(folder)
    if any(entity.id == name for entity in getattr(plan, section)):
        message = f'there is "{name}" among the {section} already'
        raise OptionError(message, "choose another id, or change it with `diplan set`")
    given = dict(fields(section, keys, plan))
    missing = [key for key in _needed(section, given) if key not in given]
    asked = bool(missing) and interactive()
    while asked and missing:
        key = ".".join(missing[0])
        given |= _asked(section, key, given, plan)
        missing = [path for path in _needed(section, given) if path not in given]
    if missing:
        named = ", ".join(f"{'.'.join(path)}=..." for path in missing)
        are = agree(len(missing), "is", "are")
        raise OptionError(f"{named} {are} missing", "at a terminal diplan asks you for it")
    values = _ordered(section, {"id": name, **_record(given)})

    def make(loaded: "Loaded") -> "list[Put]":
        return [Put(Place(section, len(loaded.origins[section])), values)]

    about = Place(section, len(getattr(plan, section)))
    carry_out(folder, make, about=about, asked=asked, dry_run=dry_run, yes=yes)


def _asked(section: str, key: str, given: "Typed", plan: "Plan") -> "Typed":
    """What is answered to the question for a key."""
    unit, choices = given.get(("unit",)), _choices(key, plan)
    shown = ", ".join(choices) or _EXAMPLES.get(key, "")

    def read(answer: str) -> "Typed":
        for part in answer.split(",") if choices else ():
            one_of(key, part.strip(), choices)
        return dict(fields(section, [f"{key}={answer}"], plan, str(unit) if unit else None))

    return ask_until(f"{key} ({shown})" if shown else key, read) or {}


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

    paths = [tuple(key.split(".")) for key in NEEDED[section]]
    kind = given.get(("target", "kind"))
    for record in (record for record in form(AnyTarget).records if kind in kinds(record)):
        keys = (key for key, info in fields(record).items() if info.is_required())
        paths += [("target", key) for key in keys if key != "kind"]
    if section == "indicators" and kind not in (None, "none", "to-be-confirmed"):
        paths.append(("target", "due"))
    if ("timescale",) in given:
        paths.remove(("due",))
    return paths


_EXAMPLES = {
    "due": "2018-03, Q1 2018/19, ongoing or to-be-confirmed",
    "target.due": "2020",
    "unit": "homes",
}


def _choices(key: str, plan: "Plan") -> list[str]:
    """The words that may be answered to the question for a key; none where it is no choice."""
    from diplan.plan.fields.shape import target_kinds

    choices = {
        "priority": list(plan.priority),
        "lead": list(plan.service),
        "target.kind": target_kinds(),
    }
    return choices.get(key, [])


def _ordered(section: str, values: dict[str, Any]) -> dict[str, Any]:
    """The keys in their usual order."""
    from diplan.plan.fields.shape import keys_at

    usual = keys_at(section, ())
    return {key: values[key] for key in usual if key in values}
