"""The error gallery: every problem there is, as it is printed, from the example on its own page.

`src/diplan/problems/problems.md` shows a wrong and a right version of a file for every code. Put
over the small plan in `errors/base`, the wrong one must give that problem and no other, printed as
in `errors/CODE.txt`, and the right one none at all.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from diplan.files.checked import Earlier, problems_of
from diplan.files.workspace import LARGEST_FILE, Workspace
from diplan.files.yaml.plain import MOST_ENTRIES
from diplan.ground.period import period
from diplan.plan.plan import FILES
from diplan.problems import CODES, Page, Problem, Severity, pages
from diplan.render.problems import as_text

ERRORS = Path(__file__).parents[1] / "errors"
AS_OF = period("2018")


def no_cover_sheet(root: Path, page: Page) -> None:
    """Take the cover sheet away."""
    (root / page.file).unlink()


def folder_for_a_file(root: Path, page: Page) -> None:
    """Put a folder where a file has to be."""
    (root / page.file).unlink()
    (root / page.file).mkdir()


def too_many_bytes(root: Path, page: Page) -> None:
    """Write one byte more than a file may have."""
    text = page.side("+").encode()
    (root / page.file).write_bytes(text.ljust(LARGEST_FILE + 1, b"\n"))


def old_encoding(root: Path, page: Page) -> None:
    """Save the right text as older Windows programs do."""
    (root / page.file).write_text(page.side("+"), encoding="cp1252", newline="\n")


def slip_in_the_name(root: Path, page: Page) -> None:
    """Save the file under a name that nothing reads."""
    (root / page.file).rename(root / "data" / "action.yaml")


def one_item_more(root: Path, page: Page) -> None:
    """Write a list with one item more than a list may have."""
    path = root / page.file
    path.parent.mkdir()
    path.write_text("indicators:\n" + "- again\n" * (MOST_ENTRIES + 1), encoding="utf-8")


def nothing_to_date_it_by(root: Path, page: Page) -> None:
    """The example in a plan that gives no date at all, for itself or for its source."""
    put(root, page, "-")
    path = root / "data" / "plan.yaml"
    cover = path.read_text(encoding="utf-8")
    path.write_text(
        cover.replace("  from: 2016-04\n", "").replace(", published: 2018", ""), encoding="utf-8"
    )


BUILDERS: dict[str, Callable[[Path, Page], None]] = {
    "missing-file": no_cover_sheet,
    "unreadable-file": folder_for_a_file,
    "too-large": too_many_bytes,
    "not-utf-8": old_encoding,
    "unknown-file": slip_in_the_name,
    "too-many-items": one_item_more,
    "baseline-without-period": nothing_to_date_it_by,
}
"""How to make what the text of an example cannot show; every other example is run as printed."""


LEDGER = (
    "unrecorded-change", "revision-mismatch", "deleted-history", "backdated-revision",
    "quiet-change",
)  # fmt: skip
"""Problems that show only beside an earlier state, which here is the small plan itself."""


ADVICE = [code for code, severity in CODES.items() if severity is Severity.ADVICE]
"""What is said only when it is asked for; the small plan deserves some of it itself."""


UNREADABLE = "earlier-unreadable"


BACKDATED_TO = "2018-12-01"
"""When the earlier state of the example of a backdated entry was committed."""


def found(root: Path, code: str = "") -> list[Problem]:
    """Every problem of a workspace, as `diplan check --as-of 2018` finds them inside it."""
    day = period(BACKDATED_TO if code == "backdated-revision" else "2018-01-01")
    earlier = Earlier(Workspace(ERRORS / "base", "main:"), day) if code in LEDGER else None
    if code == UNREADABLE:  # the example is the earlier state of a plan that is in order now
        earlier, root = Earlier(Workspace(root, "main:"), day), root.with_name("now")
        shutil.copytree(earlier.home.root, root)
        indicators = pages()[code].side("+")
        (root / "data" / "indicators.yaml").write_text(indicators, encoding="utf-8")
    advised = code in ADVICE
    problems, _ = problems_of(Workspace(root), AS_OF, earlier, advised=advised)
    return [one for one in problems if not advised or one.code == code]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the small plan that the examples are put over."""
    return Path(shutil.copytree(ERRORS / "base", tmp_path / "plan"))


def put(root: Path, page: Page, sign: str) -> None:
    """Put one side of a page's example over the plan."""
    path = root / page.file
    path.parent.mkdir(exist_ok=True)
    path.write_text(page.side(sign), encoding="utf-8", newline="\n")


def test_base_is_in_order(root: Path) -> None:
    """The plan that all examples are put over has no problem of its own."""
    assert as_text(found(root)) == ""


@pytest.mark.parametrize("code", CODES)
def test_wrong(code: str, root: Path, golden: Callable[[Path, str], None]) -> None:
    """The wrong version of a page's example gives this problem alone, printed as it is known."""
    page = pages()[code]
    if build := BUILDERS.get(code):
        build(root, page)
    else:
        put(root, page, "-")
    problems = found(root, code)
    assert {problem.code for problem in problems} == {code}, as_text(problems)
    golden(ERRORS / f"{code}.txt", as_text(problems))


@pytest.mark.parametrize("code", CODES)
def test_right(code: str, root: Path) -> None:
    """The right version of a page's example has no problem at all."""
    put(root, pages()[code], "+")
    assert as_text(found(root, code)) == ""


def test_pages_are_complete() -> None:
    """Every code has a page and every page a code, in the same order."""
    assert list(pages()) == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_page(code: str) -> None:
    """A page says something, and shows a data file whose two versions differ."""
    page = pages()[code]
    assert page.text
    assert "```" not in page.text
    folder, stem = Path(page.file).parts[:2]
    assert folder == "data"
    assert stem.partition(".")[0] in FILES
    assert all(line[:1] in {"", " ", "-", "+"} for line in page.example.splitlines())
    assert page.side("+").strip()
    assert page.side("-").strip()
    assert page.side("-") != page.side("+")


def test_no_golden_file_is_left_over() -> None:
    """Every golden file is that of a code."""
    assert {path.stem for path in ERRORS.glob("*.txt")} == set(CODES)
