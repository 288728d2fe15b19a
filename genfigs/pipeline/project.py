"""Where things are: the project's folders and what a build was asked for."""

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import genfigs
from genfigs.errors import UserError
from genfigs.pipeline.files import discard, read_json, to_json, walk, write

MARKER = "mkdocs.yml"
SOURCES = ("handwriting", "mnist", "fashion-mnist")  # names before folders, as `genfigs.data.load` has it
DEFAULT_SOURCE = SOURCES[0]
DEFAULT_SEED = 0


def find_root(start: Path) -> Path:
    """Return the nearest folder with `mkdocs.yml`, from `start` upwards, else from the package upwards.

    Raises: UserError when there is none.
    """
    package = Path(genfigs.__file__).resolve().parent
    for folder in (start, *start.parents, *package.parents):
        if (folder / MARKER).is_file():
            return folder
    raise UserError(
        f"the working folder must be inside a project (a folder with `{MARKER}`); got {start}; go there"
    )


def relative(path: Path, root: Path) -> str:
    """Return `path` below `root` with forward slashes, or as it is when it lies elsewhere."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


@dataclass(frozen=True)
class Project:
    """The folders of one project; `out` is where the figures go."""

    root: Path
    package: Path
    out: Path

    @classmethod
    def find(cls, out: Path | None = None) -> "Project":
        """Return the project around the working folder; its figures go to `out` or to `docs/figures`."""
        root = find_root(Path.cwd())
        return cls(
            root, Path(genfigs.__file__).resolve().parent, (out or root / "docs" / "figures").absolute()
        )

    @property
    def cache(self) -> Path:
        """Return the folder of trained parameters and task results; it may be deleted at any time."""
        return self.root / ".genfigs"

    @property
    def assets(self) -> Path:
        """Return the folder of style sheets and scripts."""
        return self.root / "docs" / "assets"

    @property
    def manifest(self) -> Path:
        """Return the path of the manifest."""
        return self.out / "manifest.json"

    def relative(self, path: Path) -> str:
        """Return `path` as messages show it: relative to the project where it can be."""
        return relative(path, self.root)

    def prepare_cache(self) -> None:
        """Make the cache folder, in place of a file of that name."""
        if self.cache.exists() and not self.cache.is_dir():
            discard(self.cache)
        self.cache.mkdir(exist_ok=True)


@dataclass(frozen=True)
class Settings:
    """What a build is made from: the data's name or folder, the seed, and whether it is a small preview."""

    source: str = DEFAULT_SOURCE
    seed: int = DEFAULT_SEED
    quick: bool = False

    @cached_property
    def folder(self) -> Path | None:
        """Return the folder of IDX files that `source` names, or None when it is a data set's name."""
        path = Path(self.source).expanduser()
        return path.resolve() if self.source not in SOURCES and path.is_dir() else None

    def key(self, root: Path) -> str:
        """Return the name of this build's cache folder; a preview and a full build never share one.

        A data folder inside the project in `root` is known by its place there, so the project may move.
        """
        name = re.sub(r"[^\w.-]+", "-", Path(self.source).name or "data")[:40]
        if self.folder:
            name += "-" + sha256(relative(self.folder, root).encode()).hexdigest()[:8]
        return f"{name}-{self.seed}{'-quick' if self.quick else ''}"

    def __str__(self) -> str:
        """Return what the reader of a terminal needs to know: `handwriting, seed 0, quick preview`."""
        return f"{self.source}, seed {self.seed}{', quick preview' if self.quick else ''}"

    @property
    def options(self) -> tuple[str, ...]:
        """Return the options of the command line that ask for these settings."""
        quick = ("--quick",) if self.quick else ()
        return ("--data", str(self.folder or self.source), "--seed", str(self.seed), *quick)

    def data_files(self) -> tuple[Path, ...]:
        """Return the files the data comes from when `source` is a folder."""
        return tuple(walk(self.folder)) if self.folder else ()


def remember(project: Project, settings: Settings) -> None:
    """Store `settings` as those of the last build."""
    source = project.relative(settings.folder) if settings.folder else settings.source
    content = to_json({"source": source, "seed": settings.seed, "quick": settings.quick})
    path = project.cache / "last.json"
    if not path.is_file() or path.read_bytes() != content:
        write(path, content)


def last(project: Project) -> Settings:
    """Return the settings of the last build, or the defaults."""
    match read_json(project.cache / "last.json"):
        case {"source": str(source), "seed": int(seed), "quick": bool(quick)}:
            folder = source not in SOURCES and (project.root / source).is_dir()
            return Settings(str(project.root / source) if folder else source, seed, quick)
        case _:
            return Settings()
