"""`python -m launch run|manage|test|long|lint|bench|screenshots|lock|clean`."""

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

from launch import checks, manage, start, upkeep
from launch.errors import LaunchError, Stopped, from_os_error
from launch.paths import ROOT, Paths

Command = Callable[[Paths, Mapping[str, str], Sequence[str]], int]


def run(paths: Paths, environ: Mapping[str, str], extra: Sequence[str]) -> int:
    start.run(paths, environ)
    return 0


def lint(paths: Paths, environ: Mapping[str, str], extra: Sequence[str]) -> int:
    return checks.lint(paths, environ)


def bench(paths: Paths, environ: Mapping[str, str], extra: Sequence[str]) -> int:
    return checks.with_services(paths, environ, ("python", "-m", "benchmarks", *extra), durable=True)


def screenshots(paths: Paths, environ: Mapping[str, str], extra: Sequence[str]) -> int:
    return checks.with_services(paths, environ, ("python", "-m", "tests.screenshots", *extra), durable=False)


def lock(paths: Paths, environ: Mapping[str, str], extra: Sequence[str]) -> int:
    upkeep.lock(paths, extra)
    return 0


def clean(paths: Paths, environ: Mapping[str, str], extra: Sequence[str]) -> int:
    return 0 if upkeep.clean(paths, environ) else 1


COMMANDS: dict[str, Command] = {
    "run": run,
    "manage": manage.run,
    "test": checks.test,
    "long": checks.long,
    "lint": lint,
    "bench": bench,
    "screenshots": screenshots,
    "lock": lock,
    "clean": clean,
}


def stop_once(number: int, frame: FrameType | None) -> None:
    """The first signal begins the stop; the next ones do not cut it short."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def main(arguments: Sequence[str], *, paths: Paths, environ: Mapping[str, str]) -> int:
    """The exit code. Everything foreseeable ends in one line; a traceback is a defect of ours."""
    if not arguments or arguments[0] not in COMMANDS:
        print(f"Usá: python -m launch {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[arguments[0]](paths, environ, arguments[1:])
    except LaunchError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(from_os_error(error), file=sys.stderr)
    except Stopped:
        print("\nCerrado.", file=sys.stderr)
        return 0 if arguments[0] == "run" else 130
    return 1


if __name__ == "__main__":
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop_once)
    sys.exit(main(sys.argv[1:], paths=Paths(ROOT), environ=os.environ))
