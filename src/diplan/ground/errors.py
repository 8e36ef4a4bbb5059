"""The exceptions: what goes wrong outside the data, and values that cannot be read.

Bad data never raises past `files.load`: it becomes a `Problem`. Each class builds its own message.
"""

from collections.abc import Sequence
from pathlib import Path

from diplan.ground.text import did_you_mean


class DiplanError(Exception):
    """Something outside the data went wrong; `hint` says what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class NoWorkspaceError(DiplanError):
    """No folder with `data/indicators.yaml` was found."""

    def __init__(self, start: Path) -> None:
        super().__init__(
            f'no workspace in "{start}" or above it: no data/indicators.yaml there',
            "go to the plan's folder, the one that holds data/, or name it with --workspace;"
            " `diplan init` makes a new plan",
        )


class UnknownIdError(DiplanError):
    """The user named something that the plan does not have."""

    def __init__(self, what: str, wrong: str, suggestion: str | None, listing: str) -> None:
        hint = did_you_mean(suggestion, listing)
        nothing = f"no {what}" if what else "nothing in the plan"
        super().__init__(f'{nothing} is called "{wrong}"', hint)


class OptionError(DiplanError):
    """An option's value cannot be used."""


class UnreadableError(DiplanError):
    """A file of a workspace cannot be read."""


class UnwritableError(DiplanError):
    """A file cannot be written."""

    def __init__(self, path: Path, reason: str, hint: str = "") -> None:
        hint = hint or "see that its folder is there and that you may write in it"
        super().__init__(f'"{path}" cannot be written: {reason}', hint)


class NoExtraError(DiplanError):
    """Something was asked for that only packages outside diplan's own can make."""

    def __init__(self, what: str, extra: str = "documents") -> None:
        super().__init__(
            f"what makes {what} is not installed",
            f"run pip install 'diplan[{extra}]', or pip install '.[{extra}]' in the folder of"
            " the clone",
        )


class ReferenceDocumentError(DiplanError):
    """A document whose styles were asked for cannot be used."""


class NotAloneError(OptionError):
    """Options that exclude each other were given together."""

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__(f"{' and '.join(options)} say the same thing twice", "give one of them")


class TwoPlansError(DiplanError):
    """Two plans have one id, so that nobody could tell whose a row is."""

    def __init__(self, name: str, first: Path, second: Path) -> None:
        super().__init__(
            f'two plans have the id "{name}": "{first}" and "{second}"',
            "leave one of them out, or give it an id of its own in its data/plan.yaml",
        )


class BadTextError(ValueError):
    """A written value that cannot be read as what its place needs.

    `code` is the problem's code, `hint` the remedy (empty where there is none to give).
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
