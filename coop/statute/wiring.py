"""What the statute puts on other rooms' boards when the application starts."""

import base64
from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.home import offers_cards
from coop.common.proof import proves
from coop.documents.house import House, house_answers
from coop.record.telling import tells
from coop.statute import proposals, reforming
from coop.statute.cards import statute_cards
from coop.statute.domain import cooperative, on_adopted
from coop.statute.models import Logo, Matter, StatuteReform, StatuteVersion
from coop.statute.models.reforms import KIND
from coop.statute.proofs_versions import STATUTE
from coop.statute.resting import rests_on
from coop.statute.telling import TOLD


def wire() -> None:
    house_answers(whose, logo)
    proves(STATUTE)
    offers_cards(statute_cards)
    tells(TOLD)
    rests_on(gettext_lazy("Estatuto"), resting, cited)
    on_adopted(Matter.STATUTE_REFORM, reforming.take_effect)
    proposals.register(
        KIND,
        proposals.Kind(
            page=_page,
            check=reforming.check,
            matter=Matter.STATUTE_REFORM.value,
            sealed=reforming.waiting,
            words=_words,
        ),
    )


def whose() -> House:
    known = cooperative()
    return House(name=known.full_name, zone=known.zone, language=known.language)


def logo() -> str:
    """The logo as a data URI, read when a document is drawn; "" without one."""
    held = Logo.objects.first()
    if held is None:
        return ""
    return f"data:{held.kind};base64,{base64.b64encode(bytes(held.content)).decode()}"


def _page(reform_id: int) -> str:
    return reverse("statute:reform", args=[reform_id])


def _words(reform_id: int) -> tuple[proposals.Proposal, str, str]:
    held = StatuteReform.objects.get(pk=reform_id)
    title, text = reforming.motion_words(held)
    return held.proposal, title, text


def resting(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """The versions that rest on these resolutions."""
    return {
        version.resolution_id: [
            (
                _("El estatuto «%(title)s»") % {"title": version.title},
                reverse("statute:version", args=[version.pk]),
            )
        ]
        for version in StatuteVersion.objects.filter(resolution_id__in=keys).defer("document")
        if version.resolution_id is not None
    }


def cited(keys: Collection[int]) -> Any:
    return StatuteVersion.objects.filter(resolution_id__in=keys).values_list("resolution_id")
