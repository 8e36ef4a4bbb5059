"""How a plan stands at a glance: its indicators by status, its actions by grade."""

from collections import Counter
from collections.abc import Iterator

from diplan.judge import Assessment
from diplan.report import wording
from diplan.report.document import Bar, Portion
from diplan.report.status import actions_counted, indicators_counted


def bars(assessment: Assessment) -> Iterator[Bar]:
    """A bar of the indicators with a target, and one of the actions; none of what there is not."""
    if assessment.targeted:
        yield Bar(
            "statuses",
            f"{wording.count(len(assessment.targeted), 'indicator')} with a target",
            " ".join(indicators_counted(assessment)),
            [
                Portion(wording.STATUS[status], howmany, wording.TONE[status])
                for status, howmany in assessment.statuses().items()
                if howmany
            ],
        )
    if assessment.live:
        counts = Counter(standing.grade for standing in assessment.live)
        late = sum(standing.overdue for standing in assessment.live)
        overdue = f", {late} overdue" if late else ""
        tones = {standing.grade: standing.means for standing in assessment.live}
        yield Bar(
            "grades",
            f"{wording.count(len(assessment.live), 'action')}{overdue}",
            " ".join(actions_counted(assessment)),
            [
                Portion(wording.graded(grade), howmany, wording.grade_tone(tones[grade]))
                for grade in assessment.grades()
                if (howmany := counts[grade])
            ],
        )
