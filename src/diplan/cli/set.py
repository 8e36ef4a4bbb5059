"""`diplan set`: other values for keys of the plan."""

from typing import TYPE_CHECKING

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

    \b
    Examples:
      diplan set website-redesign lead=ict,web-team
      diplan set libraries title="Libraries and learning"
      diplan set plan organisation="Our Council"
    """
    from diplan.files.edit import Put

    plan, _ = open_plan(workspace)
    place = find_in(plan, name, where)
    given = list(fields(place.section, keys or []))
    if not given:
        raise OptionError("there is nothing to set", 'write, for example: note="Agreed in May"')
    for path, _value in given:
        if path[0] in GUARDED.get(place.section, ()):
            message = f'"{path[0]}" was promised or measured, and is not changed quietly'
            hint = f"`diplan revise {name} {'.'.join(path)}=... --why ...` changes it openly"
            raise OptionError(message, hint)
        if path == ("id",):
            raise OptionError("an id is used elsewhere", f"`diplan rename {name} NEW` changes all")

    def make(loaded: "Loaded") -> "list[Put]":
        here = find_in(plan_of(loaded), name, where)
        return [Put(here._replace(path=path), value) for path, value in given]

    carry_out(workspace, make, dry_run=dry_run, yes=yes)
