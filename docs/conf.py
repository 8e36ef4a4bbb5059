"""The documentation as a site: `sphinx-build -W --keep-going -n -c docs . OUTPUT`, from the top.

The pages are those that are read here and on the host of the repository. What is in which part
comes from the index.
"""

import re
from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer

from diplan import __version__

project = "diplan"
author = copyright = "the diplan contributors"  # noqa: A001 - the names are Sphinx's
version = release = __version__
language = "en_GB"
root_doc = "docs/index"
include_patterns = [
    "docs/*.md", "docs/examples/*.md", "benchmarks/README.md", "examples/*/README.md",
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md",
]  # fmt: skip
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 6
default_role = "code"  # as the docstrings mean it
html_theme = "furo"
html_title = f"diplan {__version__}"
html_show_sphinx = False
html_copy_source = False
autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_use_ivar = True
nitpick_ignore_regex = [("py:.*", "(?!diplan).*"), ("py:.*", r"diplan\.(?!api).*")]
"""Only what is public is documented: other names stay words."""


def as_on_a_site(app: Any, name: str, source: list[str]) -> None:
    """Make links to folders words, and give the index its parts as a table of contents.

    The parts are its own headings and links.
    """
    here = Path(app.srcdir, name).parent

    def words(link: re.Match[str]) -> str:
        return link[1] if (here / link[2]).is_dir() else link[0]

    source[0] = re.sub(r"\[([^]]+)\]\(([^):#]+)\)", words, source[0])
    if name != root_doc:
        return
    parts = re.findall(r"^## (.+)\n((?:(?!^## )[\s\S])*)", source[0], re.MULTILINE)
    for heading, text in [("diplan", "- [](../README.md)"), *parts]:
        pages = re.findall(r"^- \[[^]]*\]\(([^)#]+)\.md\)", text, re.MULTILINE)
        if pages:
            listed = "\n".join(pages)
            source[0] += f"\n\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n{listed}\n```\n"


def setup(app: Any) -> None:
    """Tell Sphinx of it."""
    app.add_lexer("csv", TextLexer)
    app.connect("source-read", as_on_a_site)
