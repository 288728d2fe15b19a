"""The site as one file: a zip that a reader unpacks and opens in a browser, without a server."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from genfigs.pipeline.files import write
from genfigs.site.built import BuiltSite

DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows: equal sites give equal bytes


def pack_site(folder: Path, archive: Path) -> int:
    """Write all files of the site in `folder` to `archive`, inside a folder of its name; return how many there are.

    Raises: UserError if `folder` is not a built site or `archive` cannot be written.
    """
    BuiltSite(folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for path in files:
            entry = ZipInfo(f"{archive.stem}/{path.relative_to(folder).as_posix()}", DAY)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, path.read_bytes())
    write(archive, buffer.getvalue())
    return len(files)
