"""What spreadsheets get: one row a record, with the same columns whatever the data."""

import csv
import io

from builders import action, indicator, plan
from diplan.ground.period import period
from diplan.judge import assess
from diplan.render.records import as_csv
from diplan.report.status import status


def test_what_is_in_a_list_is_told_in_the_words_of_the_data() -> None:
    """A figure inside a milestone by its parts, and yes and no as JSON has them."""
    own = indicator(
        baseline={"period": "2014", "value": 1},
        target={"kind": "at-least", "value": 9, "due": "2020"},
        milestones=[{"period": "2016", "value": 5}],
        observations=[{"period": "2016", "value": 6}],
        revisions=[
            {"date": "2015-01-05", "what": "target.value", "was": "8", "now": "9", "why": "agreed"}
        ],
    )
    row = next(csv.DictReader(io.StringIO(as_csv(status(assess(plan(own), period("2016")))))))
    assert row["milestones"] == (
        "period 2016, value 5, status achieved, observation_period 2016, observation_value 6,"
        " observation_low 6, observation_high 6"
    )
    assert row["moved"].endswith("in_force true, correction false")


def test_columns_do_not_depend_on_the_first_record() -> None:
    """Whether a figure is derived has the same columns where it is and where it is not."""
    own = indicator(id="own", target={"kind": "none"})
    made = indicator(id="made", target={"kind": "none"}, derived={"kind": "sum", "of": ["own"]})
    moment = period("2016")
    alone = as_csv(status(assess(plan(own, actions=(action(due="2018"),)), moment)))
    assert alone.splitlines()[0] == as_csv(status(assess(plan(own, made), moment))).splitlines()[0]
