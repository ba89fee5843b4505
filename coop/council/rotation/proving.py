"""What `manage.py verify` recomputes: slates are what was sealed, draws come out as they were published."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.proof import Broken, Checked, Proof
from coop.council.models import Declaration, Draw, DrawCalledOff, DrawResult, DrawSeed, Slate
from coop.council.rotation.drawing import draw, sha256
from coop.council.rotation.draws import announced_seal
from coop.record.models import Act, Entry
from coop.statute.proposals import seal


def prove_rotation() -> Checked:
    """Every declaration, slate and draw: by itself, and against the record."""
    rows = 0
    for broken in _all():
        rows += 1
        if broken is not None:
            return Checked(rows, broken)
    return Checked(rows)


def _all() -> Iterator[Broken | None]:
    yield from _declarations()
    yield from _slates()
    yield from _draws()


def _acts(act: Act) -> list[dict[str, Any]]:
    return list(Entry.objects.filter(act=act).order_by("position").values_list("facts", flat=True))


def _declarations() -> Iterator[Broken | None]:
    """Of each member, in the order in which they were made, one act each."""
    told = [(one["number"], one["willing"], one["offices"]) for one in _acts(Act.STANDING_DECLARED)]
    made = [
        (one.member.number, one.willing, list(one.offices))
        for one in Declaration.objects.select_related("member").order_by("position")
    ]
    # Stable: what one member said stays in its order.
    if sorted(told, key=itemgetter(0)) != sorted(made, key=itemgetter(0)):
        says = _("lo que alguien declaró no es lo que dice el libro de actos")
        yield Broken(_("disponibilidad para cargos"), says)
    yield from (None for _one in made)


def _slates() -> Iterator[Broken | None]:
    told = {one["slate"]: one["sha256"] for one in _acts(Act.SLATE_PROPOSED)}
    for slate in Slate.objects.order_by("pk").iterator():
        sealed = seal(slate.facts) == slate.sha256 == told.pop(slate.pk, "")
        where = _("lista propuesta %(n)d") % {"n": slate.pk}
        yield None if sealed else Broken(where, _("no es la que se selló"))
    for missing in told:
        yield Broken(_("lista propuesta %(n)d") % {"n": missing}, _("está en el libro de actos y falta"))


def _draws() -> Iterator[Broken | None]:
    acts = _acts(Act.DRAW_ANNOUNCED)
    announced = {one["draw"]: one for one in acts if "called_off" not in one}
    told_off = {one["draw"]: one["called_off"] for one in acts if "called_off" in one}
    off = dict(DrawCalledOff.objects.values_list("draw_id", "reason"))
    held = {one["draw"]: one for one in _acts(Act.DRAW_HELD)}
    seeds = dict(DrawSeed.objects.values_list("draw_id", "seed"))
    results = {one.draw_id: one for one in DrawResult.objects.all()}
    for one in Draw.objects.order_by("pk").iterator():
        where = _("sorteo %(n)d") % {"n": one.pk}
        wrong = _wrong(
            one,
            seeds.get(one.pk, ""),
            results.get(one.pk),
            announced.pop(one.pk, {}),
            held.pop(one.pk, None),
        )
        if not wrong and told_off.pop(one.pk, None) != off.get(one.pk):
            wrong = _("no quedó sin efecto como dice el libro de actos")
        yield Broken(where, wrong) if wrong else None
    for missing in (*announced, *held):
        yield Broken(_("sorteo %(n)d") % {"n": missing}, _("está en el libro de actos y falta"))


def _wrong(
    one: Draw,
    seed: str,
    result: DrawResult | None,
    announced: dict[str, Any],
    held: dict[str, Any] | None,
) -> str:
    told = (announced.get("commitment"), announced.get("participants"), announced.get("places"))
    same = announced.get("sealed") == announced_seal(one)
    if (
        not same
        or sha256(seed) != one.commitment
        or told != (one.commitment, len(one.participants), one.places)
    ):
        return _("no es el que se anunció")
    if (result is None) != (held is None):
        return _("el resultado no es lo que dice el libro de actos")
    if result is None or held is None:
        return ""
    numbers = [person["number"] for person in one.participants]
    order = draw(seed=seed, value=result.public_value, numbers=numbers).order
    if result.seed != seed or list(order) != result.drawn:
        return _("con esa semilla y ese valor sale otro orden")
    if held["value"] != result.public_value or [person["number"] for person in held["drawn"]] != list(
        order[: one.places]
    ):
        return _("el resultado no es lo que dice el libro de actos")
    return ""


ROTATION = Proof(
    "rotation", gettext_lazy("disponibilidad, listas y sorteos: lo sellado y lo sorteado"), prove_rotation
)
