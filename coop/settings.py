"""The one settings file. Values come from the environment, read strictly by `coop.environment`."""

import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from coop.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

DEBUG = env.flag("DEBUG", default=False)
HTTPS = env.flag("HTTPS", default=True)
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
# Hall mode: this server itself speaks HTTPS to the phones of the shed (docs/hall-network.md).
HALL = env.flag("HALL", default=False)
HALL_PORT = env.port("HALL_PORT", default=8443)
HALL_DOOR_PORT = env.port("HALL_DOOR_PORT", default=8000)
HALL_CERTIFICATE = env.path("HALL_CERTIFICATE")
HALL_AUTHORITY = env.path("HALL_AUTHORITY")
# While `make run` shows the demonstration: the file by which its page asks for one's own (launch/own.py).
OWN_CHOICE = env.path("OWN_CHOICE")
if HALL and (BEHIND_PROXY or not HTTPS):
    # A phone at the plain door could say of itself that it came by HTTPS.
    raise ImproperlyConfigured("HALL=1 needs HTTPS=1 and no BEHIND_PROXY")
SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
# What the QR of a document leads to. Frozen with each document; without it they carry no QR.
SITE_URL = env.site("SITE_URL")

INSTALLED_APPS = [
    "coop.common",
    "coop.powers",
    "coop.record",
    "coop.documents",
    "coop.statute",
    "coop.ledger",
    "coop.members",
    "coop.jobs",
    "coop.access",
    "coop.shares",
    "coop.council",
    "assemblies",
    "payroll",
    "coop.portal",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "pgtrigger",
]

MIDDLEWARE = [
    "coop.portal.hall.door.DoorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "assemblies.kiosk_device.KioskMiddleware",
    "coop.members.middleware.MemberMiddleware",
    "coop.common.http.HeadersMiddleware",
]

ROOT_URLCONF = "coop.urls"
WSGI_APPLICATION = "coop.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "coop.members.context.page",
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5, "connect_timeout": 5},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGTRIGGER_SCHEMA = None
PGTRIGGER_INSTALL_ON_MIGRATE = False

# Live fragments are kept for a second in each process: the votes must not depend on the broker being up.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_PREFIX": str(DATABASES["default"]["NAME"]),
    }
}

AUTH_USER_MODEL = "members.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "members:sign_in"

SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "sesion"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "coop.portal.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# In hall mode the door does it, to the other port. Nor is a phone told to remember HTTPS then: it would ask
# the plain door by HTTPS too, and could not get the certificate that it lacks.
SECURE_SSL_REDIRECT = HTTPS and not HALL
# Probes of the machine itself ask without TLS.
SECURE_REDIRECT_EXEMPT = [r"^salud/$"]
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if HTTPS and not HALL else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# A register of 5,000 members is under 1 MB; the form says so before the server reads more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LANGUAGE_CODE = "es-ar"
LANGUAGES = [("es-ar", _("Español")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
# A member number or a year is no amount: what is money asks for its points itself.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "America/Argentina/Buenos_Aires"
FORMAT_MODULE_PATH = "coop.formats"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
TESTING = "pytest" in sys.modules
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# Codes by e-mail are offered only where the server can send them, and says as whom.
_mail = env.mail("EMAIL_URL")
EMAIL_OFFERED = bool(_mail)
EMAIL_FROM = env.text("EMAIL_FROM") if EMAIL_OFFERED else ""
EMAIL_TIMEOUT = 10
globals().update(_mail)

CELERY_BROKER_URL = env.redis("REDIS_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Whoever freezes a document does not wait for a broker that is away: the sweeper will send it.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "socket_connect_timeout": 2,
}
# One at a time: a long document must not keep others waiting behind it in the same worker.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# In KB: a child that has grown past it is replaced after its task. In seconds: one that hangs is killed.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 200_000
CELERY_TASK_TIME_LIMIT = 180
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    # What a sweep would find is still there for the next one: none of them waits for a worker.
    "sweep-documents": {
        "task": "coop.documents.tasks.sweep",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "forget-unanswered-codes": {"task": "coop.access.tasks.forget_unanswered", "schedule": 3600.0},
    # The doctor reads when it was done last: worker and beat are alive.
    "heartbeat": {"task": "coop.portal.doctor.tasks.beat", "schedule": 30.0, "options": {"expires": 30.0}},
    "forget-ended-sign-ins": {"task": "coop.members.tasks.forget_ended_sign_ins", "schedule": 3600.0},
    # What is to be handed over, filed and told of when terms end.
    "watch-the-council": {
        "task": "coop.council.tasks.watch",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    # The task itself knows the night: where the server sleeps, it does in the morning what it missed.
    "verify-nightly": {
        "task": "coop.portal.tasks.verify_nightly",
        "schedule": 1800.0,
        "options": {"expires": 1800.0},
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
