"""The papers that a council prints: each makes a document from a case."""

from collections.abc import Callable
from typing import NamedTuple

from diplan.report.document import Document
from diplan.report.papers.action_plan import action_plan
from diplan.report.papers.case import REVIEW_MONTHS, Case
from diplan.report.papers.committee import committee
from diplan.report.papers.inclusion import inclusion
from diplan.report.papers.page_plan import page_plan
from diplan.report.papers.places import places
from diplan.report.papers.progress import progress
from diplan.report.papers.review import review
from diplan.report.papers.scrutiny import scrutiny
from diplan.report.papers.service import service

__all__ = ["REPORTS", "REVIEW_MONTHS", "Case", "Paper"]


class Paper(NamedTuple):
    """A kind of paper: what it is, and what makes it. `about` names what it is on, if anything.

    `needs` are sections of a plan, of which one at least must have something in it.
    """

    title: str
    build: Callable[[Case], Document]
    about: str = ""
    needs: tuple[str, ...] = ("indicators", "actions")


REPORTS: dict[str, Paper] = {
    "action-plan": Paper("the action plan of a year, for cabinet", action_plan),
    "committee": Paper(
        "the report to a committee, with recommendations and implications", committee
    ),
    "progress": Paper("the annual performance review", progress),
    "scrutiny": Paper(
        "the monitoring form for scrutiny, with evidence and grades", scrutiny, needs=("actions",)
    ),
    "inclusion": Paper(
        "the inclusion profile: who needs what help, and who gives it",
        inclusion,
        needs=("profiles", "activities"),
    ),
    "places": Paper(
        "a leaflet of the places to get online, in large print", places, needs=("venues",)
    ),
    "page-plan": Paper("the plan on a page", page_plan),
    "review": Paper("the short note for a board: movements, lateness, decisions", review),
    "service": Paper("what one service has promised and owes", service, about="service"),
}
"""The papers by name."""
