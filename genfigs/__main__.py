"""The command line: `python -m genfigs`, also installed as `genfigs`; it wires, and decides nothing."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from genfigs.errors import UserError
from genfigs.pipeline import build as builds
from genfigs.pipeline.project import DEFAULT_SEED, SOURCES, Project, Settings, last
from genfigs.pipeline.reporting import as_report, reporter_for
from genfigs.pipeline.scaffold import new_chapter, new_figure
from genfigs.pipeline.staff import Staff

Command = TypeVar("Command", bound=Callable[..., Any])


def made_from(command: Command) -> Command:
    """Add the options that say what a build is made from."""
    command = click.option(
        "--quick/--full", default=None, help="A small, marked preview of everything, or the real thing."
    )(command)
    command = click.option(
        "--seed",
        type=click.IntRange(0, 2**31 - 1),
        help=f"Seed of everything drawn at random [{DEFAULT_SEED}].",
    )(command)
    return click.option(
        "--data",
        "source",
        metavar="NAME|PATH",
        help=f"{', '.join(SOURCES)}, or a folder of IDX files [{SOURCES[0]}].",
    )(command)


def done_by(command: Command) -> Command:
    """Add the options that say who does the work."""
    command = click.option(
        "--scheduler", metavar="ADDRESS", help="Work on the cluster of this Dask scheduler, not here."
    )(command)
    return click.option(
        "--jobs", "-j", type=click.IntRange(1), help="Tasks at once [all cores, here or there]."
    )(command)


JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Draw digits, train a small convolutional network on them, and picture every number in it."""


@cli.command()
@click.argument("figures", metavar="[FIGURE]...", nargs=-1)
@made_from
@done_by
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the figures [docs/figures].")
def build(
    figures: tuple[str, ...],
    source: str | None,
    seed: int | None,
    quick: bool | None,
    jobs: int | None,
    scheduler: str | None,
    out: Path | None,
) -> None:
    """Bring figures up to date: all of them, or those named."""
    settings = _settings(Settings(), source, seed, quick)
    staff = Staff(jobs, scheduler)
    click.echo(builds.build(Project.find(out), settings, figures, staff, reporter_for()))


@cli.command("list")
@made_from
@JSON
def list_command(source: str | None, seed: int | None, quick: bool | None, as_json: bool) -> None:
    """Show every figure of the last build: fresh or stale and why, files, bytes, seconds."""
    from genfigs.pipeline.listing import as_table, list_figures
    from genfigs.pipeline.overview import survey

    project = Project.find()
    rows = list_figures(survey(project, _settings(last(project), source, seed, quick)))
    click.echo(json.dumps(rows, indent=1, ensure_ascii=False) if as_json else as_table(rows))


@cli.command()
@click.argument("path")
@made_from
@done_by
@JSON
def evaluate(
    path: str,
    source: str | None,
    seed: int | None,
    quick: bool | None,
    jobs: int | None,
    scheduler: str | None,
    as_json: bool,
) -> None:
    """Test the trained network on a folder of IDX files; the network is trained first if it is not."""
    project = Project.find()
    full = replace(last(project), quick=False)
    settings, staff = _settings(full, source, seed, quick), Staff(jobs, scheduler)
    result = builds.evaluate(project, settings, path, staff, reporter_for())
    click.echo(json.dumps(result) if as_json else as_report(result))


@cli.command()
@click.argument("site", type=click.Path(path_type=Path))
def check(site: Path) -> None:
    """Check a built site: every image, anchor, alt text, figure, value, and the byte budget."""
    from genfigs.site.check import check_site

    problems = check_site(site)
    if problems:
        raise UserError("\n".join(map(str, problems)))
    click.echo(f"{site}: no problems")


@cli.command("zip")
@click.argument("site", type=click.Path(path_type=Path))
@click.argument("file", default="site.zip", type=click.Path(path_type=Path))
def zip_command(site: Path, file: Path) -> None:
    """Write the built site SITE to one FILE [site.zip] that opens without a server once unpacked."""
    from genfigs.site.archive import zip_site

    book = zip_site(site, file)
    click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB; unpack it and open `{book}/index.html`")


@cli.command()
@click.argument("site", type=click.Path(path_type=Path))
def finish(site: Path) -> None:
    """Finish a built site: leave out what differs from build to build, such as how long a figure took."""
    from genfigs.site.finishing import finish_site

    finish_site(site)
    click.echo(f"{site}: finished")


@cli.command()
@click.argument("docs", default="docs", type=click.Path(path_type=Path, exists=True, file_okay=False))
def lint(docs: Path) -> None:
    """Check the Markdown below DOCS for numbers typed where the build computes them."""
    from genfigs.site.prose import typed_numbers

    found = typed_numbers(docs)
    if found:
        raise UserError("\n".join(map(str, found)))
    click.echo(f"{docs}: no numbers typed by hand")


@cli.command()
@made_from
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the site is served.")
def serve(source: str | None, seed: int | None, quick: bool | None, address: str) -> None:
    """Show the site in a browser; prose and figures reload when they change."""
    from genfigs.site.desk import serve as serve_site

    settings = _settings(Settings(), source, seed, quick)
    serve_site(Project.find().root, address, settings)


@cli.group()
def new() -> None:
    """Write a working starting point."""


@new.command()
@click.argument("slug")
def chapter(slug: str) -> None:
    """Start the chapter SLUG in docs/chapters."""
    project = Project.find()
    path = project.relative(new_chapter(project, slug))
    click.echo(f"wrote {path}; pages are listed by file name, so a number in front gives it its place")


@new.command()
@click.argument("name")
def figure(name: str) -> None:
    """Start the figure NAME in genfigs/figures."""
    project = Project.find()
    path = project.relative(new_figure(project, name))
    click.echo(f"wrote {path}; show it on a page with `![...](../figures/{name}.svg)`")


@cli.command()
def clean() -> None:
    """Remove what was generated: figures, style tokens, joined scripts and the cache."""
    from genfigs.pipeline.clean import clean as remove

    click.echo("removed " + (", ".join(remove(Project.find())) or "nothing"))


def _settings(default: Settings, source: str | None, seed: int | None, quick: bool | None) -> Settings:
    """Return the settings asked for, `default` where nothing was."""
    return Settings(
        default.source if source is None else source,
        default.seed if seed is None else seed,
        default.quick if quick is None else quick,
    )


def main() -> None:
    """Run the command line; exit with 0, or with 1 and one message on standard error."""
    try:
        cli.main(prog_name="genfigs", standalone_mode=False)
    except UserError as error:
        sys.exit(f"error: {error}")
    except click.ClickException as error:
        sys.exit(f"error: {error.format_message()}")
    except (click.Abort, KeyboardInterrupt):
        sys.exit("interrupted; what was finished is kept, and the next build goes on from there")


if __name__ == "__main__":
    main()
