"""The one entry to everything: figures, site, tests, lint, bench."""

import os
import shutil
from pathlib import Path

import nox

nox.options.sessions = ["site"]
nox.options.reuse_venv = "yes"
nox.options.default_venv_backend = "uv|virtualenv"  # the quicker one where it is installed
nox.needs_version = ">=2024.10"

CONSTRAINTS = ("--constraint", "constraints.txt")
SITE = Path("site")
NEXT = Path(".genfigs") / "site"


def prepare(session: nox.Session, *extras: str) -> None:
    """Install the project, its extras, and only the versions in constraints.txt."""
    if any(option.startswith("--scheduler") for option in session.posargs):
        extras = (*extras, "cluster")
    wanted = f".[{','.join(extras)}]" if extras else "."
    session.env["UV_SYSTEM_CERTS"] = "1"  # uv trusts whom pip trusts
    session.install(*CONSTRAINTS, "--editable", wanted)
    session.env["NO_MKDOCS_2_WARNING"] = "1"


def judge(session: nox.Session, site: Path) -> None:
    """Finish a site that a generator built, and check it."""
    session.run("python", "-m", "genfigs", "finish", str(site))
    session.run("python", "-m", "genfigs", "check", str(site))


def build_site(session: nox.Session, *options: str) -> None:
    """Bring the figures up to date, build the site, and check it; only then replace the site of the last build."""
    session.run("python", "-m", "genfigs", "build", *options)
    session.run("mkdocs", "build", "--strict", "--quiet", "--site-dir", str(NEXT))
    judge(session, NEXT)
    shutil.rmtree(SITE, ignore_errors=True)
    NEXT.rename(SITE)


@nox.session
def figures(session: nox.Session) -> None:
    """Draw the digits, train the network and render every figure that is out of date."""
    prepare(session)
    session.run("python", "-m", "genfigs", "build", *session.posargs)


@nox.session
def site(session: nox.Session) -> None:
    """Build the figures and the site, and check the result."""
    prepare(session)
    build_site(session, *session.posargs)
    start = (SITE / "index.html").resolve()
    session.log(
        f"The site is in {SITE.resolve()}; open {start.as_uri()} or put the folder on any static host."
    )


@nox.session(name="zip")
def zip_site(session: nox.Session) -> None:
    """Build the site, and put it into one file that opens without a server once unpacked."""
    prepare(session)
    build_site(session, *session.posargs)
    session.run("python", "-m", "genfigs", "zip", str(SITE))


@nox.session
def serve(session: nox.Session) -> None:
    """Show the site while you write: prose and figures reload when they change."""
    prepare(session)
    session.run("python", "-m", "genfigs", "serve", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run every test, the ones in real browsers included."""
    prepare(session, "test")
    if session.posargs:
        session.run("pytest", *session.posargs)
        return
    session.run("python", "-m", "tests.browser.engines")
    build_site(session)
    session.env["GENFIGS_SITE"] = str(SITE.resolve())
    workers = (os.cpu_count() or 1) + 1  # one more than cores, since tests wait for browsers and builds
    session.run("pytest", "-n", str(workers), "--dist", "worksteal")


@nox.session
def lint(session: nox.Session) -> None:
    """Check format, style, types and the direction of imports; in prose, spelling, phrases and typed numbers."""
    prepare(session, "lint", "test")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")
    session.run("lint-imports", "--no-cache")
    session.run("python", "-m", "genfigs", "lint")
    pages = [str(page) for page in (*Path().glob("*.md"), *Path("docs").rglob("*.md"))]
    session.run("codespell", *pages, "docs/assets/js", "genfigs")
    session.run("proselint", "check", "--config", "docs/.proselint.json", *pages)


@nox.session
def audit(session: nox.Session) -> None:
    """Look up every pinned version in the databases of known vulnerabilities; needs a network."""
    session.install("pip-audit")
    session.run(
        "pip-audit", "--requirement", "constraints.txt", "--no-deps", "--disable-pip", *session.posargs
    )


@nox.session
def zensical(session: nox.Session) -> None:
    """Build the same mkdocs.yml with Zensical, and check the result the same way."""
    prepare(session, "zensical")
    session.run("python", "-m", "genfigs", "build", *session.posargs)
    session.run("zensical", "build", "--clean", "--strict")
    judge(session, SITE)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed, bytes and accuracy; print them and write bench.json."""
    prepare(session, "test", "bench")
    build_site(session)
    session.run("python", "-m", "tests.bench.run", *session.posargs)
