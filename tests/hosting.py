"""A folder as a static host serves it, on a free port of the loopback address."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from genfigs.site.budget import COMPRESSED


class Plain(SimpleHTTPRequestHandler):
    """Sends files as they are, without a log line for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


class Packing(Plain):
    """Sends text with gzip and lets browsers keep files, as static hosts do."""

    def do_GET(self) -> None:
        """Answer with the file, compressed where it pays."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def hosted(folder: Path, handler: type[Plain] = Plain) -> Iterator[str]:
    """Serve `folder` while the block runs; give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_address[1]}"
        host.shutdown()
