"""The demonstration's council of the last weeks: who offers to serve, two draws, a handover, two filings."""

from datetime import datetime, timedelta

from assemblies.demo import holder
from coop.common.time import midnight
from coop.council.enums_handover import Said, StepKind
from coop.council.filings import acts as filings
from coop.council.filings.acts import Step
from coop.council.handover import acts as handing
from coop.council.handover.opening import open_due
from coop.council.models import Draw, Filing, Handover, HowEnded, SeatCode, Term
from coop.council.rotation import draws, standing
from coop.council.rotation.skills import Skill
from coop.council.seating import end_term, seat
from coop.members.models import Member
from coop.portal.demo.people import day_at, of_the_book, plain
from coop.statute.domain import cooperative
from coop.statute.models import Matter

DAY = timedelta(days=1)
LOTTERY = "Las cuatro cifras del primer premio de la quiniela nocturna de ese día"
# Place among the members without a seat, and what each says.
SAY = (
    (2, True, ("treasurer",), (Skill.ACCOUNTS, Skill.COMPUTING)),
    (5, True, (), (Skill.FLOOR,)),
    (9, False, (), ()),
    (14, True, ("secretary", "member"), (Skill.WRITING, "sacar fotos")),
    (22, True, ("auditor",), (Skill.ACCOUNTS, Skill.PAPERWORK)),
    (27, True, ("member",), (Skill.MEDIATING, Skill.FLOOR)),
)


def some_offer(at: datetime) -> None:
    people = plain(at)
    for minute, (place, willing, offices, skills) in enumerate(SAY):
        said_at = at + timedelta(minutes=minute)
        standing.declare(willing=willing, offices=offices, skills=skills, by=people[place].actor, at=said_at)


def a_draw(at: datetime) -> None:
    """Announced; `it_is_held` five days later."""
    _announce("Dos personas para contar el inventario", 4 * DAY, at)


def it_is_held(at: datetime) -> None:
    announced = Draw.objects.latest("at")
    draws.hold(draw_id=announced.pk, public_value="4071", by=holder(SeatCode.SECRETARY, at), at=at)


def another_draw(at: datetime) -> None:
    """Its hour is still to come on the day the demonstration is started."""
    _announce("Quiénes firman el acta de la próxima asamblea", 9 * DAY, at)


def _announce(title: str, ahead: timedelta, at: datetime) -> None:
    everybody = Member.objects.in_assembly(day_at(at)).values_list("number", flat=True)
    draws.announce(
        title=title,
        places=2,
        numbers=list(everybody),
        public_value=LOTTERY,
        not_before=at + ahead,
        by=holder(SeatCode.SECRETARY, at),
        at=at,
    )


def a_change(at: datetime) -> None:
    """Somebody leaves the commission by a decision of the paper book; the president comes, from tomorrow."""
    gone = _in_the_commission(at)
    if gone is None:
        return
    secretary, day = holder(SeatCode.SECRETARY, at), day_at(at)
    come = Member.objects.get(pk=holder(SeatCode.PRESIDENT, at).signature)
    title = f"{come.name} sigue en la comisión de seguridad e higiene en lugar de {gone.member.name}"
    decided = of_the_book(title, "Asamblea de trabajo, acta 345", Matter.ORDINARY_DECISION, at)
    tomorrow, later = midnight(day + DAY, cooperative().tz), at + timedelta(hours=2)
    last_day = day_at(gone.during.upper - DAY)
    end_term(
        term_id=gone.pk,
        how=HowEnded.RESIGNED,
        ends_at=tomorrow,
        resolution=decided,
        by=secretary,
        at=later,
    )
    seat(
        seat_code=gone.seat.code,
        member=come,
        first=day + DAY,
        last_day=last_day,
        resolution=decided,
        by=secretary,
        at=later,
    )


def it_is_handed_over(at: datetime) -> None:
    """Begun on both sides, and not finished."""
    open_due(at)
    handover = Handover.objects.filter(
        seat__position_kind="commission", outgoing__how_ended=HowEnded.RESIGNED
    ).first()
    if handover is None or handover.outgoing is None or handover.incoming is None:
        return
    first, second = handover.items.order_by("position")[:2]
    gives, takes = handover.outgoing.member.actor, handover.incoming.member.actor
    handing.say(item_id=first.pk, said=Said.GIVEN, note="", by=gives, at=at + timedelta(hours=1))
    handing.say(item_id=second.pk, said=Said.GIVEN, note="", by=gives, at=at + timedelta(hours=1))
    handing.say(item_id=first.pk, said=Said.RECEIVED, note="", by=takes, at=at + timedelta(hours=2))


def two_filings(at: datetime) -> None:
    """Thirty and thirty-five days to do them; the second is in the treasurer's charge."""
    secretary, day = holder(SeatCode.SECRETARY, at), day_at(at)
    for title, days in (("Informar al INAES las altas y bajas del año", 30), ("Renovar el seguro", 35)):
        made = filings.add_filing(title=title, due_on=day + days * DAY, by=secretary, at=at)
    treasurer = Member.objects.get(pk=holder(SeatCode.TREASURER, at).signature)
    taken = Step(StepKind.TAKEN, who=treasurer)
    filings.write_step(filing_id=made.pk, step=taken, by=secretary, at=at + timedelta(hours=1))


def one_is_done(at: datetime) -> None:
    secretary, day = holder(SeatCode.SECRETARY, at), day_at(at)
    done = Step(StepKind.DONE, day=day, number=f"EX-{day.year}-0104233")
    first = Filing.objects.filter(changed_on=None).earliest("pk")
    filings.write_step(filing_id=first.pk, step=done, by=secretary, at=at)


def _in_the_commission(at: datetime) -> Term | None:
    """Whose term has at least a day left after tomorrow: who handed over is there to say so."""
    held = Term.objects.at(at).filter(seat__position_kind="commission", during__endswith__gt=at + 3 * DAY)
    return held.select_related("seat", "member").order_by("-seat__rank").first()
