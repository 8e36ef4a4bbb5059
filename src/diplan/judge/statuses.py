"""The words of verdicts, in the order in which they are counted and listed."""

from enum import StrEnum


class Status(StrEnum):
    """How an indicator stands."""

    ACHIEVED = "achieved"
    ON_TRACK = "on-track"
    SLIPPED = "slipped"
    NOT_ACHIEVED = "not-achieved"
    NO_DATA = "no-data"


class Slippage(StrEnum):
    """How badly an indicator has slipped."""

    BEHIND = "behind"
    WELL_BEHIND = "well-behind"
    MOVING_AWAY = "moving-away"
    NO_CHANGE = "no-change"
    LOST = "lost"


class Reason(StrEnum):
    """Why there is no verdict."""

    NO_OBSERVATIONS = "no-observations"
    NO_OBSERVATION_AFTER_BASELINE = "no-observation-after-baseline"
    BASELINE_MISSING = "baseline-missing"
    TARGET_MISSING = "target-missing"
    BASELINE_ZERO = "baseline-zero"
    TARGET_OUT_OF_BOUNDS = "target-out-of-bounds"
    NO_DUE_DATE = "no-due-date"
    OUTCOME_NOT_MEASURED = "outcome-not-measured"
    SERIES_BREAK = "series-break"
    NO_TARGET = "no-target"


class Flag(StrEnum):
    """What a reader of a verdict should know beside it."""

    EARLY = "early"
    MEASURED_BEFORE_DUE = "measured-before-due"
    LATE_EVIDENCE = "late-evidence"
    BASELINE_PROXY = "baseline-proxy"
    BASELINE_ALREADY_MET = "baseline-already-met"
    PREVIOUSLY_MET = "previously-met"
    INCOMPLETE_PERIODS = "incomplete-periods"
    PATH_SENSITIVE = "path-sensitive"
    EVIDENCE_CONFLICTS = "evidence-conflicts"
    BASELINE_UNDATED = "baseline-undated"


NOT_DUE = "not-due"
"""How a milestone stands before its date, unless it is achieved."""

NOT_GRADED = "not-graded"
"""The grade of an action that nobody has reported on."""
