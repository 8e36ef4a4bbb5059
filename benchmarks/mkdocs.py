"""Writes the pages of a plan's site as Markdown for MkDocs: as many pages, with the same text."""

import argparse
from pathlib import Path

from diplan.cli.site_plan import Order, site_of
from diplan.render.markdown import markdown
from diplan.render.templates import environment
from diplan.site.build import pages
from diplan.site.overview import changes_by_year


def main() -> None:
    """Write a MkDocs project into a folder."""
    parser = argparse.ArgumentParser(description="Write a plan's pages for MkDocs.")
    parser.add_argument("plan", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--as-of", required=True)
    options = parser.parse_args()
    site = site_of(options.plan, Order([options.plan], options.as_of, None, None, None, 0), None)
    sandbox = environment((), kind="markdown")
    for page in pages(site, changes_by_year(site)):
        file = options.folder / "docs" / page.address.replace(".html", ".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        text = markdown(page.document, sandbox, template="report.md.j2")
        file.write_text(text, encoding="utf-8", newline="\n")
    settings = "site_name: A plan\ntheme: mkdocs\n"  # with its search, as it comes
    (options.folder / "mkdocs.yml").write_text(settings, encoding="utf-8")


if __name__ == "__main__":
    main()
