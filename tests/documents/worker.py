"""The product's own Celery application, with the tests' kinds of document: `--app tests.documents.worker`."""

import django

django.setup()

from coop.celery import app as app  # noqa: E402
from tests.documents import support as support  # noqa: E402
