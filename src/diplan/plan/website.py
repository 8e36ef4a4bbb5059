"""How the plan's website looks: the council's logo, colours, contact and address."""

import re
from typing import Annotated

from pydantic import AfterValidator

from diplan.ground.colour import colour
from diplan.ground.errors import BadTextError
from diplan.plan.base import Line, Url, record

COLOUR, ACCENT = "#12436d", "#f5b800"
"""What a website is coloured with where the plan says nothing."""


COLOUR_FORM, LOGO_FORM = "^#[0-9A-Fa-f]{6}$", "^[A-Za-z0-9_][A-Za-z0-9._-]{0,95}[.](svg|png)$"
"""The form of a colour, and that of a logo's name."""


def _colour(written: str) -> str:
    colour(written)
    return written


def _logo(written: str) -> str:
    if not re.search(LOGO_FORM, written):
        raise BadTextError(
            "not-allowed",
            f'"{written}" is not the name of a logo',
            "name an svg or png that lies beside the folder data, such as logo.svg",
        )
    return written


WebColour = Annotated[str, AfterValidator(_colour)]
"""A colour as `#005eb8`: red, green and blue in hexadecimal digits."""

LogoName = Annotated[str, AfterValidator(_logo)]
"""The name of an svg or png beside the folder `data`."""


@record
class Website:
    """How the plan's website looks."""

    logo: LogoName | None = None
    """The council's logo: the name of an svg or png beside the folder data."""
    colour: WebColour = COLOUR
    """The colour of the head of each page, such as: "#005eb8"; white is written on it."""
    accent: WebColour = ACCENT
    """The colour of the line beneath it, such as: "#ffb81c"."""
    contact: Line | None = None
    """How to reach whoever looks after the site, such as: digital@example.org."""
    base_url: Url | None = None
    """The address that the site is published at, such as: https://plan.example.org/."""
