"""The web server of the author's desk: the site as rendered last, and word to every open page when that changes."""

import json
import os
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from socket import AF_INET6
from types import TracebackType
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from genfigs.errors import UserError

SCRIPT = Path(__file__).with_name("desk.js")
EVENTS, SCRIPT_PATH = "/.desk/events", "/.desk/desk.js"
HEARTBEAT = 15.0  # seconds between two signs of life to a page, which find out whether it is still there
WAITING = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>One moment</title><body><main><h1>There is no page yet</h1><p>It comes by itself.</p></main></body></html>"""


@dataclass(frozen=True)
class State:
    """What a page has to know: which version of the site is there, and what is wrong."""

    folder: Path
    version: str = ""
    problem: str = ""


class Host(ThreadingHTTPServer):
    """Serves at `address` while the block runs.

    Raises: UserError for an address that is none, or that is not free.
    """

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two programs share the address

    def __init__(self, address: str, nowhere: Path) -> None:
        host, port = _parts(address)
        self.address_family = AF_INET6 if ":" in host else self.address_family
        self._state = State(nowhere)
        self._changed = threading.Condition()
        try:
            super().__init__((host, port), Handler)
        except OSError as error:
            raise _refusal(address, port, error) from None
        name = f"[{host}]" if ":" in host else host
        self.url = f"http://{name}:{self.server_address[1]}/"

    def server_bind(self) -> None:
        """Bind without asking a name server who we are, which can take seconds."""
        socketserver.TCPServer.server_bind(self)

    @property
    def state(self) -> State:
        """What is served now."""
        return self._state

    def show(self, folder: Path) -> None:
        """Serve the site in `folder` from now on; every open page reloads."""
        self._set(State(folder, str(time.time_ns()), self._state.problem))

    def tell(self, problem: str) -> None:
        """Show what is wrong on every open page, or that nothing is."""
        if problem != self._state.problem:
            self._set(State(self._state.folder, self._state.version, problem))

    def _set(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def states(self) -> Iterator[State | None]:
        """Yield what is served now and whenever that changes, and None as a sign of life."""
        seen: State | None = None
        while True:
            with self._changed:
                self._changed.wait_for(lambda last=seen: self._state is not last, HEARTBEAT)  # type: ignore[misc]
                now = self._state
            yield None if now is seen else now
            seen = now

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a page that is gone before its answer is complete is no mistake."""

    def __enter__(self) -> "Host":
        """Start to answer."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        """Answer no longer."""
        self.shutdown()
        self.server_close()


class Handler(SimpleHTTPRequestHandler):
    """Answers one request; pages carry the script that reloads them."""

    server: Host

    def __init__(self, request: Any, client_address: Any, server: Host) -> None:
        self.now = server.state
        super().__init__(request, client_address, server, directory=str(self.now.folder))

    def do_GET(self) -> None:  # noqa: N802
        """Answer with the news, the script, or a file of the site."""
        if urlsplit(self.path).path == EVENTS:
            with suppress(OSError):
                self._report()
        else:
            super().do_GET()

    def _report(self) -> None:
        """Send the state whenever it changes, until the page is gone."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b"retry: 300\n\n")
        for state in self.server.states():
            told = {"version": state.version, "problem": state.problem} if state else None
            self.wfile.write(f"data: {json.dumps(told)}\n\n".encode() if told else b":\n\n")
            self.wfile.flush()

    def send_head(self) -> Any:
        """Send the headers and return the content; that of a page, with the script."""
        if urlsplit(self.path).path == SCRIPT_PATH:
            return self._content(HTTPStatus.OK, "text/javascript", SCRIPT.read_bytes())
        file = self._file
        if file.is_dir() and not urlsplit(self.path).path.endswith("/"):
            return super().send_head()  # which leads to the address with the slash
        page = file / "index.html" if file.is_dir() else file
        if page.suffix == ".html" and page.is_file():
            return self._page(HTTPStatus.OK, page.read_text(encoding="utf-8"))
        return super().send_head() if page.is_file() else self._missing()

    @cached_property
    def _file(self) -> Path:
        return Path(self.translate_path(self.path))

    def _missing(self) -> BinaryIO:
        """Answer with the site's page for missing addresses, or, before there is a site, with the wait for it."""
        if not self.now.version:
            return self._page(HTTPStatus.SERVICE_UNAVAILABLE, WAITING)
        page = self.now.folder / "404.html"
        text = page.read_text(encoding="utf-8") if page.is_file() else "<p>There is no page here</p>"
        return self._page(HTTPStatus.NOT_FOUND, text)

    def _page(self, status: HTTPStatus, text: str) -> BinaryIO:
        before, end, after = text.rpartition("</body>")
        script = f'<script src="{SCRIPT_PATH}" data-version="{self.now.version}" defer></script>'
        page = f"{before}{script}{end}{after}" if end else text + script
        return self._content(status, "text/html; charset=utf-8", page.encode())

    def _content(self, status: HTTPStatus, kind: str, content: bytes) -> BinaryIO:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def end_headers(self) -> None:
        """Forbid the browser to keep anything: what it would keep is about to change."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for builds and mistakes."""


def _parts(address: str) -> tuple[str, int]:
    """Return host and port. Raises: UserError."""
    try:
        url = urlsplit(f"//{address}")
        host, port = url.hostname, url.port
    except ValueError:
        host, port = None, None
    if not host or port is None or url.path:
        raise UserError(f"`--address` must be HOST:PORT; got `{address}`; write it like `127.0.0.1:8000`")
    return host, port


def _refusal(address: str, port: int, error: OSError) -> UserError:
    """Return what to tell about an address that cannot be served at."""
    other = f"`--address 127.0.0.1:{port + 1 if port < 65535 else 8000}`"
    reason = (error.strerror or str(error)).lower()
    return UserError(f"`--address` must be free for this program; got `{address}` ({reason}); choose another: {other}")
