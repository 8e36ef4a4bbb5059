"""An editor's side of the Language Server Protocol, as far as the tests need one.

It speaks to Red Hat's yaml-language-server, which VS Code's YAML extension and many other editors
use. That is no Python package: where it is missing the tests that need it are skipped, except in
CI, where they fail.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Any

import pytest

from conftest import ROOT

IN_CI = bool(os.environ.get("CI"))
"""Read while tests are collected: each test's own environment has no CI."""

YAML = {
    "validate": True, "hover": True, "completion": True, "yamlVersion": "1.2",
    "schemaStore": {"enable": False}, "kubernetesCRDStore": {"enable": False},
}  # fmt: skip
"""Settings of an editor without a network."""

SETTINGS = {"http": {}, "[yaml]": {"editor.tabSize": 2}, "editor": {"tabSize": 2}, "files": {}}

Inbox = Queue[dict[str, Any] | None]

PUBLISH = "textDocument/publishDiagnostics"

PATIENCE = 60
"""Seconds to wait for an answer."""


class Editor:
    """An editor that talks to a server; its files seem to lie in *folder*."""

    def __init__(
        self, mouth: IO[bytes], inbox: Inbox, folder: Path, own: Mapping[str, object]
    ) -> None:
        self.mouth = mouth
        self.inbox = inbox
        self.folder = folder
        self.settings = {**SETTINGS, "yaml": {**YAML, **own}}
        self.asked = self.opened = 0
        abilities = {
            "workspace": {"configuration": True},
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
            },
        }
        home = {"uri": ROOT.as_uri(), "name": "plan"}
        self.ask("initialize", {
            "processId": None, "rootUri": ROOT.as_uri(), "workspaceFolders": [home],
            "capabilities": abilities,
        })  # fmt: skip
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})
        self._reply(self._until(lambda one: one.get("method") == "workspace/configuration"))

    def hover(self, text: str, at: tuple[int, int]) -> str:
        """What the server says of a place (line and column, from 0) in a file with this text."""
        found = self.ask("textDocument/hover", self._place(text, at))
        return "" if found is None else str(found["contents"]["value"])

    def completions(self, text: str, at: tuple[int, int]) -> dict[str, str]:
        """What the server offers at a place, with what it says of each."""
        found = self.ask("textDocument/completion", self._place(text, at))
        items = found if isinstance(found, list) else found["items"]
        return {item["label"]: _words(item.get("documentation")) for item in items}

    def diagnostics(self, text: str) -> list[tuple[int, str]]:
        """What the server has against a file with this text: lines (from 1) and messages."""
        uri = self._open(text)
        said = self._until(lambda one: one.get("method") == PUBLISH and one["params"]["uri"] == uri)
        found = said["params"]["diagnostics"]
        return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found]

    def _place(self, text: str, at: tuple[int, int]) -> dict[str, Any]:
        line, column = at
        return {
            "textDocument": {"uri": self._open(text)},
            "position": {"line": line, "character": column},
        }

    def _open(self, text: str) -> str:
        """Open a file that was not open before; it need not be on the disk."""
        self.opened += 1
        uri = (self.folder / f"{self.opened}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def ask(self, method: str, params: object) -> Any:
        """Ask the server something, and wait for its answer."""
        self.asked += 1
        number = self.asked
        self._send({"id": number, "method": method, "params": params})
        answer = self._until(lambda one: one.get("id") == number and "method" not in one)
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, params: object) -> None:
        """Tell the server something."""
        self._send({"method": method, "params": params})

    def _until(self, wanted: Any) -> dict[str, Any]:
        while True:
            one = self.inbox.get(timeout=PATIENCE)
            assert one is not None, "the server has gone"
            if wanted(one):
                return one
            if "method" in one and "id" in one:
                self._reply(one)

    def _reply(self, question: dict[str, Any]) -> None:
        """Answer a server's question: with the settings that it asks for, else with nothing."""
        asked = question["params"].get("items", []) if question.get("params") else []
        found = [self.settings.get(item.get("section", "")) for item in asked]
        self._send({"id": question["id"], "result": found or None})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.mouth.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.mouth.flush()


def _listen(server: IO[bytes], inbox: Inbox) -> None:
    """Put all that a server says into a box, and None when it falls silent."""
    while line := server.readline():
        length = int(line.split(b":")[1])
        while server.readline().strip():
            pass
        inbox.put(json.loads(server.read(length)))
    inbox.put(None)


def _words(documentation: object) -> str:
    if isinstance(documentation, dict):
        return str(documentation["value"])
    return str(documentation or "")


@contextmanager
def editor(folder: Path, own: Mapping[str, object] | None = None) -> Iterator[Editor]:
    """An editor with a server of its own, which ends with it; *own* are settings of `yaml`."""
    node = shutil.which("node") or _missing("node", "install Debian's package nodejs")
    command = [node, str(_server()), "--stdio"]
    inbox: Inbox = Queue()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        ear = Thread(target=_listen, args=(process.stdout, inbox))
        ear.start()
        try:
            yield Editor(process.stdin, inbox, folder, own or {})
        finally:
            process.kill()
            ear.join()


def _server() -> Path:
    named = os.environ.get("DIPLAN_YAML_LANGUAGE_SERVER")
    home = Path(named) if named else ROOT / "node_modules" / "yaml-language-server"
    path = home / "bin" / "yaml-language-server"
    if not path.is_file():
        remedy = "run npm install yaml-language-server, or set DIPLAN_YAML_LANGUAGE_SERVER to it"
        _missing("yaml-language-server", remedy)
    return path


def _missing(what: str, remedy: str) -> str:
    message = f"{what} is not on this machine: {remedy}"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)
