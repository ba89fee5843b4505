"""The sharing told step by step: what each step takes, where it is written, and why it is that much."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.money import money
from payroll.waterfall.sharing import room_in
from payroll.waterfall.values import HEAD, HOURS, Distribution, FundRule, Year

LAW = gettext_lazy("ley 20.337, art. 42")


@dataclass(frozen=True, slots=True)
class Step:
    """`amount` leaves here and `left` stays, in cents, out of `of` in all; `key` is stable."""

    key: str
    title: str
    source: str
    words: str
    amount: int
    left: int
    of: int

    @property
    def width(self) -> int:
        """Thousandths of the whole that leave here; what is there at all can be seen."""
        return max(4, round(1000 * self.amount / self.of)) if self.amount else 0

    @property
    def start(self) -> int:
        """Thousandths of the whole that had left before."""
        return (
            min(1000 - self.width, round(1000 * (self.of - self.left - self.amount) / self.of))
            if self.of
            else 0
        )


def steps(
    year: Year, result: Distribution, *, source: str | Promise = LAW, sources: Mapping[str, str] | None = None
) -> tuple[Step, ...]:
    """In the reader's language. `source` is the statute's for the order, `sources` by name of the fund."""
    left, whole = result.came_in, result.came_in
    told: list[Step] = []
    for key, title, words, amount in _told(year, result):
        left -= amount
        written = (sources or {}).get(key.partition(":")[2], source) or source
        told.append(Step(key, title, str(written), words, amount, left, whole))
    return tuple(told)


def percent(rate: Fraction) -> str:
    """`1/20` as "5 %", with as many decimals as it needs, at most four."""
    text = f"{float(100 * rate):.4f}".rstrip("0").rstrip(".")
    places = len(text.partition(".")[2])
    return f"{number_format(text, decimal_pos=places)}\u00a0%"


def _told(year: Year, result: Distribution) -> Iterator[tuple[str, str, str, int]]:
    yield "origin", _("Reserva especial"), _origin(year, result), result.special_reserve
    yield "losses", _("Pérdidas anteriores"), _losses(year, result), result.losses_made_up
    left = result.surplus
    for fund, taken in zip(year.rules.funds, result.funds, strict=True):
        title = fund.name[:1].upper() + fund.name[1:]
        yield f"fund:{fund.name}", title, _fund(year, fund, taken.amount, result.surplus, left), taken.amount
        left -= taken.amount
    yield "interest", _("Interés a las cuotas sociales"), _interest(year, result), result.to_shares
    yield "returns", _("Retorno a cada asociado/a"), _returns(year, result), result.to_members


def _origin(year: Year, result: Distribution) -> str:
    results = year.results
    told = {
        "own": money(results.members_work),
        "others": money(abs(results.others)),
        "loss": money(results.loss),
    }
    parts = []
    if results.others > 0:
        parts.append(
            _(
                "%(others)s vienen del trabajo de personas no asociadas o de operaciones ajenas: van a una "
                "reserva especial y nunca se reparten."
            )
            % told
        )
    elif results.others < 0:
        parts.append(
            _(
                "El trabajo de personas no asociadas y las operaciones ajenas perdieron %(others)s: se "
                "descuentan primero, porque nada se reparte mientras una parte perdió."
            )
            % told
        )
    else:
        parts.append(_("No hubo resultados de personas no asociadas ni de operaciones ajenas."))
    parts.append(_("El trabajo de los asociados y asociadas dio %(own)s.") % told)
    if results.loss:
        parts.append(
            _("El año cerró con pérdida: no hay qué repartir y %(loss)s pasan al año que sigue.") % told
        )
    return " ".join(parts)


def _losses(year: Year, result: Distribution) -> str:
    held = year.losses
    owed = held.accumulated + held.reserves_used
    told = {
        "owed": money(owed),
        "accumulated": money(held.accumulated),
        "reserves": money(held.reserves_used),
        "left": money(owed - result.losses_made_up),
    }
    if not owed:
        return _("No hay pérdidas de años anteriores ni reservas que reponer.")
    parts = []
    if held.accumulated:
        parts.append(_("Primero se cubren %(accumulated)s que se perdieron en años anteriores.") % told)
    if held.reserves_used:
        parts.append(
            _("Se reponen %(reserves)s de reservas que se habían usado para cubrir pérdidas.") % told
        )
    if result.losses_made_up < owed:
        parts.append(_("No alcanza para todo: quedan %(left)s sin cubrir.") % told)
    return " ".join(parts)


def _fund(year: Year, fund: FundRule, amount: int, surplus: int, left: int) -> str:
    rate = fund.share_at(year.reserves.get(fund.name, 0), year.capital)
    told = {"rate": percent(rate), "surplus": money(surplus), "cap": money(0), "held": money(0)}
    if not surplus:
        return _("El %(rate)s de un excedente de cero es cero.") % told
    room = room_in(fund, year)
    if room is not None and amount == room and rate * surplus > room:
        told["held"] = money(year.reserves.get(fund.name, 0))
        told["cap"] = money(int(Fraction(fund.cap_of_capital or "0") * year.capital))
        if not room:
            return _("Ya tiene %(held)s y su tope es %(cap)s: no toma nada.") % told
        return (
            _("Le tocaría el %(rate)s, pero tiene %(held)s y su tope es %(cap)s: toma lo que falta.") % told
        )
    if amount == left and rate * surplus > left:
        return _("Le tocaría el %(rate)s de %(surplus)s: toma lo que queda.") % told
    return _("El %(rate)s del excedente, que es de %(surplus)s.") % told


def _interest(year: Year, result: Distribution) -> str:
    rate = year.rules.interest
    paid_in = sum(member.paid_in_shares for member in year.members)
    told = {"rate": percent(rate), "paid": money(paid_in)}
    if not rate:
        return _("No se paga interés a las cuotas sociales.")
    after_funds = result.surplus - result.to_funds
    if after_funds and result.to_shares == after_funds and rate * paid_in > after_funds:
        return _("El %(rate)s de %(paid)s integrados no entra en lo que queda: se reparte lo que hay.") % told
    return _("El %(rate)s de lo que cada persona integró; entre todas, %(paid)s.") % told


def _returns(year: Year, result: Distribution) -> str:
    if not result.to_members:
        return _("No queda retorno por repartir.")
    told = {"n": len(year.members)}
    if year.rules.basis == HOURS:
        hours = sum((member.weight(HOURS) for member in year.members), start=Fraction(0))
        return _(
            "Lo que queda se reparte según las horas que trabajó cada persona: %(hours)s horas en total."
        ) % {"hours": number_format(f"{float(hours):.2f}", decimal_pos=2, force_grouping=True)}
    if year.rules.basis == HEAD:
        return (
            _("Lo que queda se reparte en partes iguales entre %(n)d personas, sin mirar las horas.") % told
        )
    pay = sum(member.pay for member in year.members)
    return _("Lo que queda se reparte según lo que cobró cada persona en el año: %(pay)s en total.") % {
        "pay": money(pay)
    }
