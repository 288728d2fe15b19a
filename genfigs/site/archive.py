"""The site as one file to hand on: unpacked anywhere, it opens without a server."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from genfigs.errors import UserError
from genfigs.pipeline.files import walk, write
from genfigs.site.built import NOT_FOUND_PAGE, BuiltSite

FOR_HOSTS = {NOT_FOUND_PAGE, "_headers", "sitemap.xml", "sitemap.xml.gz"}  # no reader opens them
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can tell
READABLE = 0o100644 << 16  # a plain file that its owner may write


def zip_site(folder: Path, target: Path) -> str:
    """Write the built site in `folder` to the ZIP file `target`; return the name of the one folder inside.

    The same site gives the same bytes.
    Raises: UserError if there is no whole site, if `target` lies in it, or if it cannot be written.
    """
    site = BuiltSite(folder)
    if target.resolve().is_relative_to(folder.resolve()):
        raise UserError(f"`FILE` must lie outside the site; got `{target}`; choose another place")
    book = name_of(site)
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, file in sorted((file.relative_to(folder).as_posix(), file) for file in walk(folder)):
            if path not in FOR_HOSTS:
                archive.writestr(_entry(f"{book}/{path}"), file.read_bytes())
    write(target, content.getvalue())
    return book


def name_of(site: BuiltSite) -> str:
    """Return the name of the book, the last part of its first page's title, as a folder."""
    title = str(site.pages["index.html"].root.findtext(".//title") or "")
    return re.sub(r"\W+", "-", title.rsplit(" - ", 1)[-1].lower()).strip("-") or "book"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, wherever it is written
    entry.external_attr = READABLE
    return entry
