"""What a site may have beside its pages, and what has to be installed for it."""

from collections.abc import Sequence
from importlib.util import find_spec

from diplan.ground.errors import NoExtraError

PACKAGES = {
    "search": ("pagefind", "pagefind_bin"),
    "pdf": ("typst", "font_source_sans_pro"),
    "docx": ("docx", "lxml", "typst", "font_source_sans_pro"),
}
"""What a site may have more, with the packages that it needs."""

_MADE = {"search": "an index of words", "pdf": "PDF files", "docx": "Word documents"}


def installed() -> list[str]:
    """What can be made here."""
    return [name for name, needed in PACKAGES.items() if all(map(find_spec, needed))]


def chosen(names: Sequence[str]) -> list[str]:
    """The names among `PACKAGES`, in its order.

    Raises:
        NoExtraError: what makes one of them is not installed.
    """
    there = installed()
    for name in names:
        if name in PACKAGES and name not in there:
            raise NoExtraError(_MADE[name], "search" if name == "search" else "documents")
    return [name for name in there if name in names]
