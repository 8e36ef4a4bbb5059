"""Other programs: where they are, and the environment that they are given.

A program is only taken from a folder that PATH names in full. Windows would look in the present
folder first, and that may hold whatever somebody committed.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def program(name: str) -> str | None:
    """The path of a program; None where no folder of PATH holds it."""
    for folder in os.get_exec_path():
        if Path(folder).is_absolute() and (path := shutil.which(str(Path(folder, name)))):
            return path
    return None


def surroundings(without: str, keeping: frozenset[str], **more: str) -> Mapping[str, str]:
    """The environment for a program, with *more* variables.

    Those whose names begin with *without* are left out, but for those to be kept.
    """
    handed = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(without) or name.upper() in keeping
    }
    return {**handed, **more}
