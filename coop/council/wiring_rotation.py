"""Rotation on other rooms' boards: how its acts are told, slates as proposals, what it holds and proves."""

from django.urls import reverse

from coop.common.proof import proves
from coop.council.rotation import holding, slates
from coop.council.rotation.proving import ROTATION
from coop.council.rotation.told import TOLD
from coop.members.held import holds
from coop.record.telling import tells
from coop.statute import proposals
from coop.statute.models import Matter


def wire() -> None:
    tells(TOLD)
    holds(holding.about)
    proves(ROTATION)
    proposals.register(
        slates.KIND,
        proposals.Kind(page=_page, check=slates.check, matter=Matter.ELECTION.value, words=slates.words),
    )


def _page(slate_id: int) -> str:
    return reverse("council:slate", args=[slate_id])
