"""The pages, rendered anew by MkDocs in this process: quick, and always with the code and the words as they are now."""

import importlib
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from genfigs.errors import UserError
from genfigs.pipeline.explain import explain, without_paths

EXTENSION = "genfigs.site.markdown"
LINES = 10  # of an error, at most


class Renderer:
    """Renders into two folders in turn, so that the last good site stays whole while the next one is made."""

    def __init__(self, root: Path, workplace: Path, address: str) -> None:
        self._root = root
        self._address = address
        self._folders = [workplace / "one", workplace / "other"]
        self._journal = Journal()
        self._templates = workplace / "templates"
        self._started = False

    def render(self) -> tuple[Path, list[str]]:
        """Return the folder of the finished site, and what MkDocs warns of.

        Raises: UserError in at most ten lines, after which the folder returned last is as it was.
        """
        self._journal.clear()
        try:
            self._build(self._folders[1])
        except (Exception, SystemExit) as error:  # MkDocs raises the latter for the author's mistakes
            raise UserError(self._told(error)) from None
        self._folders.reverse()
        return self._folders[0], [self._short(line) for line in self._journal.warnings]

    def _build(self, folder: Path) -> None:
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        importlib.import_module(EXTENSION)  # MkDocs would report a mistake in it with a traceback
        with self._journal:
            config: Any = load_config(str(self._root / "mkdocs.yml"), site_dir=str(folder), strict=False)
            if not self._started:
                config.plugins.on_startup(command="serve", dirty=False)
                self._started = True
            config.site_url = self._address
            config.theme.get_env = self._with_memory(config.theme.get_env)
            build(config, serve_url=self._address)

    def _with_memory(self, get_env: Callable[[], Any]) -> Callable[[], Any]:
        """Let the templates that `get_env` gives be compiled once for each text of theirs: half the time is theirs."""
        from jinja2 import FileSystemBytecodeCache

        self._templates.mkdir(parents=True, exist_ok=True)

        def remembering() -> Any:
            templates = get_env()
            templates.bytecode_cache = FileSystemBytecodeCache(str(self._templates))
            return templates

        return remembering

    def _told(self, error: BaseException) -> str:
        """Return what MkDocs said before it gave up, and where code failed unless the mistake is one of the words."""
        said = [text for text in self._journal.errors if not text.endswith(":")]  # the page, which is named again
        if not (said and isinstance(error, SystemExit)):
            said = [*said, explain(error, self._root / "genfigs")]
        return self._short("\n".join(said))

    def _short(self, text: str) -> str:
        lines = without_paths(text, self._root).splitlines()
        return "\n".join(lines if len(lines) <= LINES else [*lines[: LINES - 1], "…"])


class Journal(logging.Handler):
    """What MkDocs and its plugins say while the block runs, in place of their own output."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.clear()

    def clear(self) -> None:
        """Forget all."""
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        (self.errors if record.levelno >= logging.ERROR else self.warnings).append(record.getMessage())

    def __enter__(self) -> "Journal":
        """Begin to listen."""
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        """Listen no longer."""
        logging.getLogger().removeHandler(self)


def forget_code() -> None:
    """Let the next rendering import the Markdown extension anew."""
    for name in [name for name in sys.modules if name == "genfigs.errors" or name.startswith("genfigs.site")]:
        del sys.modules[name]
    importlib.invalidate_caches()
