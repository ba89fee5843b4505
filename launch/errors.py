"""What the launcher says when it cannot go on: one plain line, never a traceback."""

import errno

NO_SPACE = "No space left on device"


class LaunchError(Exception):
    """Carries the one line (Spanish) that the person at the terminal reads. The command ends with exit code
    1.
    """


class Stopped(BaseException):
    """SIGTERM or Ctrl-C arrived. Not an `Exception`, so that nothing on the way mistakes it for a failure."""


def from_os_error(error: OSError) -> LaunchError:
    """The line for a failed file operation; a full disk is named as such."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LaunchError(f"No queda espacio en el disco{where}. Liberá espacio y volvé a probar.")
    return LaunchError(f"No se pudo: {error.strerror or error}{where}.")
