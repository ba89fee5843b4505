"""Two halves of the suite at once (`-n 2`): each process of pytest-xdist has a Redis database of its own.

Named with `-p`, so that it is read before Django's settings are. PostgreSQL needs nothing: databases are
named after the process.
"""

import os
import re

worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if found := re.fullmatch(r"gw(\d+)", worker):
    address, number = os.environ["REDIS_URL"].rsplit("/", 1)
    os.environ["REDIS_URL"] = f"{address}/{int(number) + 1 + int(found[1])}"
