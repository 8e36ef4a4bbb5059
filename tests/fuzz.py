"""Damages plans, tables and workbooks by chance, and runs diplan on them: nothing may crash.

    python tests/fuzz.py                          # half a minute, from a seed that it prints
    python tests/fuzz.py --seed 7 --seconds 3600  # as long as you like
    python tests/fuzz.py --seed 7 --case 123      # one case again

A case is its seed and its number, so it can be made again. It fails on an exit code other than 0, 1
and 2, on a traceback, and on memory beyond a bound. Its files are kept, and their folder is named.
"""

import argparse
import contextlib
import faulthandler
import io
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "exchange")]

import books  # noqa: E402 - the tests' own folder is put on the path first

from diplan.cli import run  # noqa: E402

BASE = HERE / "errors" / "base"
SLOWEST = 60
"""Seconds of a case, beyond which the run ends with where it is; the case's folder is the last."""

MEMORY = 1024
"""MiB of address space, where the system can hold a process to it."""

PIECES = (
    b"", b"\x00", b"\x1b", b"\xff", b"{", b"- ", b"\t", b": ", b"*a", b"&a", b"!!x", b'"', b"'",
    b"|", b"012", b"1e999", b"-1", b"9" * 40, b"\n", b"\r\n", b",", b";", b"2018", b"2017/18",
    b"no", b"~", "é☃\u202e".encode(), b"<<<<<<< x\n", b"x" * 5000, b"<", b"&amp;", b'="', b"]]>",
)  # fmt: skip

PLAN: tuple[Sequence[str], ...] = (
    ("check",), ("check", "--advice"), ("check", "--format", "json"), ("status",),
    ("status", "--format", "json", "--as-of", "2018"), ("due", "--as-of", "2019"), ("actions",),
    ("venues",), ("venues", "--format", "hsds"), ("why", "residents-offline"), ("fix", "--dry-run"),
    ("fmt", "--check"), ("report", "action-plan"), ("report", "scrutiny", "--year", "2018/19"),
    ("export", "json"), ("record", "residents-offline", "700", "--period", "2019", "--dry-run"),
)  # fmt: skip
CSV = ("import", "csv", "figures.csv", "--map", "indicator=Id", "--map", "period=Year",
       "--map", "value=Figure", "--dry-run", "--skip-bad")  # fmt: skip
FIGURES = (
    b"Id,Year,Figure,Notes\nresidents-offline,2019,700,\nadults-with-skills,2010-11,65.5,x\n"
    b'residents-offline,2011-12,"1,200","over\ntwo lines"\nnobody,2018,c. 5,\n'
)
SDG_DATA = b"Year,Sex,Units,Value\n2015,,Number,1\n2016-17,,Number,2\n2015,Female,Number,3\n"
SDG_META = b"---\nindicator_available: Made up\nreporting_status: complete\n---\n"


def damaged(data: bytes, luck: random.Random) -> bytes:
    """Some bytes with a few stretches cut out, doubled, moved or overwritten."""
    for _ in range(luck.randint(1, 4)):
        start = luck.randint(0, len(data))
        end = min(len(data), start + luck.choice((0, 1, 4, 30, 400)))
        piece = luck.choice((*PIECES, data[start:end] * 2, luck.randbytes(3)))
        data = data[:start] + piece + data[end:]
    return data


def a_plan(home: Path, luck: random.Random) -> Sequence[str]:
    """A data file is damaged, and some command reads the plan."""
    path = luck.choice(sorted((home / "data").iterdir()))
    path.write_bytes(damaged(path.read_bytes(), luck))
    return luck.choice(PLAN)


def a_table(home: Path, luck: random.Random) -> Sequence[str]:
    """A table of figures is damaged, and imported."""
    (home / "figures.csv").write_bytes(damaged(FIGURES, luck))
    return CSV


def an_indicator(home: Path, luck: random.Random) -> Sequence[str]:
    """Data and metadata of an Open SDG repository are damaged, and imported."""
    for name, data in (("data/indicator_1-1-1.csv", SDG_DATA), ("meta/1-1-1.md", SDG_META)):
        path = home / "sdg" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(damaged(data, luck) if luck.random() < 0.7 else data)
    return ("import", "open-sdg", "sdg", "--dry-run")


def a_workbook(home: Path, luck: random.Random) -> Sequence[str]:
    """A part of a workbook is damaged, or the whole, and read as a return."""
    kind = luck.choice(("xlsx", "ods"))
    parts = books.xlsx_parts() if kind == "xlsx" else books.ods_parts()
    name = luck.choice(sorted(parts))
    text = parts[name]
    whole = text.encode() if isinstance(text, str) else text
    made = {part: data for part, data in parts.items() if part != name}
    if luck.random() < 0.95:
        made[name] = damaged(whole, luck)
    data = books.packed(made)
    (home / f"return.{kind}").write_bytes(damaged(data, luck) if luck.random() < 0.3 else data)
    return ("returns", "read", f"return.{kind}", "--dry-run")


KINDS: tuple[Callable[[Path, random.Random], Sequence[str]], ...] = (
    a_plan, a_plan, a_table, an_indicator, a_workbook,
)  # fmt: skip


def crash(seed: int, number: int, folder: Path) -> str:
    """What went wrong with a case, made in a folder; empty where nothing did."""
    luck = random.Random(f"{seed}/{number}")  # noqa: S311 - the same each time
    shutil.copytree(BASE, folder)
    command = luck.choice(KINDS)(folder, luck)
    before = Path.cwd()
    os.chdir(folder)
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    try:
        with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
            code = run(command)
    except BaseException as error:
        return f"{type(error).__name__}: {error} from `diplan {' '.join(command)}`"
    finally:
        os.chdir(before)
    stream.flush()
    said = stream.buffer.getvalue().decode("utf-8", "replace")
    if code not in (0, 1, 2) or "Traceback" in said:
        return f"exit code {code} from `diplan {' '.join(command)}`:\n{said[-2000:]}"
    return ""


def bounded() -> None:
    """Hold this process to its memory, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY * 1024 * 1024,) * 2)


def main() -> int:
    """Read the command line; 1 where a case went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--case", type=int, help="this case alone")
    options = parser.parse_args()
    bounded()
    kept = Path(tempfile.mkdtemp(prefix="diplan-fuzz-"))
    end = time.monotonic() + options.seconds
    number, wrong = options.case or 0, 0
    while True:
        folder = kept / f"{options.seed}-{number}"
        faulthandler.dump_traceback_later(SLOWEST, exit=True)
        if told := crash(options.seed, number, folder):
            wrong += 1
            print(f"case {number} of seed {options.seed}, kept in {folder}:\n{told}\n")  # noqa: T201
        else:
            shutil.rmtree(folder)
        number += 1
        if options.case is not None or time.monotonic() > end:
            break
    print(f"seed {options.seed}: {number:,} cases, {wrong:,} went wrong")  # noqa: T201
    if not wrong:
        kept.rmdir()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
