"""Governance: which body does what for the plan as a whole, how often, and when next."""

from typing import Literal

from diplan.plan.base import Id, Line, Text, When, record


@record
class Governance:
    """A body's part in the plan."""

    body: Id
    """Id of the service or body, from `services` in plan.yaml."""
    role: Literal["accountable", "reviews", "delivers", "consulted"]
    """Which part it has."""
    does: Text
    """What it does or reviews, in words."""
    every: Literal["monthly", "quarterly", "six-monthly", "yearly"] | None = None
    """How often; absent where nobody has said."""
    next: When | None = None
    """When it does so next; absent where nobody has said."""
    source: Id | None = None
    """Id of the source that says so, from plan.yaml."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""
