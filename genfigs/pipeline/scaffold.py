"""Starting points: a chapter or a figure that builds as it is, ready to be edited."""

import re
from pathlib import Path

from genfigs.errors import UserError
from genfigs.pipeline.files import write_text
from genfigs.pipeline.project import Project

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

CHAPTER = """\
---
title: {title}
description: One sentence for search engines and for those who share a link.
---

# {title}

One sentence that says what the reader will understand at the end.

## What we know so far

The network of this book has {{{{ network.parameters }}}} learned numbers. Of {{{{ accuracy.count }}}} images that it
had never seen, it read {{{{ accuracy.test | percent }}}} correctly.{{{{ claim accuracy.test > 0.5 }}}}

## What is new here

![{alt}](../figures/{figure}.svg "The words below the picture.")
"""

FIGURE = '''\
"""{title}: one sentence that says what it shows."""

from genfigs.figures import Figure, Mosaic, Results, Tile, Word
from genfigs.scenes.exhibit import Picture

SIDE, GAP, MARGIN = 240.0, 40.0, 20.0  # of the pictures, between them, around them


def draw(results: Results, name: str) -> Figure:
    """Return the figure: an image, and what the first filter makes of it."""
    image, maps = (results.hero.activations[stage.name] for stage in results.network.stages[:2])
    left, right = Picture(image[:, :, 0], "ink", 1.0), Picture(maps[:, :, 0], "signed", float(abs(maps).max()))
    second = MARGIN + SIDE + GAP
    mosaic = Mosaic(
        width=round(second + SIDE + MARGIN),
        height=round(MARGIN + SIDE + 40),
        tiles=(Tile(left, MARGIN, MARGIN, SIDE, SIDE), Tile(right, second, MARGIN, SIDE, SIDE)),
        words=(
            Word("the image", MARGIN + SIDE / 2, MARGIN + SIDE + 26, "muted", 14),
            Word("the first map", second + SIDE / 2, MARGIN + SIDE + 26, "muted", 14),
        ),
    )
    label = results.class_names[results.hero.label]
    return Figure(
        alt=f"An image of class {{label}}, and the map that the first filter makes of it, side by side.",
        width=mosaic.width,
        height=mosaic.height,
        picture=mosaic,
    )
'''


def new_chapter(project: Project, slug: str) -> Path:
    """Write a chapter that builds, and return its path.

    Raises: UserError for a name that is no slug or is taken.
    """
    _require_slug("SLUG", slug, "visual-cortex")
    path = _require_free(project.root / "docs" / "chapters" / f"{slug}.md", project)
    alt = "What the picture shows, in words that would do in its place."
    write_text(path, CHAPTER.format(title=_title(re.sub(r"^\d+-", "", slug)), alt=alt, figure="confusion"))
    return path


def new_figure(project: Project, name: str) -> Path:
    """Write the module of a figure that builds, and return its path.

    Raises: UserError for a name that is no slug or is taken.
    """
    _require_slug("NAME", name, "blur")
    path = _require_free(project.package / "figures" / f"{name.replace('-', '_')}.py", project)
    write_text(path, FIGURE.format(title=_title(name)))
    return path


def _title(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _require_slug(argument: str, name: str, example: str) -> None:
    if not SLUG.fullmatch(name) or (argument == "NAME" and name[0].isdigit()):
        raise UserError(
            f"`{argument}` must be lower-case words joined by hyphens; got `{name}`; try `{example}`"
        )


def _require_free(path: Path, project: Project) -> Path:
    if path.exists():
        raise UserError(
            f"`{project.relative(path)}` must not exist yet; got a file of that name; choose another name"
        )
    return path
