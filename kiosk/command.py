"""`trestle kiosk`: the screen on the wall, a client of the hub on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from hub.client import Client, read_token
from hub.words.fonts import FontsMissing
from kiosk import theme
from kiosk.widgets.typeface import NoLetters

API: Final = "http://127.0.0.1:8081"
TIMEOUT: Final = 3.0
"""Seconds until the hub on this machine counts as down; a screen must not wait longer."""
UNFIT: Final = 78
"""Exit status where this machine cannot show the kiosk until somebody changes it (EX_CONFIG of sysexits.h)."""


def _list(_context: click.Context, _option: click.Parameter, value: str) -> list[str]:
    return [each for each in value.split(",") if each]


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var"),
    envvar="TRESTLE_DATA",
    show_default=True,
    help="The hub's directory, for its token.",
)
@click.option("--api", default=API, show_default=True, help="Where the hub's programs' door is.")
@click.option("--size", default="800x480", show_default=True, help="Size of the panel in dots.")
@click.option("--fullscreen/--window", default=False, help="The whole screen, or a window.")
@click.option("--language", default="en", show_default=True, help="The hub's own language.")
@click.option("--offscreen", is_flag=True, help="Draw without a display; with --screens, pictures only.")
@click.option(
    "--screens", type=click.Path(path_type=Path, file_okay=False), help="Write a picture of every screen here."
)
@click.option("--sizes", default="800x480", callback=_list, help="Sizes of the pictures, with commas.")
@click.option("--languages", default="en", callback=_list, help="Languages of the pictures, with commas.")
@click.option("--text-sizes", default="0", callback=_list, help="Steps of the text in the pictures: 0,1,2.")
def kiosk(
    data: Path,
    api: str,
    size: str,
    fullscreen: bool,
    language: str,
    offscreen: bool,
    screens: Path | None,
    sizes: list[str],
    languages: list[str],
    text_sizes: list[str],
) -> int:
    """Show the kiosk. A hub that is not up yet is no error: the screen says so and tries again."""
    try:
        if screens is not None:
            return _pictures(screens, sizes, languages, [int(step) for step in text_sizes])
        panel_screen = theme.screen_of(size)
    except ValueError as fault:
        raise click.UsageError(str(fault)) from None
    except (NoLetters, FontsMissing) as fault:
        click.echo(f"trestle: {fault}", err=True)
        return UNFIT
    from kiosk.app import Panel, run

    client = Client(api, _token(data), language, TIMEOUT)
    try:
        run(client, Panel(panel_screen, fullscreen, offscreen), language, lambda: click.echo("The kiosk is shown."))
    except (NoLetters, FontsMissing) as fault:
        click.echo(f"trestle: {fault}", err=True)
        return UNFIT
    return 0


def _token(data: Path) -> str:
    """Our token: from the environment, else from the hub's directory."""
    if token := os.environ.get("TRESTLE_TOKEN", ""):
        return token
    try:
        return read_token(data, "kiosk")
    except (OSError, KeyError, ValueError):
        raise click.UsageError(f"There is no token for the kiosk in {data}. Is a hub running from there?") from None


def _pictures(directory: Path, sizes: list[str], languages: list[str], steps: list[int]) -> int:
    """A picture of every screen of a practice evening."""
    from kiosk.gallery import every_screen
    from kiosk.offscreen import shoot

    shots = ((shot.name, shot.language, shot.page) for shot in every_screen(languages))
    for path in shoot(shots, sizes, steps, directory):
        click.echo(path)
    return 0
