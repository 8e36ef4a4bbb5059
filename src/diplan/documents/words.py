"""The words of column headings: what a table is about, and what each of its columns holds."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

KINDS = ("actions", "indicators", "places")
"""What a table can be taken for, in the order of preference where it could be several."""


class Role(NamedTuple):
    """What a column can hold: the words that are all of its heading, or that stand in it."""

    whole: str
    within: str = ""
    many: bool = False
    """Whether several columns can hold it."""


_LEAD = Role(
    r"(lead|led by|owners?|who|by whom|responsible|responsibility|"
    r"responsib\w+ (officer|service|team|body|person|for delivery)|"
    r"departments?|teams?|officers?|services?|actors?|directorates?|"
    r"organisations?|organizations?|accountable|service areas?)(?: \(?s\)?)?",
    r"\b(lead|leads|led by|owners?|owned by|responsib\w+|accountab\w+|service areas?|by whom)\b",
    many=True,
)
_REF = Role(
    r"((action|kpi|indicator|pi|measure|item|row|site|venue|objective|task|priority)s? )?"
    r"(ref|refs|reference|no|nr|number|id|code)( no| number)?|#|№",
)
_NOTES = Role(r"(notes?|remarks?|further information|more information)", many=True)
_DUE = (
    r"\b(time ?scales?|time ?frames?|time ?lines?|deadlines?|due|by when|target dates?|"
    r"complet\w+ dates?|end dates?|delivery dates?|complet\w+ by|when|timings?|date for completion|"
    r"milestone dates?|finish)\b"
)

ACTIONS: dict[str, Role] = {
    "ref": _REF,
    "start": Role(
        r"(start|start date|commence\w*( date)?|from|begin\w*( date)?|date started)",
        r"\b(start|commence\w*|begin\w*|from)( date)?$",
    ),
    "due": Role(r"(date|dates|year|target completion|finish|end)", _DUE),
    "dated": Role(
        r"(date )?(last )?(updated|reviewed|status date|update date|date of (last )?update|"
        r"date of status|last update)( on)?|status as at|date (last )?updated"
    ),
    "evidence": Role(
        r"(progress|updates?|comments?|commentary|position|evidence|narrative|latest)",
        r"\b(progress|updates?|comment(s|ary)?|latest position|current position|"
        r"evidence of progress|achievements?|narrative|to date)\b",
        many=True,
    ),
    "grade": Role(
        r"(status|grade|rating|state|b ?rag|stage|b ?rag (status|rating)|"
        r"progress (status|rating|grade)|action status|assessment of progress)",
        r"\b(b?rag|b r a g|r a g|status|rating|assessment of progress)\b",
    ),
    "planned": Role(
        r"(budgets?|costs?|estimated costs?|total costs?|planned (budget|cost|spend)|funding|"
        r"investment|price|value)",
        r"\b(budget|costs?)\b",
    ),
    "spent": Role(r"(spent|spend|spend to date|actual (cost|spend)|expenditure)"),
    "funder": Role(r"(funders?|funding source|source of funding|funded by|funding stream)"),
    "success_measure": Role(
        r"(measures?|kpis?|outputs?|targets?|success|metrics?|indicators?|performance measures?|"
        r"success measures?|performance indicators?|how measured|evidence of success)",
        r"\b(success|how (we|will we|will|do we|it)\b.*\b(know|measured?)|measures?|kpis?|"
        r"what success|outputs?|performance indicators?|targets?)\b",
    ),
    "next_steps": Role(
        r"(next steps?|steps|actions outstanding|next actions?)", r"\bnext steps?\b"
    ),
    "risks": Role(r"(risks?|risks? and issues|issues|barriers)", r"\brisks?\b"),
    "delivers": Role(
        r"(partners?|supporting|supported by|support|delivery|delivered by|delivers)",
        r"\b(partners?|supporting|supported by|delivered by|stakeholders)\b",
        many=True,
    ),
    "lead": _LEAD,
    "benefits": Role(r"((business |key )?benefits?)", r"\bbenefits?\b"),
    "outcome": Role(r"((expected |intended |key |desired )?outcomes?|impacts?)", r"\boutcomes?\b"),
    "objective": Role(
        r"((strategic |key |specific )?objectives?|aims?|goals?|sub objectives?)",
        r"\b(objectives?|aims?|goals?)\b",
    ),
    "heading": Role(
        r"((strategic |strategy |key |corporate |plan )?(priority|priorities|themes?|strands?|"
        r"pillars?|work ?streams?|missions?|categor(y|ies)|sections?|headings?|commitment areas?)"
        r"( areas?)?|(focus|key|action|policy) areas?|"
        r"recommendations?|areas?|areas? of focus|types?)",
        r"\b(priorit(y|ies)|themes?|strands?|pillars?|workstreams?|recommendations?)\b",
    ),
    "title": Role(
        r"((key |agreed |specific |planned |proposed |recommended |main |action )?"
        r"(actions?|activit(y|ies)|tasks?|commitments?|deliverables?|projects?|initiatives?|"
        r"interventions?|programmes?|steps)( to be taken| required| required| points?| plan)?|"
        r"what|what we will do|what will we do|we will|title|action description|"
        r"what (are|do) we (going to|plan to) do|how|how we will do it|milestones?|"
        r"actions? and activities|actions?/activities)",
        r"\b(actions?|activit(y|ies)|tasks?|deliverables?|initiatives?|we will|projects?)\b",
    ),
    "note": _NOTES,
}  # fmt: skip

INDICATORS: dict[str, Role] = {
    "ref": _REF,
    "unit": Role(r"(units?|unit of measure(ment)?|measured in|units? of measure|format)"),
    "frequency": Role(
        r"((reporting |collection |update )?frequency|how often|reported|reporting)",
        r"\bfrequency\b",
    ),
    "polarity": Role(
        r"(polarity|good is|direction|desired direction|direction of improvement|aim to|"
        r"good performance( is)?|better is|high or low is good|what is good)",
        r"\b(polarity|good performance is|desired direction)\b",
    ),
    "collected_from": Role(
        r"((data )?sources?|collected from|sources? of (data|information)|evidence base|"
        r"data (collection|set)|how (is it )?measured|method)",
        r"\b(data sources?|sources?|collected from)\b",
    ),
    "due": Role(r"(target dates?|by when|deadline|due|due date|target year|date due)"),
    "baseline": Role(
        r"(base ?lines?|starting (point|position)|where we are now)", r"\bbase ?lines?\b"
    ),
    "target": Role(
        r"(targets?|goals?|ambitions?|aims?|where we want to be)",
        r"\b(targets?|goals?|ambitions?|trajectory)\b",
    ),
    "heading": Role(
        r"((strategic |strategy |key |corporate )?(priority|priorities|themes?|strands?|pillars?|"
        r"work ?streams?|missions?|categor(y|ies)|sections?|headings?)( areas?)?|"
        r"(focus|key|policy) areas?)",
        r"\b(priorit(y|ies)|themes?|strands?|pillars?)\b",
    ),
    "lead": _LEAD,
    "period": Role(r"(period|year|date|quarter|month|reporting period|financial year|time)"),
    "value": Role(
        r"(values?|actuals?|results?|out ?turns?|figures?|performance|"
        r"current( (performance|position|value|figure|level))?|"
        r"latest( (performance|position|value|figure|data|result))?)",
        r"\b(actuals?|out ?turns?|latest|current)\b",
    ),
    "title": Role(
        r"((key |performance |success |outcome |proposed |headline )*"
        r"(indicators?|measures?|kpis?|metrics?|pis?)( name| description| title)?|"
        r"what (we|will we|do we) (will )?measure|measures? of success|description|title|name)",
        r"\b(indicators?|measures?|kpis?|metrics?)\b",
    ),
    "note": Role(r"(notes?|remarks?|comments?|commentary|definition)", many=True),
}  # fmt: skip

PLACES: dict[str, Role] = {
    "ref": _REF,
    "type": Role(r"(types?|kind|category|type of (venue|place|site))"),
    "organisation": Role(r"(organisations?|providers?|run by|operator|owner|managed by|host)"),
    "address_1": Role(r"((street )?address( line)?( 1)?|street)", r"\baddress\b"),
    "city": Role(r"(city|town|town/city|town or city|locality)"),
    "postal_code": Role(r"(post ?code|postal code|post code|zip( code)?)", r"\bpost ?code\b"),
    "quick_use_computers": Role(r"(quick use( computers| pcs)?)", r"\bquick use\b"),
    "suite_computers": Role(
        r"(suite computers|(ict|computer|it) suites?( pcs)?|suite pcs)", r"\bsuite\b"
    ),
    "laptops": Role(
        r"(laptops?|laptops? (for loan|available)|number of laptops|no of laptops)", r"\blaptops?\b"
    ),
    "public_computers": Role(
        r"((public |general use )?(computers?|pcs?|pc s)|(number|no) of (public )?(computers|pcs)|"
        r"(public )?(access )?(computers|pcs)( available)?|terminals)",
        r"\b(computers|pcs)\b",
    ),
    "wifi": Role(r"((free |public )?(wi ?fi)( available| access)?)", r"\bwi ?fi\b"),
    "staff_support": Role(
        r"(staff (support|help)|support|help|support available|digital support|help available|"
        r"volunteers?|assistance)",
        r"\b(staff support|support available|help available)\b",
    ),
    "booking": Role(r"(booking( required| needed)?|book|need to book|bookable)", r"\bbook(ing)?\b"),
    "opening_hours": Role(
        r"(open|opening|hours|times|days open)", r"\b(opening|open) (hours|times|days)\b"
    ),
    "accessibility": Role(r"(accessib\w+|access|disabled access|accessible\?)", r"\baccessib\w+\b"),
    "latitude": Role(r"(lat|latitude)"),
    "longitude": Role(r"(long|lon|lng|longitude)"),
    "url": Role(r"(url|web ?sites?|web|web ?page|link|web address)", r"\b(website|web page)\b"),
    "name": Role(
        r"((name of )?(venues?|places?|locations?|sites?|librar(y|ies)|cent(re|er)s?|buildings?|"
        r"hubs?|digital hubs?|facilit(y|ies))( name)?|name|where|library/venue)",
        r"\b(venue|location|library|site|centre|hub)\b",
    ),
    "notes": _NOTES,
}  # fmt: skip

ROLES: Mapping[str, Mapping[str, Role]] = {
    "actions": ACTIONS, "indicators": INDICATORS, "places": PLACES,
}  # fmt: skip
"""What the columns of each kind of table can hold; the first that fits is taken."""

TITLE = {"actions": "title", "indicators": "title", "places": "name"}
"""The column that a table of each kind cannot do without."""

TELLING: Mapping[str, frozenset[str]] = {
    "actions": frozenset({"lead", "due", "grade", "start", "evidence", "success_measure",
                          "objective", "outcome", "next_steps", "delivers"}),
    "indicators": frozenset({"baseline", "target", "value", "series", "unit", "collected_from",
                             "frequency"}),
    "places": frozenset({"address_1", "postal_code", "public_computers", "wifi", "opening_hours",
                         "laptops", "suite_computers", "quick_use_computers", "latitude"}),
}  # fmt: skip
"""Columns of which one has to stand beside the title, so that a table is of that kind."""

SURE = {
    "actions": r"\b(actions?|activit(y|ies)|tasks?|we will)\b",
    "indicators": r"\b(indicators?|kpis?|metrics?|measures?)\b",
    "places": r"\b(venues?|places?|librar(y|ies)|sites?|locations?|hubs?|cent(re|er)s?)\b",
}
"""Words in the title's heading that speak for a kind."""


GOING_ON = r"\b(current|existing) (activit|provision|service|support|work)"
"""Words in a heading of what is done already, which is no promise."""

SHOWN = {
    "": "kept as a note", "a note": "kept as a note", "title": "title", "name": "title",
    "ref": "the document's number", "due": "by when", "start": "from when", "lead": "who leads",
    "delivers": "partners",
    "benefits": "benefits of the outcome", "grade": "how it stands", "evidence": "progress",
    "dated": "when it stood so",
    "success_measure": "what shows success", "next_steps": "next steps", "planned": "budget",
    "spent": "money spent", "funder": "who pays", "heading": "heading of the plan",
    "collected_from": "where figures are from", "polarity": "which way is better",
    "period": "the figure's time", "value": "the figure", "series": "figures",
    "address_1": "address", "postal_code": "postcode", "public_computers": "computers",
    "quick_use_computers": "computers for short visits", "suite_computers": "computers in suites",
    "staff_support": "help from staff", "opening_hours": "opening hours", "url": "web page",
}  # fmt: skip
"""What columns hold, in words."""


def shown(role: str, period: str) -> str:
    """What a column holds, in words, with its period."""
    words = SHOWN.get(role, role)
    return f"{words} for {period}" if period and role else words


def plain(header: str) -> str:
    """A heading in small letters, without signs and brackets."""
    said = re.sub(r"[’'`]s\b", "s", header.lower()).replace("&", " and ")
    said = re.sub(r"\(s\)", "s", said)
    return " ".join(re.sub(r"[^\w#№£%]+", " ", said).split())


STRONGEST = {
    "actions": r"\bactions?\b",
    "indicators": r"\b(indicators?|kpis?)\b",
    "places": r"\b(name|venue)\b",
}
"""Words by which one of several headings is that of the title."""


@lru_cache(maxsize=1024)
def role_of(kind: str, header: str) -> tuple[str, bool]:
    """What a column holds, by its heading, and whether the heading says nothing else."""
    said = plain(header)
    if not said or len(said) > 120 or (kind == "actions" and re.search(GOING_ON, said)):
        return "", False
    roles = ROLES[kind]
    for name, role in roles.items():
        if re.fullmatch(role.whole, said):
            return name, True
    for name, role in roles.items():
        if role.within and re.search(role.within, said):
            return name, False
    return "", False
