"""A generated book: the real package, its own figures and experiments left out, and plots in their place.

Each figure is a Matplotlib plot of test images, drawn by the real writers in both themes.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PER_CHAPTER = 10  # figures

FIGURE = '''\
"""Figure {number}: how much ink the images of one class have, and what they look like on average."""

from matplotlib.figure import Figure as Plot

from genfigs.figures import Figure, Results
from genfigs.theme import Theme

NUMBER = {number}


def draw(results: Results, name: str) -> Figure:
    """Return the figure."""
    label = NUMBER % len(results.class_names)
    images = results.test.images[results.test.labels == label].astype(float)
    ink = images.mean(axis=(1, 2))

    def plot(theme: Theme) -> Plot:
        picture = Plot(figsize=(7.2, 3.2), dpi=100)
        left, middle, right = picture.subplots(1, 3, gridspec_kw={{"wspace": 0.4, "bottom": 0.2}})
        left.hist(ink, bins=20 + NUMBER % 10, color=theme.accent)
        left.set_xlabel("ink")
        left.set_ylabel("images")
        middle.scatter(ink, images.std(axis=(1, 2)), s=2, color=theme.muted)
        middle.set_xlabel("ink")
        middle.set_ylabel("contrast")
        right.contourf(images.mean(axis=0)[::-1], levels=8)
        right.set_title(f"the mean {{results.class_names[label]}}")
        return picture

    return Figure(
        alt=f"Figure {{NUMBER}}: a histogram of ink, ink against contrast, and the mean image.",
        width=720,
        height=320,
        picture=plot,
        values={{f"{{name}}.ink": float(ink.mean())}},
    )
'''

CHAPTER = """\
# Chapter {number}

The network has {{{{ network.parameters }}}} learned numbers and was tested on {{{{ data.test }}}} images.
"""

SECTION = """
## Figure {number}

{prose}

![Three plots of the images of one class: ink, contrast, mean.](../figures/{name}.svg "Ink, contrast, mean.")

On average, {{{{ {name}.ink }}}} of the ink is there.
"""

PROSE = "A plain paragraph says what is to be seen below, and why it is worth a look. " * 8


def make_book(root: Path, figures: int) -> Path:
    """Write a book of `figures` figures, ten a chapter, to the new folder `root`, and return it."""
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(ROOT / "genfigs", root / "genfigs", ignore=ignore)
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    shutil.copy2(ROOT / "mkdocs.yml", root)
    for package in ("figures", "experiments"):
        for module in (root / "genfigs" / package).glob("[!_]*.py"):
            module.unlink()
    (root / "docs" / "index.md").write_text("# A book\n\nIt has chapters.\n", encoding="utf-8")
    (root / "docs" / "chapters").mkdir()
    set_figures(root, figures)
    return root


def set_figures(root: Path, count: int) -> None:
    """Give the book in `root` figures 1 to `count`, and the chapters that show them."""
    for number in range(1, count + 1):
        path = root / "genfigs" / "figures" / f"plot_{number:03}.py"
        path.write_text(FIGURE.format(number=number), encoding="utf-8")
    for first in range(1, count + 1, PER_CHAPTER):
        number = first // PER_CHAPTER + 1
        text = "".join(chapter(number, range(first, min(first + PER_CHAPTER, count + 1))))
        (root / "docs" / "chapters" / f"{number:02}-chapter.md").write_text(text, encoding="utf-8")


def chapter(number: int, figures: range) -> Iterator[str]:
    """Yield the Markdown of one chapter."""
    yield CHAPTER.format(number=number)
    for figure in figures:
        yield SECTION.format(number=figure, name=f"plot-{figure:03}", prose=PROSE)
