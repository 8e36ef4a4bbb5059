"""A form filled in with LibreOffice, as somebody at a desk would: opened, typed into, saved.

The machine's own Python has LibreOffice's bridge. Where either is missing the tests that need them
are skipped, except in CI, where they fail.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

IN_CI = bool(os.environ.get("CI"))
"""Read while tests are collected: each test's own environment has no CI."""

_SCRIPT = """
import json, subprocess, sys, tempfile, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

source, wanted, typed = json.loads(sys.argv[1])
profile = tempfile.mkdtemp()
pipe = "diplan" + profile.rpartition("/")[2]
office = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo",
    "-env:UserInstallation=file://" + profile, "--accept=pipe,name=" + pipe + ";urp;"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            context = resolver.resolve(
                "uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            time.sleep(0.2)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context)
    book = desktop.loadComponentFromURL("file://" + source, "_blank", 0,
        (PropertyValue("Hidden", 0, True, 0),))
    for sheet, cell, value in typed:
        place = book.Sheets.getByName(sheet).getCellRangeByName(cell)
        if isinstance(value, str):
            place.setFormula(value) if value.startswith("=") else place.setString(value)
        else:
            place.setValue(value)
    for target, form in wanted:
        book.storeToURL("file://" + target, (PropertyValue("FilterName", 0, form, 0),))
    book.close(True)
    desktop.terminate()
finally:
    office.wait(60)
"""

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}


def fill(source: Path, typed: list[tuple[str, str, str | float]], *targets: Path) -> None:
    """Type into the cells of a workbook, and save it under other names."""
    python = shutil.which("python3", path="/usr/bin")
    if not shutil.which("soffice") or not python:
        if IN_CI:
            pytest.fail("LibreOffice or its Python bridge is not on this machine")
        pytest.skip("LibreOffice is not on this machine")
    wanted = [[str(path), FILTERS[path.suffix]] for path in targets]
    task = json.dumps([str(source), wanted, typed])
    environment = {"PATH": os.environ["PATH"], "HOME": str(source.parent)}
    done = subprocess.run(
        [python, "-c", _SCRIPT, task], capture_output=True, encoding="utf-8", timeout=180,
        env=environment,
    )  # fmt: skip
    if "No module named 'uno'" in done.stderr and not IN_CI:
        pytest.skip("LibreOffice's Python bridge is not on this machine")
    assert done.returncode == 0, done.stderr
