"""What a page may load and run: only what lies on its own site, and the inline scripts known by their hash.

Source: W3C, Content Security Policy Level 3.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

RULES = {
    "default-src": "'self'",  # browsers may fetch the next page ahead
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # figures and the theme size things by style attributes
    "img-src": "'self' data: blob:",  # the theme's icons; photos that a reader chooses
    "connect-src": "'self'",  # the search index
    "worker-src": "'self'",  # the search
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
ONLY_AS_HEADER = {"frame-ancestors": "'self'"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
TYPE = re.compile(r"\btype\s*=\s*[\"']?(?P<type>[\w/+.-]+)", re.IGNORECASE)
RUNNING_TYPES = {"module", "text/javascript"}


def inline_hashes(page: str) -> list[str]:
    """Return, sorted, what a policy calls the inline scripts of `page`: `'sha256-…'`; data blocks do not run."""
    codes = [found["code"] for found in SCRIPT.finditer(page) if _runs(found["attributes"])]
    return sorted({_hash(code) for code in codes})


def _runs(attributes: str) -> bool:
    """Return whether a script with these attributes runs what stands inside it."""
    kind = TYPE.search(attributes)
    return not SOURCE.search(attributes) and (not kind or kind["type"].lower() in RUNNING_TYPES)


def _hash(code: str) -> str:
    """Return the source expression of one inline script, as the browser reads it."""
    read = code.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(read.encode()).digest()).decode()}'"


def policy(hashes: Iterable[str], extra: dict[str, str] | None = None) -> str:
    """Return the policy of a page whose inline scripts have `hashes`."""
    rules = {**RULES, "script-src": " ".join([RULES["script-src"], *hashes]), **(extra or {})}
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def with_policy(page: str) -> str:
    """Return `page` with its policy right after the character set, before anything is loaded."""
    bare = META.sub("", page)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(inline_hashes(bare))}">'
    return CHARSET.sub(lambda found: found.group() + meta, bare, count=1)


def headers_file(pages: Iterable[str]) -> str:
    """Return the `_headers` file of hosts that read one: the policy that serves all `pages`, and its companions."""
    hashes = sorted({one for page in pages for one in inline_hashes(page)})
    lines = {"Content-Security-Policy": policy(hashes, ONLY_AS_HEADER), **HEADERS}
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in lines.items())
