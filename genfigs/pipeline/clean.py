"""Remove what builds made."""

from genfigs.pipeline.files import discard
from genfigs.pipeline.project import Project

ASSETS = ("tokens.css", "chapter.js", "studio.js")


def clean(project: Project) -> list[str]:
    """Remove the figures, the generated assets and the cache; return what was removed."""
    paths = [project.out, *(project.assets / name for name in ASSETS), project.cache]
    found = [path for path in paths if path.exists()]
    for path in found:
        discard(path)
    return [project.relative(path) for path in found]
