"""The README as a package index shows it: its links lead to the repository, or are words.

An index shows the README alone, so links to files beside it would lead nowhere. Whoever publishes
diplan writes the address of the repository under `[tool.hatch.metadata.hooks.custom]`.
"""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(!?)\[((?:[^][]|\[[^]]*\])*)\]\(((?!https?:|mailto:|#)[^)\s]+)\)")


def for_an_index(text: str, repository: str, revision: str) -> str:
    """Markdown whose relative links lead to *repository* at a revision; without one, its words."""

    def link(found: re.Match[str]) -> str:
        mark, words, place = found.groups()
        if not repository:
            return str(words)
        kind = "raw" if mark else "blob"
        return f"{mark}[{words}]({repository.rstrip('/')}/{kind}/{revision}/{place})"

    return _LINK.sub(link, text)


class IndexReadme(MetadataHookInterface):
    """Puts the README into the metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the README to what is known of the package."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        revision = f"v{metadata['version']}" if metadata.get("version") else "HEAD"
        shown = for_an_index(text, str(self.config.get("repository", "")), revision)
        metadata["readme"] = {"content-type": "text/markdown", "text": shown}
