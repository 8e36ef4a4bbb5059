"""diplan for programs: a plan as it is or was, judged at a moment, compared, and published.

A program needs nothing else of the package, and only what is here is covered by the version's
promise. Nothing here prints, exits, or reads the clock: every moment is given as people write
one (`2019/20`, `2020-03`, `31 March 2020`, `Q1 2020/21`), and means its end.

Records are dictionaries with the keys of the commands' JSON, under the same versioned schemas: a
field never changes its meaning within a version, and fields may be added. A figure that is
missing is None, and never 0. Every error is a `DiplanError`, and its `hint` says what to do.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from diplan.exchange.export import tables_of
from diplan.exchange.export.parquet import arrow_batch, see_that_pyarrow_is_there
from diplan.exchange.export.tables import ExportTable, ExportValue
from diplan.files.checked import problems_of
from diplan.files.history import GitRepository
from diplan.files.journal import before_interrupted_edit
from diplan.files.load import Loaded, load
from diplan.files.workspace import Workspace, workspace_at
from diplan.files.workspace.regular import see_that_outside
from diplan.ground.errors import DiplanError
from diplan.ground.lookup import one_of, unknown
from diplan.ground.naming import named_period, named_year
from diplan.ground.period import Period
from diplan.judge import Assessment, assess
from diplan.judge.diff import changes_of
from diplan.plan import Plan
from diplan.problems import Problem
from diplan.render.problems import counted, records
from diplan.render.publishing import ENDINGS, PaperOrder, publish
from diplan.report import data
from diplan.report.actions import action
from diplan.report.diff import changes as changed
from diplan.report.indicator import record
from diplan.report.papers import REPORTS
from diplan.report.papers.ordering import (
    case_of,
    see_that_it_can_be_made,
    year_of,
    years_until,
)

__all__ = [
    "DiplanError",
    "JudgedPlan",
    "OpenPlan",
    "PaperForm",
    "PlanProblemsError",
    "PlanRecord",
    "PublishedSite",
    "SitePart",
    "TableRow",
    "TableRows",
    "changes",
    "open_plan",
]

PlanRecord = dict[str, Any]
"""What is said of something, with the keys of the JSON that the commands print."""

TableRow = Mapping[str, str | int | float | bool | date | list[str] | None]
"""A row of a table: a value for each column, None where it is not known."""

PaperForm = Literal["markdown", "html", "docx", "pdf"]
"""What a paper can be. `docx` and `pdf` need the extra `documents`."""

SitePart = Literal["search", "pdf", "docx"]
"""What a site can have beside its pages. They need the extras `search` and `documents`."""


class PlanProblemsError(DiplanError):
    """Part of a plan's data cannot be read, so nothing can be said of the whole.

    Attributes:
        problems: The errors, as records of `diplan check --format json`.
    """

    def __init__(self, errors: Sequence[Problem]) -> None:
        super().__init__(
            f"part of the data cannot be read ({counted(errors)})",
            "`problems` has each with its file, line and column; `diplan check` shows them",
        )
        self.problems: list[PlanRecord] = records(errors)


class PublishedSite(NamedTuple):
    """What became of a site's folder.

    Attributes:
        changed: How many files are new or have other bytes.
        same: How many stayed as they were.
        gone: How many the site no longer has.
        remarks: What a reader should know of it, such as what a shallow clone lacks.
    """

    changed: int
    same: int
    gone: int
    remarks: tuple[str, ...]


class TableRows:
    """A table: its rows, and the same in Arrow's form.

    `for row in table`, `len(table)` and `table[0]` give the rows, and `pandas.DataFrame(table)`
    takes them. Polars (`polars.DataFrame(table)`) and DuckDB (`FROM table` in a query, where
    `table` is the variable's name) take Arrow's form, in which columns keep their types even
    where there is no row; it needs the extra `parquet`.

    Attributes:
        name: The table's name, as in `diplan export`.
        columns: The names of its columns with their kinds: `text`, `url`, `list`, `number`,
            `whole`, `flag` or `date`.
    """

    def __init__(self, table: ExportTable) -> None:
        self.name = table.name
        self.columns = {column.name: str(column.kind) for column in table.columns}
        self._table = table
        self._rows: list[TableRow] = [
            {name: _plain(value) for name, value in row.items()} for row in table.rows
        ]

    def __iter__(self) -> Iterator[TableRow]:
        """The rows, in the order of the files."""
        return iter(self._rows)

    def __getitem__(self, index: int) -> TableRow:
        """A row by its number."""
        return self._rows[index]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as a stream of Arrow's C interface, for programs that read one.

        Raises:
            DiplanError: pyarrow is not installed.
        """
        see_that_pyarrow_is_there()
        import pyarrow as pa

        made = pa.Table.from_batches([arrow_batch(self._table.columns, self._table.rows)])
        return cast("object", made.__arrow_c_stream__(requested_schema))


def _plain(value: ExportValue) -> str | int | float | bool | date | list[str] | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if value is None or isinstance(value, str | int | date) else list(value)


class JudgedPlan:
    """How a plan stands at a moment: what `OpenPlan.assess` gives.

    Attributes:
        as_of: The moment, in diplan's own form: `2019/20`, `2020-03`, `2020-03-31`.
    """

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self.as_of: str = assessment.as_of.text

    def status(self) -> PlanRecord:
        """How everything stands: the record of `diplan status --format json`.

        Returns:
            `schema`, `plan`, `as_of`, `summary`, and the lists `indicators`, `actions` and
            `priorities` in the order of the files.
        """
        return data.status(self._assessment)

    @property
    def verdicts(self) -> list[PlanRecord]:
        """How each indicator stands: `id`, `status`, `value`, `expected` and so on."""
        return cast("list[PlanRecord]", self.status()["indicators"])

    @property
    def standings(self) -> list[PlanRecord]:
        """How each action stands: `id`, `grade`, `due`, `overdue` and so on."""
        return cast("list[PlanRecord]", self.status()["actions"])

    def show(self, name: str) -> PlanRecord:
        """All there is on an indicator or an action: the record of `diplan show --format json`.

        Args:
            name: Its id.

        Raises:
            DiplanError: nothing has this id; the hint names a close one.
        """
        plan = self._assessment.plan
        if name in plan.indicator:
            return record(self._assessment, name)
        if name in plan.action:
            return dict(action(self._assessment, name).data())
        raise unknown("indicator or action", name, (*plan.indicators, *plan.actions))


class OpenPlan:
    """A plan as its files have it, or as a revision of git had it: what `open_plan` gives.

    Attributes:
        folder: The folder that holds the folder `data`.
        revision: The revision, as it was named; None for the files as they are.
        remarks: What a reader should know, such as an edit that was cut short.
    """

    def __init__(
        self, workspace: Workspace, loaded: Loaded, revision: str | None, remarks: Sequence[str]
    ) -> None:
        self._workspace, self._loaded = workspace, loaded
        self.folder: Path = workspace.root
        self.revision = revision
        self.remarks = tuple(remarks)

    @property
    def id(self) -> str:
        """The plan's id."""
        return self._plan.cover.id

    @property
    def title(self) -> str:
        """The plan's title."""
        return self._plan.cover.title

    def problems(self, as_of: str, *, advice: bool = False) -> list[PlanRecord]:
        """Every problem of the data: the records of `diplan check --format json`.

        Args:
            as_of: The moment at which lateness is judged.
            advice: Whether to say also what makes the plan hard to hold to account.

        Returns:
            For each problem `code`, `severity` (`error`, `warning` or `advice`), `message`,
            `hint`, `file` (named as the folder was), `line`, `column`, `end_line`, `end_column`
            and `path`.
        """
        cover = self._loaded.plan.cover if self._loaded.plan else None
        when = named_period("as_of", as_of, cover.years if cover else "financial")
        return records(problems_of(self._workspace, when, advised=advice).problems)

    def assess(self, as_of: str) -> JudgedPlan:
        """Judge every indicator and action as of the end of a period.

        Raises:
            PlanProblemsError: part of the data cannot be read.
            DiplanError: *as_of* is no period.
        """
        return JudgedPlan(self._assessed(as_of))

    def years(self, until: str) -> list[str]:
        """The years of the plan that have ended by a moment, the first one first.

        Returns:
            Periods as `assess` and `tables` take them; none where the plan does not say when it
            begins.
        """
        return [year.text for year in years_until(self._plan.cover, self._moment(until))]

    def tables(self, *as_of: str) -> dict[str, TableRows]:
        """Every table of the plan, by its name: those of `diplan export`.

        Args:
            as_of: The moments of the verdicts, in any order; `changes` has a row for what changed
                from each to the next.

        Returns:
            `indicators`, `observations`, `actions` and so on, and `verdicts`,
            `milestone_verdicts`, `standings` and `changes`.

        Raises:
            PlanProblemsError: part of the data cannot be read.
            DiplanError: a moment is no period.
        """
        moments = {period.end: period for period in map(self._moment, as_of)}
        made = tables_of(self._plan, [assess(self._plan, moments[end]) for end in sorted(moments)])
        return {table.name: TableRows(table) for table in made}

    def paper(
        self,
        name: str,
        *,
        as_of: str | None = None,
        year: str | None = None,
        about: str | None = None,
        form: PaperForm = "markdown",
        templates: str | Path | None = None,
    ) -> bytes:
        """A paper, as `diplan report` makes it.

        Args:
            name: Which paper: `action-plan`, `committee`, `progress`, `scrutiny`, `inclusion`,
                `places`, `page-plan`, `review` or `service`.
            as_of: The moment that it tells of. One of this and *year* is needed.
            year: The year of the plan that it tells of, as of its end.
            about: The id of the service, for `service`.
            form: The format. Markdown comes without pictures.
            templates: A folder of templates to use before those of the plan and diplan's own.

        Raises:
            PlanProblemsError: part of the data cannot be read.
            DiplanError: it cannot be made; the message says why.
        """
        plan = self._plan
        see_that_it_can_be_made(plan, name, about)
        one_of("format", form, ENDINGS)
        now, of = self._moment_and_year(as_of, year)
        case = case_of(self._loaded.narrative, assess(plan, now), of, name, about or "")
        folders = [*([Path(templates).resolve()] if templates else []), self.folder / "templates"]
        order = PaperOrder(
            name, form, folders, "", plan.cover.licence or "", plan.cover.organisation or ""
        )
        return publish(REPORTS[name].build(case), order).paper

    def site(
        self,
        output: str | Path,
        *,
        as_of: str | None = None,
        year: str | None = None,
        base_url: str = "",
        earlier_years: int | None = None,
        parts: Sequence[SitePart] = (),
        templates: str | Path | None = None,
    ) -> PublishedSite:
        """Make a website, as `diplan site` does; the old one stays whole until it is made.

        Args:
            output: The folder to write into: new, empty, or a site that diplan made.
            as_of: The moment that it tells of. One of this and *year* is needed.
            year: The year of the plan that it tells of, as of its end.
            base_url: The address that it is published at, for the sitemap and canonical links.
            earlier_years: How many of the years that have ended have pages of their own; all if
                it is None.
            parts: What it has beside its pages.
            templates: A folder of templates to use before those of the plan and diplan's own.

        Raises:
            PlanProblemsError: part of the data cannot be read.
            DiplanError: the folder is somebody else's, or something cannot be made.
        """
        from diplan.site.build import site_files
        from diplan.site.extras import chosen
        from diplan.site.layout import SiteLayout
        from diplan.site.making import SHALLOW, SiteOrder, history_of, made_from
        from diplan.site.search import index_files
        from diplan.site.writing import no_files, write_site

        see_that_outside(Path(output), self.folder)
        now, of = self._moment_and_year(as_of, year)
        repository = history_of(self._workspace)
        order = SiteOrder(base_url, earlier_years, chosen(parts))
        made = made_from(self._loaded, now, of if year else None, repository, order)
        folders = [Path(templates).resolve()] if templates else []
        layout = SiteLayout(made, [*folders, self.folder / "templates"])
        more = index_files if made.search else no_files
        written = write_site(Path(output), site_files(made, layout), more=more)
        shallow = repository is not None and repository.is_shallow
        return PublishedSite(*written, remarks=(SHALLOW,) if shallow else ())

    @property
    def _plan(self) -> Plan:
        if self._loaded.plan is None or self._loaded.errors:
            raise PlanProblemsError(self._loaded.errors)
        return self._loaded.plan

    def _moment(self, written: str) -> Period:
        return named_period("as_of", written, self._plan.cover.years)

    def _assessed(self, as_of: str) -> Assessment:
        return assess(self._plan, self._moment(as_of))

    def _moment_and_year(self, as_of: str | None, year: str | None) -> tuple[Period, Period]:
        """The moment that something tells of, and the year of the plan that it is in."""
        if (as_of is None) == (year is None):
            raise DiplanError("one of as_of and year is needed", "give one of them, and not both")
        cover = self._plan.cover
        if year is not None:
            named = named_year("year", year, cover.years, cover.from_, cover.to)
            return named, named
        now = self._moment(as_of or "")
        return now, year_of(cover, now)


def open_plan(folder: str | Path, revision: str | None = None) -> OpenPlan:
    """Open the plan in a folder, as its files have it or as git had it.

    A plan with errors can be opened, so that its problems can be asked for; whatever needs the
    whole of it then raises a `PlanProblemsError`.

    Args:
        folder: The folder that holds the folder `data`.
        revision: A branch, tag or commit of the git repository that the folder is in.

    Raises:
        DiplanError: there is no plan in the folder, no such revision, or no repository that may
            be trusted.
    """
    workspace, said = before_interrupted_edit(workspace_at(Path(folder)))
    if revision is not None:
        workspace = GitRepository(workspace).at(revision)
    return OpenPlan(workspace, load(workspace), revision, [said] if said else [])


def changes(before: JudgedPlan, after: JudgedPlan) -> PlanRecord:
    """What changed between two states of a plan, and why: the record of `diplan diff`.

    The states may be two moments of one plan, two revisions, or both.

    Returns:
        `schema`, `from`, `to`, `summary`, and the lists `indicators` (each with `change`,
        `from_status`, `to_status` and its `causes` in the order of replaying them), `actions` and
        `priorities`.
    """
    made = changes_of(before._assessment, after._assessment)
    return dict(changed(made, (before.as_of, after.as_of)).data())
