"""Data to PDF or PNG by way of typst, with letters that are the same on every machine.

A template of ours is all that is run. Whatever else goes in is data, and nothing in it is ever
read as typst's markup. Nothing is loaded: no file, no package, no font of the machine's.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from diplan.ground.errors import DiplanError, NoExtraError

FONT = "Source Sans Pro"
_STYLES = ("Regular", "It", "Semibold", "SemiboldIt")


class TypesettingError(DiplanError):
    """Typst refused what it was given; `said` is all that it said."""

    def __init__(self, message: str, said: str) -> None:
        super().__init__(f"typst could not make the document: {message}")
        self.said = said


def typeset(
    source: bytes,
    data: Any,
    form: Literal["pdf", "png"],
    *,
    standards: Sequence[Literal["ua-1"]] = (),
    resolution: float = 144,
) -> list[bytes]:
    """What *source* makes of `sys.inputs.data`, which is JSON: a PDF, or each page as PNG.

    Raises:
        NoExtraError: typst or the font is not installed.
        TypesettingError: typst refused.
    """
    try:
        import font_source_sans_pro
        import typst
    except ImportError:
        raise NoExtraError(f"{form.upper()} files") from None
    # The package has each style twice, and typst would take the one that a folder lists first.
    with TemporaryDirectory(prefix="diplan-fonts-") as folder:
        for style in _STYLES:
            file = Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{style}.ttf"
            shutil.copy(file, folder)
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
        try:
            made, _ = typst.compile_with_warnings(  # type: ignore[type-var] # bytes, and a folder
                source,
                font_paths=fonts,
                ignore_system_fonts=True,
                root=folder,
                format=form,
                ppi=resolution,
                sys_inputs={"data": json.dumps(data)},
                pdf_standards=list(standards),
                timestamp=0,
            )
        except typst.TypstError as error:
            raise TypesettingError(error.message, error.diagnostic) from None
    return made if isinstance(made, list) else [made]
