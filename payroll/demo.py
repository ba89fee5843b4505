"""Accounts of the demonstration cooperative: the value of the hour, three months' pay, a year's surplus."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from assemblies.demo import SIGNERS, WIDELY, Put, Scene, holder
from assemblies.domain import motions
from assemblies.models import AgendaItem, Motion
from coop.council.models import SeatCode
from coop.members.models import Member
from payroll.domain import surplus
from payroll.domain.approving import approve
from payroll.domain.hours import answer, import_hours
from payroll.domain.month import Month
from payroll.domain.questions import Given
from payroll.domain.runs import prepare
from payroll.domain.units import draft, put
from payroll.enums import Answer, CameBy
from payroll.models import PayRun, SurplusProposal
from payroll.periods import Period
from payroll.waterfall import Losses, Results, SharingRules, Worker, Year

CENTS_PER_HOUR = 560_000
HOUR = Scene(
    (SIGNERS, "Valor de la hora"),
    "Valor de la hora",
    "",
    WIDELY,
    "La tesorería mostró los precios de la canasta y lo que entra por mes. Se pidió volver a verlo en marzo.",
)
SURPLUS = Scene(
    (SIGNERS, "Excedente del ejercicio"),
    "Excedente",
    "",
    WIDELY,
    "Se compararon las dos propuestas. Quienes prefieren partes iguales pidieron que conste en el acta.",
)
HEADER = "N° Socio;Horas trabajadas;Horas enfermedad;Horas vacaciones;Adelanto"
# Hours of a month by turns, in whole hours: worked, sick, on holiday, and an advance in pesos.
TURNS = ((176, 0, 0, 0), (184, 0, 0, 120_500), (168, 8, 0, 0), (180, 0, 0, 0), (96, 0, 80, 0), (172, 0, 0, 0))


def hour_value(since: date) -> Put:
    """Moves, when the assembly comes to it, that an hour is worth what it is from that day on."""

    def move(item: AgendaItem, here: list[Member], at: datetime) -> Motion:
        treasurer = holder(SeatCode.TREASURER, at)
        why = "Para seguir los precios de la canasta."
        drafted = draft(cents=CENTS_PER_HOUR, holds_from=since, why=why, by=treasurer, at=at)
        mover = Member.objects.get(pk=treasurer.signature)
        moved = put(proposal_id=drafted.pk, item_id=item.pk, mover=mover, by=treasurer, at=at)
        return _seconded(moved, here, at)

    return move


def pay(period: Period, at: datetime, *, finished: bool) -> PayRun:
    """A month's hours and its run; approved when `finished`, otherwise it waits for a second person."""
    treasurer = holder(SeatCode.TREASURER, at)
    sheet = import_hours(
        content=hours_of(period, members_of(period)),
        period=period,
        file_name=f"horas-{period}.csv",
        came_by=CameBy.BROWSER,
        by=treasurer,
        at=at,
    )
    asked = Month(sheet).open_questions
    given = [Given(one.person.number, one.question, *_said(one.allowed)) for one in asked]
    answer(sheet_id=sheet.pk, given=given, by=treasurer, at=at)
    run = prepare(sheet_id=sheet.pk, by=treasurer, at=at)
    if not finished:
        return run
    president = holder(SeatCode.PRESIDENT, at)
    return approve(run_id=run.pk, sha256=run.sha256, by=president, at=at + timedelta(hours=4))


def members_of(period: Period) -> list[int]:
    on_register = Member.objects.on_register(period.last_day)
    return list(on_register.order_by("number").values_list("number", flat=True))


def hours_of(period: Period, numbers: Iterable[int]) -> bytes:
    """A file as the spreadsheet exports it. The last member on the list was forgotten: that is a question."""
    listed = list(numbers)[:-1]
    return "\r\n".join([HEADER, *_lines(period, listed)]).encode("cp1252")


def _lines(period: Period, numbers: list[int]) -> Iterator[str]:
    for index, number in enumerate(numbers):
        worked, sick, holiday, advance = TURNS[(index + period.month) % len(TURNS)]
        taken = f"{advance},00" if advance else ""
        yield f"{number};{worked},00;{sick},00;{holiday},00;{taken}"


def _said(allowed: tuple[Answer, ...]) -> tuple[Answer, str]:
    return (Answer.AS_IS, "") if Answer.AS_IS in allowed else (Answer.NONE, "De licencia sin goce.")


def propose(year: int, at: datetime) -> SurplusProposal:
    """Two proposals for the year; gives the one that goes to the assembly."""
    treasurer = holder(SeatCode.TREASURER, at)
    plain = _figures(year)
    alike = replace(plain, rules=replace(plain.rules, basis="head"))
    made = []
    for title, figures in (("En partes iguales", alike), ("Según las horas trabajadas", plain)):
        drafted = surplus.draft(year=figures, title=title, by=treasurer, at=at)
        made.append(surplus.present(key=drafted.key, by=treasurer, at=at))
    return made[-1]


def shared(proposal: SurplusProposal) -> Put:
    """Moves, when the assembly comes to it, to share exactly as proposed."""

    def move(item: AgendaItem, here: list[Member], at: datetime) -> Motion:
        treasurer = holder(SeatCode.TREASURER, at)
        mover = Member.objects.get(pk=treasurer.signature)
        moved = surplus.put(proposal_id=proposal.pk, item_id=item.pk, mover=mover, by=treasurer, at=at)
        return _seconded(moved, here, at)

    return move


def _seconded(motion: Motion, here: list[Member], at: datetime) -> Motion:
    seconder = next(member for member in here[11:] if member.pk != motion.mover_id)
    return motions.second(motion_id=motion.pk, seconder=seconder, by=holder(SeatCode.SECRETARY, at), at=at)


def _figures(year: int) -> Year:
    on_register = Member.objects.on_register(date(year, 12, 31)).order_by("number")
    people = [
        Worker(
            number=number,
            hours=f"{1760 + 12 * (index % 17)}.50",
            pay=(1760 + 12 * (index % 17)) * 430_000 + 215_000,
            advances=0,
            paid_in_shares=int(paid_in * 100),
        )
        for index, (number, paid_in) in enumerate(on_register.values_list("number", "shares_paid_in"))
    ]
    return Year(
        period=year,
        currency="ARS",
        results=Results(members_work=18_640_250_075, non_members=96_410_500, outside=41_250_000),
        losses=Losses(accumulated=412_350_000, reserves_used=0),
        capital=sum(person.paid_in_shares for person in people),
        reserves={},
        rules=SharingRules(
            funds=surplus.funds_of(surplus.statute_of(year)), share_interest_rate="0", basis="hours"
        ),
        members=tuple(people),
    )
