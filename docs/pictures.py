"""Draws the README's pictures from what diplan prints: a terminal (SVG), two pages (PNG).

Assumes that diplan is installed. The pages need Chromium: without it theirs stay as they are.
`--check` writes nothing, and exits with 1 if the terminal's picture is stale.
"""
# ruff: noqa: INP001 - a script beside the pages, not a package

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from html import escape
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from diplan.cli import run

DOCS = Path(__file__).parent
PLAN = DOCS.parent
TERMINAL = DOCS / "pictures" / "status.svg"
PAGE = DOCS / "pictures" / "page.png"
SITE = DOCS / "pictures" / "site.png"
STATUS = "status --as-of 2020 --priority enable-access"
REPORT, PLACE = "report progress --as-of 2020", "findings-enable-access"
WIDTH, LINES = 80, 26
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NOISE = ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR")

FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>diplan status at a terminal</title>
<style>
.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px; \
line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's own frame, without the fonts that it would load from the web."""


SCROLLED = """\
<body style="margin: 0; overflow: hidden">
<iframe style="border: 0; width: 100%; height: 9000px" srcdoc="{page}"></iframe>
<script>
const frame = document.querySelector("iframe");
frame.onload = () => {{
  const heading = frame.contentDocument.getElementById("{place}");
  frame.style.marginTop = -heading.getBoundingClientRect().top + "px";
}};
</script>
"""
"""A page around the report: a screenshot has no other way to begin below its top."""


def printed(command: str, *options: str) -> str:
    """What a command prints on the real plan, at a terminal of eighty columns."""
    before = dict(os.environ)
    os.environ.update(COLUMNS=str(WIDTH), DIPLAN_WORKSPACE=str(PLAN))
    for name in NOISE:
        os.environ.pop(name, None)
    stream = StringIO()
    try:
        with redirect_stdout(stream):
            run([*command.split(), *options])
    finally:
        os.environ.clear()
        os.environ.update(before)
    return stream.getvalue()


def terminal() -> str:
    """The terminal's picture as SVG: the command, and the first lines that it prints."""
    lines = printed(STATUS, "--format", "table", "--color", "always").splitlines()[:LINES]
    console = Console(
        file=StringIO(), record=True, width=WIDTH, force_terminal=True, color_system="standard",
        highlight=False, legacy_windows=False,
    )  # fmt: skip
    console.print(Text(f"$ diplan {STATUS}"))
    console.print(Text.from_ansi("\n".join(lines)))
    drawn = console.export_svg(
        title="diplan status", theme=SVG_EXPORT_THEME, code_format=FRAME, unique_id="status"
    )
    return "\n".join(line.strip() for line in drawn.splitlines() if line.strip()) + "\n"


def page(chromium: str) -> None:
    """Write the pages' pictures: a part of the progress report, and the site's home page."""
    with TemporaryDirectory() as folder:
        html = Path(folder) / "progress.html"
        with redirect_stderr(StringIO()):
            printed(REPORT, "--output", str(html))
        shown = SCROLLED.format(page=escape(html.read_text(encoding="utf-8")), place=PLACE)
        html.write_text(shown, encoding="utf-8")
        screenshot(chromium, html, PAGE)
        with redirect_stderr(StringIO()):
            printed("site --as-of 2020", "--output", f"{folder}/site")
        screenshot(chromium, Path(folder) / "site" / "index.html", SITE)


def screenshot(chromium: str, shown: Path, picture: Path) -> None:
    """What a browser shows of the top of a page."""
    with TemporaryDirectory() as folder:
        subprocess.run(  # noqa: S603 - a program of this machine, on a page of our own
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                f"--user-data-dir={folder}/profile", "--window-size=1000,985",
                f"--screenshot={picture}", shown.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Draw the pictures, or look whether the terminal's is current; the exit code."""
    if list(arguments) not in ([], ["--check"]):
        sys.stderr.write("usage: python docs/pictures.py [--check]\n")
        return 2
    drawn = terminal()
    if arguments:
        return 0 if TERMINAL.read_text(encoding="utf-8") == drawn else 1
    TERMINAL.parent.mkdir(exist_ok=True)
    TERMINAL.write_text(drawn, encoding="utf-8", newline="\n")
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium:
        page(chromium)
    else:
        sys.stderr.write("the pages' pictures stay as they are: Chromium is not installed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
