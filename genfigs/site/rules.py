"""What must hold for every page of a built site: each rule gives the elements at fault, and what is wrong."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from genfigs.errors import nearest
from genfigs.site.built import BuiltPage, BuiltSite
from genfigs.site.manifest import FOLDER
from genfigs.site.values import machine_readable

Fault = tuple[Any, str]
Rule = Callable[[BuiltSite, BuiltPage], Iterator[Fault]]

REQUESTS = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href",),
    "img": ("src",),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src",),
    "track": ("src",),
    "use": ("href",),
    "video": ("src", "poster"),
}
"""Which attributes of which elements make the browser ask a server for something."""

QUIET_LINKS = {"alternate", "author", "canonical", "describedby", "edit", "license", "next", "prev", "search"}
"""Kinds of `<link>` that only state a fact."""

READ_ATTRIBUTES = ("alt", "aria-label", "content", "title")
LEFTOVER = re.compile(r"\{\{[^{}]*\}\}|^\s*/{3,}\s*(?:[a-z]+\b.*)?$", re.MULTILINE)


def images(site: BuiltSite, page: BuiltPage) -> Iterator[Fault]:
    """Every image says what it shows and how large it is."""
    for image in page.root.iter("img"):
        source = image.get("src", "")
        if not image.get("alt", "").strip():
            yield (
                image,
                f"`alt` must describe the image; got nothing for `{source}`; write it in the Markdown",
            )
        for side in ("width", "height"):
            if not re.fullmatch(r"[1-9]\d*", image.get(side, "")):
                got = image.get(side) or "nothing"
                yield image, f"`{side}` must be a number of pixels; got {got} for `{source}`; state it"


def requests(site: BuiltSite, page: BuiltPage) -> Iterator[Fault]:
    """Whatever the page loads is there, and comes from this site."""
    for element, attribute in _requesting(page):
        address = element.get(attribute)
        for one in [address, *_candidates(element.get("srcset"))]:
            url = urlsplit(one)
            if url.netloc:
                yield (
                    element,
                    f"`{attribute}` must stay on this site; got `{one}`; ship the file with the site",
                )
            elif not url.scheme and site.find(page, one) is None:
                yield element, f"`{attribute}` must lead to a file; got `{one}`; run `nox -s site`"


def _requesting(page: BuiltPage) -> Iterator[tuple[Any, str]]:
    for element in page.root.iter(*REQUESTS):
        if element.tag == "link" and set(element.get("rel", "").split()) <= QUIET_LINKS:
            continue
        yield from ((element, name) for name in REQUESTS[element.tag] if element.get(name))


def _candidates(srcset: str | None) -> list[str]:
    return [part.split()[0] for part in (srcset or "").split(",") if part.strip()]


def links(site: BuiltSite, page: BuiltPage) -> Iterator[Fault]:
    """Every link within the site leads to a page that is there, and to an anchor on it."""
    for link in page.root.iter("a"):
        address = link.get("href", "")
        url = urlsplit(address)
        if url.scheme or url.netloc or not address:
            continue
        file = site.find(page, address)
        if file is None:
            yield link, f"`href` must lead to a file of the site; got `{address}`; mend the link"
            continue
        target = site.page_at(file)
        anchor = unquote(url.fragment)
        if target and anchor and anchor not in target.anchors:
            hint = nearest(anchor, target.anchors) if len(target.anchors) < 100 else ""
            yield link, f"`href` must lead to an anchor of `{target.path}`; got `#{anchor}`{hint}"


def identities(site: BuiltSite, page: BuiltPage) -> Iterator[Fault]:
    """No id is used twice."""
    seen = set()
    for element in page.root.xpath("//*[@id]"):
        identity = element.get("id")
        if identity in seen:
            yield element, f"`id` must be used once on a page; got `{identity}` again; rename one of the two"
        seen.add(identity)


def leftovers(site: BuiltSite, page: BuiltPage) -> Iterator[Fault]:
    """Nothing that should have been replaced is still there."""
    for element in page.root.xpath("//*[not(ancestor-or-self::code or ancestor-or-self::pre)]"):
        if element.tag in {"script", "style"}:
            continue
        texts = [element.text, *(child.tail for child in element)]
        texts += [element.get(name) for name in READ_ATTRIBUTES]
        for found in filter(None, (LEFTOVER.search(text) for text in texts if text)):
            got = found.group().strip()
            yield element, f"text must not show markup; got `{got}`; mend it, or put it in a code span"


def values(site: BuiltSite, page: BuiltPage) -> Iterator[Fault]:
    """Every computed value on the page is the one in the manifest."""
    known = site.manifest.values
    for element in page.root.xpath("//data[@data-name]"):
        name, value = element.get("data-name"), element.get("value")
        if name not in known:
            yield element, f"`value` must be one that the build computes; got `{name}`{nearest(name, known)}"
        elif value != machine_readable(known[name]):
            now = machine_readable(known[name])
            yield element, f"`{name}` must be the manifest's {now}; got {value}; run `nox -s site`"


def figures(site: BuiltSite, page: BuiltPage) -> Iterator[Fault]:
    """Every figure shown on the page is in the manifest, and all its files are there."""
    shown: dict[str, Any] = {}
    for image in page.root.iter("img"):
        folder, _, file = (page.local_path(image.get("src", "")) or "").rpartition("/")
        if folder == FOLDER:
            shown.setdefault(file.partition(".")[0], image)
    known = site.manifest.figures
    for name, image in shown.items():
        if name not in known:
            yield image, f"`figure` must be one that the build makes; got `{name}`{nearest(name, known)}"
            continue
        for suffix in known[name].suffixes:
            file = f"{FOLDER}/{name}.{suffix}"
            if not (site.folder / file).is_file():
                yield image, f"`{name}` must have all its files; got no `{file}`; run `nox -s site`"


def scenes(site: BuiltSite, page: BuiltPage) -> Iterator[Fault]:
    """Every scene on the page has all its stages, in order, on the tape and in the text."""
    known = site.manifest.scenes
    for scrolly in page.root.xpath("//*[@data-scene]"):
        name = scrolly.get("data-scene")
        if name not in known:
            yield scrolly, f"`scene` must be one that the build makes; got `{name}`{nearest(name, known)}"
            continue
        wanted = [stage.name for stage in known[name]]
        parts = {"tape": ".//nav//a/@data-stage", "text": ".//section/@data-stage"}
        for part, path in parts.items():
            got = [str(stage) for stage in scrolly.xpath(path)]
            if got != wanted:
                stages = ", ".join(got) or "none"
                yield scrolly, f"the {part} of `{name}` must have {', '.join(wanted)}; got {stages}; add them"


RULES: tuple[Rule, ...] = (images, requests, links, identities, leftovers, values, figures, scenes)
