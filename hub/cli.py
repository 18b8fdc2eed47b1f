"""The command line: one command, its subcommands found by entry points, plain errors.

The hub, the kiosk and the mesh each bring theirs under the entry point group `trestle.commands`.
Exit status: 0 done, 1 it did not work and a sentence says why, 2 the call was wrong.
"""

from __future__ import annotations

import errno
import sys
from importlib.metadata import entry_points
from typing import Any, Final

import click

from hub import __version__
from hub.config import BadConfig
from hub.domain.base import Refusal
from hub.log.faults import Fault
from hub.people import PeopleDamaged
from hub.stores import Unfit

GROUP: Final = "trestle.commands"


class Commands(click.Group):
    """Subcommands by entry point, loaded only when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, sorted."""
        return sorted(each.name for each in entry_points(group=GROUP))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One subcommand, or None."""
        for each in entry_points(group=GROUP, name=cmd_name):
            found = each.load()
            assert isinstance(found, click.Command)
            return found
        return None


PLAIN: Final = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EADDRINUSE, errno.EADDRNOTAVAIL)
"""Troubles of the machine that its own words and the place tell well enough."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="trestle")
def trestle() -> None:
    """Trestle: a kiosk, a ledger and a mesh for people who run things together."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; whatever goes wrong for a known reason ends in one plain sentence."""
    try:
        result: Any = trestle.main(arguments, prog_name="trestle", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.exceptions.Abort:
        sys.exit(1)
    except (Refusal, Fault, Unfit, PeopleDamaged, BadConfig) as fault:
        _say(str(fault))
    except OSError as fault:
        if fault.errno not in PLAIN:
            raise
        _say(f"{fault.strerror}: {fault.filename}." if fault.filename else f"{fault.strerror}.")
    else:
        sys.exit(result if isinstance(result, int) else 0)


def _say(sentence: str) -> None:
    click.echo(f"trestle: {sentence}", err=True)
    sys.exit(1)
