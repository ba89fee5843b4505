"""Gathers the facts, here and now. Each measure copes with what is away: that is what it is asked about."""

import shutil
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count, Min, Q

from coop.common import hall
from coop.common.hall import Address
from coop.documents.enums import State
from coop.documents.models import Document
from coop.portal.doctor import database, queue
from coop.portal.doctor.facts import Documents, Facts, Network, Queue, Verified
from coop.portal.hall.certificate import authority, server
from coop.record.models import Verification

# A document that failed longer ago has been seen by whoever asked for it.
FAILED_LATELY = timedelta(days=30)
# Seconds for which an answer about broker and worker serves everybody who asks: it costs them work.
QUEUE_KEPT = 10


def measure(at: datetime, here: Address | None = None) -> Facts:
    found = database.measure()
    return Facts(
        at=at,
        database=found,
        queue=_queue(),
        free=shutil.disk_usage(settings.BASE_DIR).free,
        network=network(here),
        mail=settings.EMAIL_OFFERED,
        documents=_documents(at) if found else None,
        verified=_verified() if found else None,
    )


def network(here: Address | None = None) -> Network:
    signed, shown, site = authority(), server(), hall.site()
    return Network(
        https=settings.HTTPS,
        hall=settings.HALL,
        behind_proxy=settings.BEHIND_PROXY,
        told=bool(settings.SITE_URL),
        site=site,
        here=here,
        authority_not_after=signed.not_after if signed else None,
        certificate_begins=shown.not_before if shown else None,
        certificate_ends=shown.not_after if shown else None,
        speaks_for=shown.speaks_for if shown else frozenset(),
    )


def _queue() -> Queue:
    return cache.get_or_set("doctor-queue", queue.measure, QUEUE_KEPT) or Queue(broker=False)


def _documents(at: datetime) -> Documents | None:
    waits = Q(state__in=[State.QUEUED, State.RENDERING])
    try:
        found = Document.objects.aggregate(
            waiting=Count("pk", filter=waits),
            first=Min("frozen_at", filter=waits),
            failed=Count("pk", filter=Q(state=State.FAILED, frozen_at__gte=at - FAILED_LATELY)),
        )
    except DatabaseError:
        return None
    oldest = (at - found["first"]).total_seconds() if found["first"] else 0.0
    return Documents(found["waiting"], oldest, found["failed"])


def _verified() -> Verified | None:
    try:
        last = Verification.objects.order_by("-begun_at").first()
    except DatabaseError:
        return None
    if last is None:
        return None
    return Verified(last.begun_at, tuple(str(proof["label"]) for proof in last.broken))
