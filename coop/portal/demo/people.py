"""The demonstration's people of the last months: who came, who answers for something, shares, errands."""

from datetime import date, datetime, timedelta

from assemblies.demo import holder
from assemblies.domain import mandates
from coop.access.domain import cards
from coop.common.time import local_day
from coop.council.models import SeatCode, Term
from coop.members import admission, sanctioning
from coop.members.admission import Applicant
from coop.members.models import Member
from coop.shares.domain import bank, refunds, subscribing
from coop.shares.domain.subscribing import Wanted
from coop.shares.enums import Way
from coop.statute import book, drafting, reforming
from coop.statute.book_confirming import confirm_page, seal_of
from coop.statute.book_lines import Copied
from coop.statute.domain import cooperative
from coop.statute.models import LineState, Matter, Resolution

BRIAN = Applicant(
    family_name="Correa Huenchul",
    given_names="Brian",
    document="43105226",
    tax_number="20431052262",
    born_on=date(2001, 5, 9),
    section="Moldes",
    mobile="+5492995550142",
    text="Hice las prácticas del bachillerato en la planta y quiero quedarme.",
)
AILEN = Applicant(
    family_name="Sosa",
    given_names="Ailén",
    document="41877310",
    tax_number="27418773109",
    born_on=date(1999, 8, 21),
    section="Laboratorio",
    text="Soy técnica química. Me recomendaron en la asamblea abierta.",
)
LEFT_WITH_SHARES = (9, 36, 63, 81)
NEW_ACCOUNT = "0110599520000001235579"


def shares_into_the_books(at: datetime) -> None:
    """What the register says becomes the books' first figure; what is left to pay comes off the pay."""
    subscribing.open_balances(by=holder(SeatCode.TREASURER, at), at=at, way=Way.PAY)


def somebody_comes(at: datetime) -> None:
    """Applied ten days before, admitted on trial by the council, with shares to be paid from the pay."""
    secretary, applied = holder(SeatCode.SECRETARY, at), at - timedelta(days=10)
    asked = admission.apply(applicant=BRIAN, applied_on=day_at(applied), by=secretary, at=applied)
    decided = _in_the_council(f"Admitir a prueba a {asked.name}", at)
    came = admission.admit(
        application_id=asked.pk, day=day_at(at), resolution=decided, by=secretary, at=at + timedelta(hours=3)
    )
    wanted = Wanted(shares=100, day=day_at(at), way=Way.PAY)
    subscribing.subscribe(member_id=came.pk, wanted=wanted, by=secretary, at=at + timedelta(hours=3))


def somebody_asks(at: datetime) -> None:
    """An application that the council has not looked at yet."""
    admission.apply(applicant=AILEN, applied_on=day_at(at), by=holder(SeatCode.SECRETARY, at), at=at)


def refunds_queue(at: datetime) -> None:
    """Those who left asked for their shares one after the other; the first was paid this year."""
    treasurer, today = holder(SeatCode.TREASURER, at), day_at(at)
    for place, number in enumerate(LEFT_WITH_SHARES):
        left = Member.objects.get(number=number)
        if left.left_on and left.left_on <= today:
            refunds.request_refund(
                member_id=left.pk, asked_on=today, by=treasurer, at=at + timedelta(minutes=place)
            )
    later = at + timedelta(hours=1)
    first, cents = next(iter(refunds.payable(today).items()))
    refunds.pay_refund(
        request_id=first, cents=cents, receipt="R 0001-0212", day=today, by=treasurer, at=later
    )


def somebody_answers(at: datetime) -> None:
    """A sanction file whose defence is still awaited."""
    secretary, today = holder(SeatCode.SECRETARY, at), day_at(at)
    charge = "Faltó tres guardias de la planta seguidas, sin aviso."
    file = sanctioning.open_file(
        member_id=plain(at)[31].pk, charge=charge, opened_on=today, by=secretary, at=at
    )
    told = at + timedelta(hours=2)
    sanctioning.notify(file_id=file.pk, day=today, due=today + timedelta(days=15), by=secretary, at=told)


def errands(at: datetime) -> None:
    """Of the last decisions: one whose day has passed, one that is still to come."""
    secretary = holder(SeatCode.SECRETARY, at)
    decided = Resolution.objects.filter(poll__isnull=False).order_by("-adopted_at")[0]
    somebody, another, *_rest = plain(at)[10:]
    mandates.give(
        what="Traer tres presupuestos del refractario",
        due_on=day_at(at) + timedelta(days=5),
        members=[somebody],
        resolution=decided,
        by=secretary,
        at=at,
    )
    mandates.give(
        what="Avisar a los clientes de Neuquén el cambio de fecha de entrega",
        due_on=day_at(at) + timedelta(days=40),
        members=[somebody, another],
        resolution=decided,
        by=secretary,
        at=at,
    )


def another_account(at: datetime) -> None:
    """A member asked to be paid elsewhere; a second person has to confirm it."""
    member = plain(at)[17]
    bank.ask(member_id=member.pk, account=NEW_ACCOUNT, by=member.actor, at=at)


def a_reform(at: datetime) -> None:
    """What the assembly of 2014 wanted in the statute: presented, and waiting for an assembly."""
    president = holder(SeatCode.PRESIDENT, at)
    draft = drafting.begin(title="Rotación de los cargos", by=president, at=at)
    rotation = {**draft.document["rotation"], "most_terms": 2, "cool_off_years": 2}
    draft = drafting.edit(
        key=draft.key, turn=draft.turn, document={**draft.document, "rotation": rotation}, by=president, at=at
    )
    draft = drafting.describe(
        key=draft.key,
        turn=draft.turn,
        title=draft.title,
        why="Que nadie quede dos mandatos seguidos más de una vez, y que todos y todas pasen por el consejo.",
        holds_from=None,
        by=president,
        at=at,
    )
    reforming.present(key=draft.key, turn=draft.turn, by=president, at=at + timedelta(minutes=30))


def some_cards(at: datetime) -> None:
    """Printed yesterday for eight people who have no phone enrolled."""
    cards.give(members=plain(at)[40:48], by=holder(SeatCode.SECRETARY, at), at=at)


def _in_the_council(title: str, at: datetime) -> Resolution:
    return of_the_book(title, "Consejo de administración, acta 188", Matter.MEMBERSHIP, at)


def of_the_book(title: str, adopted_by: str, matter: Matter, at: datetime) -> Resolution:
    """A decision of the paper book, copied by the secretary and confirmed by another an hour later."""
    copied = Copied(day=day_at(at), title=title, adopted_by=adopted_by, matter=matter)
    line = book.enter(line=copied, by=holder(SeatCode.SECRETARY, at), at=at)
    waiting = line.page.lines.filter(state=LineState.WAITING).order_by("position")
    read_by = holder(SeatCode.MEMBER_1, at)
    confirm_page(page_id=line.page_id, seen=seal_of(waiting), by=read_by, at=at + timedelta(hours=1))
    return Resolution.objects.get(paper=line)


def plain(at: datetime) -> list[Member]:
    """Members without a seat, by number."""
    seated = Term.objects.at(at).values("member_id")
    return list(Member.objects.on_register(day_at(at)).exclude(pk__in=seated).order_by("number"))


def day_at(at: datetime) -> date:
    return local_day(at, cooperative().tz)
