"""What of the register rests on a resolution, for its page."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.members.models import ApplicationAnswer, MemberFact


def facts(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Facts, and applications that were not admitted: sentence and address."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for fact in rows_of(keys).select_related("member"):
        told = {"name": fact.member.name, "what": fact.get_kind_display()}
        url = reverse("members:member", args=[fact.member.number])
        found[fact.resolution_id or 0].append((_("%(name)s: %(what)s") % told, url))
    for answer in ApplicationAnswer.objects.filter(resolution__in=keys, member__isnull=True).select_related(
        "application"
    ):
        told = {"name": answer.application.name}
        url = reverse("members:application", args=[answer.application_id])
        found[answer.resolution_id or 0].append((_("%(name)s: no fue admitido/a") % told, url))
    return found


def rows_of(keys: Collection[int]) -> "QuerySet[MemberFact]":
    return MemberFact.objects.filter(resolution__in=keys)


def rows(keys: Collection[int]) -> "QuerySet[MemberFact, tuple[int | None]]":
    return rows_of(keys).values_list("resolution_id")
