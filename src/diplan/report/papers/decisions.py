"""What only those who answer for a plan can settle."""

from diplan.ground.english import agree
from diplan.report import wording
from diplan.report.document import to_action, to_indicator
from diplan.report.papers.case import Case
from diplan.report.status import conflicts


def dates_wanted(case: Case) -> list[str]:
    """The actions whose date is still to be confirmed, as something to ask for."""
    return [
        to_action(standing.action, before="A date for: ")
        for standing in case.now.live
        if standing.action.due == "to-be-confirmed"
    ]


def decisions(case: Case) -> list[str]:
    """What there is to decide: evidence, answers, dates, baselines, actions without an update."""
    texts = [f"Which evidence counts? {text}" for text in conflicts(case.now)]
    texts += [
        f"An answer to the recommendation: {priority.title}"
        for priority in case.plan.priorities
        if priority.response and priority.response.answer == "awaited"
    ]
    silent = [
        standing for standing in case.now.live if standing.overdue and standing.update is None
    ]
    if silent:
        texts.append(
            f"Whether {wording.count(len(silent), 'overdue action')} with no update"
            f" {agree(len(silent), 'is done, goes on, or is', 'are done, go on, or are')} given up"
        )
    texts += dates_wanted(case)
    texts += [
        to_indicator(indicator, before="A baseline for: ")
        for indicator in case.plan.indicators
        if indicator.baseline and indicator.baseline.missing == "to-be-confirmed"
    ]
    return texts
