"""Rules of the site check about what may run: nothing that the page's policy would stop, nothing inside pictures."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree, html

from genfigs.site.built import BuiltPage, BuiltSite
from genfigs.site.policy import inline_hashes

UNSAFE = ("'unsafe-eval'", "'unsafe-inline'", "*")
RUNNING = {"script", "foreignObject", "handler"}  # elements of SVG that run or hold what runs


def policies(site: BuiltSite, page: BuiltPage) -> Iterator[tuple[Any, str]]:
    """Every inline script is in the page's policy, if the page has one, and nothing unsafe is."""
    for meta in page.root.xpath("//meta[@http-equiv='Content-Security-Policy']"):
        allowed = _script_sources(meta.get("content", ""))
        for source in set(UNSAFE) & set(allowed):
            yield meta, f"the policy must not allow `{source}` for scripts; got it; run `nox -s site`"
        for script in page.root.iter("script"):
            missing = set(inline_hashes(html.tostring(script, encoding="unicode", with_tail=False))) - set(allowed)
            if missing:
                yield script, "`script` must be in the page's policy; got one that is not; run `nox -s site`"


def _script_sources(policy: str) -> list[str]:
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    return rules.get("script-src", rules.get("default-src", "")).split()


def handlers(site: BuiltSite, page: BuiltPage) -> Iterator[tuple[Any, str]]:
    """No element carries code in an attribute: no policy without holes lets it run."""
    for element in page.root.iter(etree.Element):
        for name in _code(element):
            yield element, f"`{name}` must be set by a script; got code in an attribute; move it to `docs/assets/js`"


def pictures(site: BuiltSite, page: BuiltPage) -> Iterator[tuple[Any, str]]:
    """No SVG on the page holds anything that runs."""
    for image in page.root.iter("img"):
        source = image.get("src", "")
        file = site.find(page, source) if source.endswith(".svg") else None
        if file and _runs(file, file.stat().st_mtime_ns):
            yield image, f"`{file.name}` must hold nothing that runs; got a script; draw it without"


@cache
def _runs(file: Path, modified: int) -> bool:
    """Return whether one version of an SVG holds a script, an event handler or an address that is one."""
    tree = etree.parse(str(file), etree.XMLParser(recover=True))
    elements = list(tree.iter(etree.Element)) if tree.getroot() is not None else []
    return any(etree.QName(element).localname in RUNNING or any(_code(element)) for element in elements)


def _code(element: Any) -> Iterator[str]:
    """Yield the attributes that carry code."""
    for name, value in element.items():
        if name.startswith("on") or value.lstrip().lower().startswith("javascript:"):
            yield name
