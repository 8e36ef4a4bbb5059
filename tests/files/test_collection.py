"""The plans that arguments name: folders, folders of plans, and lists."""

from pathlib import Path

import pytest

from diplan.files import collection
from diplan.files.collection import (
    BadListError,
    TooManyPlansError,
    is_one_plan,
    plan_folders,
)
from diplan.files.groups import BadGroupsError, read_groups
from diplan.files.spool import Spool
from diplan.ground.errors import NoWorkspaceError


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with two plans, a folder that is none, and a hidden plan."""
    for name in ("second", "first", ".hidden"):
        (tmp_path / "plans" / name / "data").mkdir(parents=True)
        (tmp_path / "plans" / name / "data" / "indicators.yaml").touch()
    (tmp_path / "plans" / "empty").mkdir()
    return tmp_path / "plans"


def listing(plans: Path, text: str) -> Path:
    """A list beside the folder."""
    path = plans.parent / "plans.txt"
    path.write_bytes(text.encode())
    return path


def test_a_folder_stands_for_the_plans_in_it(plans: Path) -> None:
    """In the order of their names, without what is hidden."""
    assert plan_folders([plans]) == [plans / "first", plans / "second"]
    assert not is_one_plan([plans])
    assert is_one_plan([plans / "first"])


def test_a_list_names_folders(plans: Path) -> None:
    """Relative to its own place, with remarks, in any order, with plans that are not there."""
    path = listing(plans, "\ufeff# mine\r\nplans/second\r\n\r\n  plans  \r\ngone\r\n")
    assert plan_folders([path]) == [plans / "second", plans / "first", plans.parent / "gone"]


def test_a_plan_is_taken_once(plans: Path) -> None:
    """However often and however it is named."""
    other = plans / ".." / "plans" / "first"
    assert plan_folders([plans / "first", plans, other]) == [plans / "first", plans / "second"]


def test_a_link_to_elsewhere_is_not_followed(plans: Path, tmp_path: Path) -> None:
    """A folder of plans cannot bring in a plan that lies somewhere else."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "private").symlink_to(plans / "first")
    (tmp_path / "public" / "round").symlink_to(tmp_path / "public")
    with pytest.raises(NoWorkspaceError):
        plan_folders([tmp_path / "public"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plans.txt", '"plans.txt" is a file'),
        ("plans/first/data/indicators.yaml", "is a file"),
        ("a\x1b[2J", "characters that no folder"),
        ("x" * collection.LARGEST_LIST + "\n\n", "too large"),
    ],
    ids=["itself", "a file", "an escape", "too long"],
)
def test_what_is_no_list_is_refused(text: str, said: str, plans: Path) -> None:
    """A list that names itself, a file, a control character, or is too long is not read."""
    with pytest.raises(BadListError, match=said):
        plan_folders([listing(plans, text)])


def test_a_list_is_utf_8(plans: Path) -> None:
    """Other bytes are refused."""
    path = listing(plans, "")
    path.write_bytes(b"caf\xe9")
    with pytest.raises(BadListError, match="UTF-8"):
        plan_folders([path])


def test_a_list_of_nothing_has_no_plan(plans: Path) -> None:
    """As a folder without plans."""
    for path in (listing(plans, "# none\n"), plans / "empty"):
        with pytest.raises(NoWorkspaceError):
            plan_folders([path])


def test_there_is_a_bound(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More plans than anybody has are refused."""
    monkeypatch.setattr(collection, "MOST_PLANS", 1)
    with pytest.raises(TooManyPlansError):
        plan_folders([plans])


# ---- groups


def groups(tmp_path: Path, text: str) -> dict[str, list[str]]:
    """What a file of groups says."""
    path = tmp_path / "groups.yaml"
    path.write_text(text, encoding="utf-8")
    return read_groups(path)


def test_groups_are_lists_by_name(tmp_path: Path) -> None:
    """Of areas, or of ids of plans."""
    text = "coastal: [E06000009, E07000061]\nours:\n  - norwich\n"
    assert groups(tmp_path, text) == {"coastal": ["E06000009", "E07000061"], "ours": ["norwich"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "no names with lists"),
        ("", "no names with lists"),
        ("a: b", '"a" is not a list'),
        ("a: [{b: c}]", '"a" is not a list'),
        ("a: [b", "line 1"),
        ("a: &x [b]\nc: *x", "line 1"),
    ],
)
def test_bad_groups_are_explained(text: str, said: str, tmp_path: Path) -> None:
    """With the line, where it is no YAML."""
    with pytest.raises(BadGroupsError, match=said):
        groups(tmp_path, text)


def test_a_spool_gives_back_what_it_got() -> None:
    """The pieces of each name in their order, also while others are read."""
    with Spool() as spool:
        spool.add({"a": b"1", "b": b""})
        spool.add({"b": b"22", "a": b"3"})
        assert list(spool) == ["a", "b"]
        first = spool.pieces("a")
        assert next(first) == b"1"
        assert list(spool.pieces("b")) == [b"", b"22"]
        assert list(first) == [b"3"]
        assert list(spool.pieces("c")) == []
