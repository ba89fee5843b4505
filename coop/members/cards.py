"""What waits for a member out of the register: an answer to give, a trial to confirm, a file to answer."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Card
from coop.common.time import local_day
from coop.members.enums import FactKind, State, StepKind
from coop.members.facts import months_after
from coop.members.models import Application, Member, MemberFact, SanctionStep
from coop.powers import Power, may
from coop.statute.domain import cooperative, rules_at

FEW = 3


def register_cards(member_id: int, at: datetime) -> Iterator[Card]:
    yield from _to_answer(member_id, at)
    member = Member.objects.filter(pk=member_id).first()
    if member is None or not may(member.actor, Power.KEEP_REGISTER, at):
        return
    yield from _applications()
    yield from _trials(at)


def _to_answer(member_id: int, at: datetime) -> Iterator[Card]:
    """The member's own file: until when to answer, until when to appeal."""
    today = local_day(at, cooperative().tz)
    open_steps = SanctionStep.objects.filter(
        Q(kind=StepKind.NOTIFIED) | Q(kind=StepKind.DECIDED), file__member_id=member_id, due__gte=today
    ).select_related("file")
    done = set(
        SanctionStep.objects.filter(file__member_id=member_id).values_list("file_id", "kind")
        if open_steps
        else []
    )
    answers = {
        StepKind.NOTIFIED: {StepKind.DEFENCE, StepKind.NO_DEFENCE, StepKind.DECIDED},
        StepKind.DECIDED: {StepKind.APPEALED},
    }
    for step in open_steps:
        kind = StepKind(step.kind)
        if any((step.file_id, answer) in done for answer in answers[kind]):
            continue
        until = date_format(step.due, "SHORT_DATE_FORMAT") if step.due else ""
        defends = kind == StepKind.NOTIFIED
        yield Card(
            rank=8,
            kicker=_("Sumario N.º %(n)s") % {"n": step.file.number},
            title=_("Presentá tu descargo") if defends else _("Podés apelar ante la asamblea"),
            text=_("Hasta el %(day)s inclusive.") % {"day": until},
            url=reverse("members:sanction", args=[step.file.number]),
            action=_("Leer y contestar"),
        )


def _applications() -> Iterator[Card]:
    waiting = Application.objects.waiting().count()
    if waiting:
        yield Card(
            rank=40,
            title=_("Solicitudes de ingreso"),
            text=ngettext("%(n)d espera respuesta", "%(n)d esperan respuesta", waiting) % {"n": waiting},
            url=reverse("members:applications"),
            action=_("Ver"),
        )


def _trials(at: datetime) -> Iterator[Card]:
    """Whose trial is over and waits for the council's word."""
    day, months = local_day(at, cooperative().tz), rules_at(at).membership.trial_months
    on_trial = Member.objects.on_register(day).in_state(day, State.TRIAL)
    began = MemberFact.objects.standing().filter(kind=FactKind.ADMITTED, member__in=on_trial)
    over = [fact for fact in began.select_related("member") if months_after(fact.day, months) <= day]
    for fact in over[:FEW]:
        ends = date_format(months_after(fact.day, months), "SHORT_DATE_FORMAT")
        yield Card(
            rank=41,
            title=fact.member.name,
            text=_("Su prueba terminó el %(day)s: falta confirmar el ingreso.") % {"day": ends},
            url=reverse("members:member", args=[fact.member.number]),
            action=_("Ver"),
        )
    if len(over) > FEW:
        yield Card(
            rank=42,
            title=_("Pruebas terminadas"),
            text=_("%(n)d en total esperan confirmación.") % {"n": len(over)},
            url=reverse("members:register") + "?estado=prueba",
            action=_("Ver"),
        )
