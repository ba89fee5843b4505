"""WSGI: static files are answered before Django's middleware, everything else by Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

application = WhiteNoise(
    get_wsgi_application(),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    max_age=60,
    immutable_file_test=r"^.+\.[0-9a-f]{12}\..+$",
)
