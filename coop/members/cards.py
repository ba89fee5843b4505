"""What waits for a member out of the register: an answer to give, a trial to confirm, a file to answer."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Answers, Card, Offer, Questions
from coop.common.together import Question, Row
from coop.members.enums import FactKind, State, StepKind
from coop.members.facts import months_after
from coop.members.models import Application, Member, MemberFact, SanctionStep
from coop.powers import Power, powers_of_member
from coop.statute.domain import rules_at
from coop.statute.models import day_of

FEW = 3
# What has been done about a step, once one of those follows.
DEFENDED = (StepKind.DEFENCE, StepKind.NO_DEFENCE, StepKind.DECIDED)


def _asks(member_id: int, at: datetime) -> Questions:
    asked: dict[str, Question] = {"to_answer": _open_steps(member_id, at)}
    if Power.KEEP_REGISTER in powers_of_member(member_id, at):
        waiting = Application.objects.waiting().order_by().values("answer")
        asked["applications"] = waiting.annotate(n=Count("pk")).values("n")
        asked["trials"] = _on_trial(at)
    return asked


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    yield from map(_to_answer, answers["to_answer"])
    yield from map(_applications, answers.get("applications", []))
    yield from _trials(answers.get("trials", []), at)


def _open_steps(member_id: int, at: datetime) -> Question:
    """Of the member's own files, what waits for their word and still may have it."""
    steps = SanctionStep.objects.filter(file__member_id=member_id, due__gte=day_of(at))
    after = SanctionStep.objects.filter(file=OuterRef("file"))
    to_defend = Q(kind=StepKind.NOTIFIED) & ~Exists(after.filter(kind__in=DEFENDED))
    to_appeal = Q(kind=StepKind.DECIDED) & ~Exists(after.filter(kind=StepKind.APPEALED))
    return steps.filter(to_defend | to_appeal).values("kind", "due", "file__number")


def _to_answer(step: Row) -> Card:
    """The member's own file: until when to answer, until when to appeal."""
    until = date_format(date.fromisoformat(step["due"]), "SHORT_DATE_FORMAT")
    defends = step["kind"] == StepKind.NOTIFIED
    return Card(
        rank=8,
        kicker=_("Sumario N.º %(n)s") % {"n": step["file__number"]},
        title=_("Presentá tu descargo") if defends else _("Podés apelar ante la asamblea"),
        text=_("Hasta el %(day)s inclusive.") % {"day": until},
        url=reverse("members:sanction", args=[step["file__number"]]),
        action=_("Leer y contestar"),
    )


def _applications(waiting: Row) -> Card:
    n = waiting["n"]
    return Card(
        rank=40,
        title=_("Solicitudes de ingreso"),
        text=ngettext("%(n)d espera respuesta", "%(n)d esperan respuesta", n) % {"n": n},
        url=reverse("members:applications"),
        action=_("Ver"),
    )


def _on_trial(at: datetime) -> Question:
    """Since when each one is on trial, and which `today` that is for the cooperative."""
    today = day_of(at)
    on_trial = Member.objects.on_register(today).in_state(today, State.TRIAL)
    began = MemberFact.objects.standing().filter(kind=FactKind.ADMITTED, member__in=on_trial)
    who = began.annotate(
        today=today,
        number=F("member__number"),
        given=F("member__given_names"),
        family=F("member__family_name"),
    )
    return who.values("day", "today", "number", "given", "family")


def _trials(on_trial: list[Row], at: datetime) -> Iterator[Card]:
    """Whose trial is over and waits for the council's word."""
    if not on_trial:
        return
    months = rules_at(at).membership.trial_months
    today = date.fromisoformat(on_trial[0]["today"])
    ends = [(months_after(date.fromisoformat(one["day"]), months), one) for one in on_trial]
    over = [(end, one) for end, one in ends if end <= today]
    for end, one in over[:FEW]:
        day = date_format(end, "SHORT_DATE_FORMAT")
        yield Card(
            rank=41,
            title=Member(given_names=one["given"], family_name=one["family"]).name,
            text=_("Su prueba terminó el %(day)s: falta confirmar el ingreso.") % {"day": day},
            url=reverse("members:member", args=[one["number"]]),
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


register_cards = Offer(_asks, _tells)
