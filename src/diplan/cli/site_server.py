"""`diplan site --serve`: the site on this machine, made again when the data changes."""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import typer

from diplan.cli.output import remark
from diplan.ground.errors import DiplanError, OptionError

HOST = "127.0.0.1"
EVERY = 0.5
"""Seconds between two looks at the files."""


class _Handler(SimpleHTTPRequestHandler):
    """Gives out the files of a folder to whoever asks from this machine by its own name."""

    def do_GET(self) -> None:
        """Answer, unless another site's page asks through a name of its own."""
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        if host not in (HOST, "localhost"):
            self.send_error(403)
            return
        super().do_GET()

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def end_headers(self) -> None:
        """Nothing is kept by browsers: the site may change at any time."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""


def serve(
    folder: Path, port: int, sources: Callable[[], Iterator[Path]], build: Callable[[], None]
) -> None:
    """Serve a folder until Ctrl-C, and build it again whenever one of *sources* changes."""
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}"
        raise OptionError(message, "name another with --port, or 0 for any") from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    remark(f"the site is at http://{HOST}:{server.server_port}/ (Ctrl-C ends this)")
    seen = _ages(sources())
    try:
        while True:
            time.sleep(EVERY)
            if (now := _ages(sources())) != seen:
                seen = now
                _again(build)
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        server.server_close()


def _again(build: Callable[[], None]) -> None:
    """Build once more; what is wrong is said, and the old site stays."""
    try:
        build()
    except DiplanError as error:
        remark(str(error))
        if error.hint:
            remark(f"  = {error.hint}")
    except typer.Exit:  # what is wrong with the data was printed
        pass
    gc.collect()  # nothing else does, since other commands end before it is worth it


def _ages(paths: Iterator[Path]) -> dict[Path, tuple[int, int]]:
    ages = {}
    for path in paths:
        try:
            info = path.stat()
        except OSError:
            continue
        ages[path] = (info.st_mtime_ns, info.st_size)
    return ages
