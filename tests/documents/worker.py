"""The product's own Celery application, with the tests' kinds of document: `--app tests.documents.worker`."""

import os

import django

django.setup()

from coop.celery import app as app  # noqa: E402
from coop.documents import libraries  # noqa: E402
from tests.documents import support as support  # noqa: E402

if os.environ.get("MISSING_LIBRARY"):
    # A machine that lacks one: the worker's own check is asked for something that is not there.
    libraries.missing.__defaults__ = ([("libno-such-thing.so.0", "libno-such-thing0")],)
