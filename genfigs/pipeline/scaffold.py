"""Starting points: a chapter or a figure that builds as it is, ready to be edited."""

import re
from pathlib import Path

from genfigs.errors import UserError
from genfigs.pipeline.files import write_text
from genfigs.pipeline.project import Project

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

CHAPTER = """\
# {title}

One sentence that says what the reader will understand at the end.

## What we know so far

The chapter's network has {{{{ network.parameters }}}} learned numbers. It was tested on {{{{ data.test }}}}
images it had never seen.

## What is new here

![The path of one digit through the network]({figure})
"""

FIGURE = '''\
"""{sentence}"""

from matplotlib.figure import Figure as Plot

from genfigs.figures import Figure, Results
from genfigs.theme import Theme

WIDTH, HEIGHT = 640, 360


def draw(results: Results, name: str) -> Figure:
    """Return the figure: how many test images there are of each class."""
    labels = results.test.labels
    counts = {{label: int((labels == index).sum()) for index, label in enumerate(results.class_names)}}

    def plot(theme: Theme) -> Plot:
        picture = Plot(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
        axes = picture.subplots()
        axes.bar(list(counts), list(counts.values()), color=theme.accent)
        axes.set_xlabel("class")
        axes.set_ylabel("test images")
        return picture

    most = max(counts, key=counts.__getitem__)
    return Figure(
        alt=f"Bars: the test images of each class; class {{most}} has the most, {{counts[most]}}.",
        width=WIDTH,
        height=HEIGHT,
        picture=plot,
    )
'''


def new_chapter(project: Project, slug: str) -> Path:
    """Write a chapter that builds, and return its path.

    Raises: UserError for a name that is no slug or is taken.
    """
    _require_slug("SLUG", slug, "visual-cortex")
    path = _require_free(project.root / "docs" / "chapters" / f"{slug}.md", project)
    title = re.sub(r"^\d+-", "", slug).replace("-", " ").capitalize()
    write_text(path, CHAPTER.format(title=title, figure="../figures/stage-input.svg"))
    return path


def new_figure(project: Project, name: str) -> Path:
    """Write the module of a figure that builds, and return its path.

    Raises: UserError for a name that is no slug or is taken.
    """
    _require_slug("NAME", name, "blur")
    path = _require_free(project.package / "figures" / f"{name.replace('-', '_')}.py", project)
    write_text(
        path,
        FIGURE.format(
            sentence=f"{name.replace('-', ' ').capitalize()}: one sentence that says what it shows."
        ),
    )
    return path


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
