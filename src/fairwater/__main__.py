"""The program `fairwater`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    from fairwater import __version__

    arguments = sys.argv[1:]
    if not arguments or arguments in (["--help"], ["-h"], ["help"]):
        from fairwater.cli.table import root_help

        sys.stdout.write(root_help(__version__))
        return 0
    if arguments == ["--version"]:
        sys.stdout.write(f"fairwater {__version__}\n")
        return 0
    from fairwater.cli.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
