"""`diplan set`: other values for keys of the plan."""

from typing import TYPE_CHECKING

from diplan.cli.key_edits import edits, entity_at
from diplan.cli.keys import GUARDED, fields
from diplan.cli.lookup import find_in
from diplan.cli.options import (
    AnyIdArgument,
    DryRunOption,
    KeysArgument,
    SectionOption,
    WorkspaceOption,
    YesOption,
)
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan, plan_of
from diplan.ground.errors import OptionError

if TYPE_CHECKING:
    from diplan.files.edit import Put
    from diplan.files.load import Loaded


def set(  # noqa: A001 - the command's name
    name: AnyIdArgument,
    keys: KeysArgument = None,
    where: SectionOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Change keys of anything in the plan. What was promised or measured needs `diplan revise`.

    A key without a value is removed. Lists have commas, those of sentences semicolons.

    \b
    Examples:
      diplan set website-redesign lead=ict,web-team
      diplan set libraries title="Libraries and learning"
      diplan set plan organisation="Our Council"
      diplan set website-redesign budget.planned=25,000 next_steps="Ask the users; test it"
      diplan set website-redesign note=
    """
    plan, _ = open_plan(workspace)
    place = find_in(plan, name, where)
    entity = entity_at(plan, place)
    given = list(fields(place.section, keys or [], plan, getattr(entity, "unit", None)))
    if not given:
        raise OptionError("there is nothing to set", 'write, for example: note="Agreed in May"')
    for path, _value in given:
        first = path[0] == "derived" and entity.derived is None
        if path[0] in GUARDED.get(place.section, ()) and not first:
            message = f'"{path[0]}" was promised or measured, and is not changed quietly'
            hint = f"`diplan revise {name} {'.'.join(path)}=... --why ...` changes it openly"
            raise OptionError(message, hint)
        if path == ("id",):
            raise OptionError("an id is used elsewhere", f"`diplan rename {name} NEW` changes all")

    def make(loaded: "Loaded") -> "list[Put]":
        now = plan_of(loaded)
        here = find_in(now, name, where)
        return list(edits(entity_at(now, here), here, given))

    carry_out(workspace, make, dry_run=dry_run, yes=yes)
