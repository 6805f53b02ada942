"""Where the command `nianbao` begins. Each process of a load runs this anew, so the program is imported only by the
one that was asked for."""

from __future__ import annotations

from importlib import import_module


def main() -> None:
    """Run the command."""
    import_module("etl.commands.app").app()
