"""A short run of the fuzz test: `tests/fuzz.py` runs for as long as you like."""

from pathlib import Path

import pytest

import fuzz


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_are_read_or_explained(seed: int, tmp_path: Path) -> None:
    """A few dozen damaged plans, tables and workbooks end with 0, 1 or 2."""
    told = [fuzz.crash(seed, number, tmp_path / str(number)) for number in range(40)]
    assert [one for one in told if one] == []


def test_what_escapes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash would be seen: the command that made it, and how it ended."""
    monkeypatch.setattr(fuzz, "run", lambda _: 3)
    assert fuzz.crash(1, 1, tmp_path / "case").startswith("exit code 3 from `diplan ")
