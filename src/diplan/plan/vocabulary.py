"""What the words of the data mean, in plain English, for whoever is about to choose one."""

WORDS = {
    # why there is no figure, or no date
    "to-be-confirmed": "Not known yet: it is still to be given.",
    "not-available": "It was measured, but the figure cannot be had.",
    "not-applicable": "There can be no figure here.",
    "not-collected": "Nobody measured it.",
    "suppressed": "Withheld, so that it gives nobody away.",
    "ongoing": "It goes on without an end; since says since when.",
    # how sure a figure is
    "estimated": "Worked out, not counted.",
    "provisional": "A first figure, which may still be revised.",
    "revised": "It takes the place of one that was published before.",
    "forecast": "Expected, not measured.",
    "low-reliability": "Uncertain, such as a figure from a small sample.",
    "break": "A new series begins here; what went before is not compared with it.",
    # what places have
    "public_computers": "Computers that the public can use.",
    "quick_use_computers": "Computers for short visits.",
    "suite_computers": "Computers in suites.",
    "laptops": "Laptops that can be borrowed.",
    # how often
    "monthly": "Once a month.",
    "quarterly": "Every three months.",
    "six-monthly": "Every six months.",
    "yearly": "Once a year.",
    "two-yearly": "Every two years.",
    "once": "A single time, and not again.",
    # what a year is
    "financial": "From April to March, such as 2017/18.",
    "calendar": "From January to December, such as 2018.",
    "academic": "From September to August, such as AY2017/18.",
    # targets
    "halve": "Half of the baseline or less.",
    "reduce-by": "Less than the baseline by a percentage of it: percent.",
    "increase-by": "More than the baseline by a percentage of it: percent.",
    "reduce-by-points": "Less than the baseline by a number of points or units: points.",
    "increase-by-points": "More than the baseline by a number of points or units: points.",
    "at-least": "A level or more: value.",
    "at-most": "A level or less: value.",
    "more-than": "More than a level, however little: value.",
    "fewer-than": "Less than a level, however little: value.",
    "all": "Every one of them: 100 per cent, and 99.6 is not all.",
    "total-at-least": "What figures add up to, from one period to the due date: value and from.",
    "yearly-growth": "Growth by a percentage every year, on top of the year before: percent.",
    "increase": "More than the baseline, by however little.",
    "reduce": "Less than the baseline, by however little.",
    "none": "Nothing is promised: the indicator is there for context.",
    "linear": "A straight line: as much every year.",
    "geometric": "Compound growth: the same percentage every year.",
    # what a grade says about the work
    "done": "It is done.",
    "on-course": "It goes as promised, and is not done yet.",
    "off-course": "It is late, or does not go as promised.",
    "missed": "It was not done, and its time has passed.",
    "not-started": "Nobody has begun.",
    "paused": "It is on hold.",
    "proposed": "It is an idea that nobody has promised yet.",
    # figures made of others
    "difference": "The first less the second.",
    "sum": "All of them together.",
    "share": "The first in per cent of the second.",
    # the house rule
    "path": "The value expected at the figure's time.",
    "target": "The target's value.",
    "per-cent": "In per cent of the value.",
    "points": "In the unit of the indicator, such as percentage points.",
    # who does what
    "accountable": "It answers for the plan.",
    "reviews": "It looks at how the plan goes.",
    "delivers": "It does the work.",
    "consulted": "It is asked.",
    # how an action ended
    "withdrawn": "It was given up.",
    "superseded": "Another action took its place.",
    "merged": "It became a part of another action.",
    # answers to a recommendation
    "accepted": "It will be done.",
    "partly-accepted": "A part of it will be done.",
    "not-accepted": "It will not be done.",
    "awaited": "No answer is known.",
}
"""A word means the same wherever it may stand."""
