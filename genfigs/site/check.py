"""The judge of a built site, whichever generator built it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from genfigs.site.budget import blocking_scripts, eager_pictures, foreign_styles, over_budget
from genfigs.site.built import BuiltPage, BuiltSite
from genfigs.site.manifest import FOLDER
from genfigs.site.rules import RULES
from genfigs.site.safety import handlers, pictures, policies


COSTS = (over_budget, foreign_styles, blocking_scripts, eager_pictures)
DANGERS = (policies, handlers, pictures)

MANIFEST = f"{FOLDER}/manifest.json"


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong on one page, and the line of its file where it is."""

    page: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return the problem as one line of text."""
        return f"{self.page}:{self.line}: {self.message}"


def check_site(folder: Path) -> list[Problem]:
    """Return everything that is wrong with the site in `folder`, by page and line; an empty list is a pass.

    Raises: UserError if `folder` is not a built site.
    """
    site = BuiltSite(folder)
    found = [problem for page in site.pages.values() for problem in check_page(site, page)]
    return sorted([*found, *broken_figures(site)])


def broken_figures(site: BuiltSite) -> Iterator[Problem]:
    """Yield every figure that its last build could not draw, whether a page shows it or not."""
    lines = (site.folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    for name, figure in site.manifest.figures.items():
        if figure.error:
            line = next((number for number, text in enumerate(lines, 1) if text.strip() == f'"{name}": {{'), 1)
            told = " ".join(figure.error.split())
            yield Problem(MANIFEST, line, f"`{name}` must be drawn; got an error: {told}; mend it, then `nox -s site`")


def check_page(site: BuiltSite, page: BuiltPage) -> set[Problem]:
    """Return everything that is wrong with one page."""
    if page.root is None:
        return {Problem(page.path, 1, "the page must have content; got an empty file; run `nox -s site`")}
    return {
        Problem(page.path, element.sourceline or 1, message)
        for rule in (*RULES, *COSTS, *DANGERS)
        for element, message in rule(site, page)
    }
