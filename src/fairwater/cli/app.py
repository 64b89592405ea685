"""From words typed to an exit code: dispatch, and one place where failures become text."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

from cyclopts import App, CycloptsError

from fairwater import __version__
from fairwater.agreement.problems import AgreementErrors
from fairwater.archive.errors import ArchiveError, QueryError
from fairwater.cli.exits import INTERNAL, UNREADABLE, USAGE, Failure
from fairwater.cli.table import COMMANDS, GROUPS, expanded
from fairwater.intake.errors import FileUnreadable, ProfileError
from fairwater.ledger.errors import JournalError, JournalLocked
from fairwater.node.config import NodeError
from fairwater.records import RecordError


def build(arguments: Sequence[str]) -> App:
    """The application. Only the command typed is imported, and its docstring is its help."""
    app = App(
        name="fairwater",
        version=__version__,
        help_format="plaintext",
        result_action="return_value",
    )
    groups = {name: App(name=name, help=help_) for name, help_ in GROUPS.items()}
    for group in groups.values():
        app.command(group)
    for command in COMMANDS:
        parent = groups[command.words[0]] if len(command.words) > 1 else app
        if tuple(arguments[: len(command.words)]) == command.words:
            module, _, function = command.target.partition(":")
            parent.command(getattr(import_module(module), function), name=command.words[-1])
        else:
            parent.command(command.target, name=command.words[-1], help=command.help)
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command line. Data goes to stdout, talk to stderr."""
    try:
        words = expanded(arguments)
        result = build(words)(words, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        return _say(USAGE, str(error), f"`{_command(arguments)} --help` shows an example")
    except Failure as failure:
        return _say(failure.code, str(failure), failure.hint)
    except NodeError as error:
        return _say(USAGE, str(error), error.hint)
    except (FileUnreadable, ProfileError, AgreementErrors) as error:
        return _say(UNREADABLE, str(error), None)
    except QueryError as error:
        return _say(USAGE, str(error), None)
    except ArchiveError as error:
        return _say(INTERNAL, str(error), None)
    except JournalLocked as error:
        return _say(INTERNAL, str(error), "wait for the other writer, then try again")
    except JournalError as error:
        return _say(INTERNAL, str(error), None)
    except RecordError as error:
        return _say(UNREADABLE, str(error), None)
    except KeyboardInterrupt:
        return _say(130, "stopped; nothing was written by halves", None)
    except BrokenPipeError:
        # The reader of our output went away: not our failure. Keep the exit from printing again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _operating_system(error)
    except Exception:
        traceback.print_exc()
        return _say(INTERNAL, "an internal fault; the lines above say where", None)
    return result if isinstance(result, int) else 0


def _operating_system(error: OSError) -> int:
    if error.errno == errno.ENOSPC:
        return _say(INTERNAL, f"the disk is full: {error}", "nothing was written by halves")
    code = UNREADABLE if error.errno in (errno.ENOENT, errno.EACCES, errno.EISDIR) else INTERNAL
    return _say(code, str(error), None)


def _say(code: int, message: str, hint: str | None) -> int:
    print(f"error: {message}", file=sys.stderr)
    if hint:
        print(f"\nhint: {hint}", file=sys.stderr)
    return code


def _command(arguments: Sequence[str]) -> str:
    words = [word for word in arguments[:2] if word.isalpha()]
    known = {command.words for command in COMMANDS}
    for length in (2, 1):
        if tuple(words[:length]) in known:
            return " ".join(["fairwater", *words[:length]])
    return "fairwater"
