"""A year's figures out of their JSON file: strictly, and everything that is wrong at once."""

import json
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError
from coop.common.words import visible
from payroll.waterfall.taking import LARGEST_NUMBER, LONGEST_PLACE, Problem, Taking
from payroll.waterfall.values import BASES, FundRule, FundStep, Losses, Results, SharingRules, Worker, Year

MOST_MEMBERS: Final = 5000
MOST_FUNDS: Final = 50
MOST_BYTES: Final = 2 * 1024 * 1024
_CURRENCY = re.compile(r"[A-Z]{3}")


class BadInput(DomainError):
    """Nothing is computed from figures with problems; `problems` holds all of them, by place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def message(self) -> str:
        count = len(self.problems)
        first = self.problems[0]
        told = {"n": count, "place": first.place, "what": first.message}
        return (
            ngettext(
                "Hay %(n)d error, en «%(place)s»: %(what)s",
                "Hay %(n)d errores. El primero, en «%(place)s»: %(what)s",
                count,
            )
            % told
        )


class _Twice(ValueError):
    """A key that an object has two times."""


def read_text(content: bytes) -> Year:
    """Raises BadInput."""
    if len(content) > MOST_BYTES:
        raise _unreadable("too large", _("El archivo pesa más de 2 MB. ¿Es el que querías?"))
    try:
        data = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_no_key_twice, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        raise _unreadable("not text", _("El archivo no es texto en UTF-8.")) from None
    except _Twice as error:
        raise _unreadable("repeated", _("El dato «%(name)s» está dos veces.") % {"name": error}) from None
    except json.JSONDecodeError as error:
        sentence = _("No es JSON bien escrito: mirá la línea %(line)d, columna %(column)d.")
        told = {"line": error.lineno, "column": error.colno}
        raise _unreadable("not JSON", sentence % told) from None
    except (ValueError, RecursionError):
        raise _unreadable("not JSON", _("No es JSON bien escrito.")) from None
    return read_data(data)


def read_data(data: object) -> Year:
    """Raises BadInput: for unknown keys, amounts that are not whole cents, rates that are no text."""
    taking = Taking()
    names = ("period", "currency", "results", "losses", "capital", "reserves", "rules", "members")
    got = taking.fields(data, "", names)
    rules = _rules(taking, got.get("rules", {})) if "rules" in got else None
    year = Year(
        period=taking.whole(got.get("period", 2000), "period", 1900, 2199),
        currency=_currency(taking, got.get("currency", "ARS")),
        results=_results(taking, got["results"]) if "results" in got else Results(0, 0, 0),
        losses=_losses(taking, got["losses"]) if "losses" in got else Losses(0, 0),
        capital=taking.cents(got.get("capital", 0), "capital"),
        reserves=_reserves(taking, got.get("reserves", {}), rules),
        rules=rules or SharingRules((), "0", BASES[0]),
        members=_members(taking, got["members"]) if "members" in got else (),
    )
    if taking.problems:
        raise BadInput(taking.problems)
    return year


def _currency(taking: Taking, value: object) -> str:
    if isinstance(value, str) and _CURRENCY.fullmatch(value):
        return value
    taking.refuse("currency", "not a currency", _("Tiene que ser el código de una moneda, como «ARS»."))
    return ""


def _results(taking: Taking, value: object) -> Results:
    got = taking.fields(value, "results", ("members_work", "non_members", "outside"))
    return Results(
        **{
            name: taking.cents(got.get(name, 0), f"results.{name}", negative=True)
            for name in ("members_work", "non_members", "outside")
        }
    )


def _losses(taking: Taking, value: object) -> Losses:
    got = taking.fields(value, "losses", ("accumulated", "reserves_used"))
    return Losses(
        accumulated=taking.cents(got.get("accumulated", 0), "losses.accumulated"),
        reserves_used=taking.cents(got.get("reserves_used", 0), "losses.reserves_used"),
    )


def _rules(taking: Taking, value: object) -> SharingRules:
    got = taking.fields(value, "rules", ("funds", "share_interest_rate", "basis"))
    rows = taking.rows(got.get("funds", []), "rules.funds")
    if len(rows) > MOST_FUNDS:
        taking.refuse("rules.funds", "too many", _("Son demasiados fondos."))
        rows = []
    funds = tuple(_fund(taking, row, f"rules.funds[{place}]") for place, row in enumerate(rows))
    # Its account in the books is found by this.
    named = [(f"rules.funds[{place}].name", slugify(fund.name)) for place, fund in enumerate(funds)]
    taking.once([one for one in named if one[1]], lambda: _("Ya hay un fondo con este nombre."))
    if sum(max([fund.share, *(Fraction(one.rate) for one in fund.steps)]) for fund in funds) > 1:
        taking.refuse(
            "rules.funds", "above one", _("Los fondos suman más que todo el excedente: pasan de 1.")
        )
    basis = got.get("basis", BASES[0])
    if basis not in BASES:
        choices = ", ".join(BASES)
        sentence = _("Tiene que ser una de estas palabras: %(choices)s.") % {"choices": choices}
        taking.refuse("rules.basis", "unknown basis", sentence)
        basis = BASES[0]
    rate = taking.rate(got.get("share_interest_rate", "0"), "rules.share_interest_rate")
    return SharingRules(funds=funds, share_interest_rate=rate, basis=basis)


def _fund(taking: Taking, value: object, place: str) -> FundRule:
    got = taking.fields(value, place, ("name", "rate", "cap_of_capital"), maybe=("steps",))
    name = taking.text(got["name"], f"{place}.name") if "name" in got else ""
    if name and not slugify(name):
        taking.refuse(f"{place}.name", "not a name", _("Un fondo necesita un nombre con letras."))
    return FundRule(
        name=name,
        rate=taking.rate(got.get("rate", "0"), f"{place}.rate"),
        cap_of_capital=taking.multiple(got.get("cap_of_capital"), f"{place}.cap_of_capital"),
        steps=tuple(_steps(taking, got["steps"], f"{place}.steps")) if "steps" in got else (),
    )


def _steps(taking: Taking, value: object, place: str) -> Iterator[FundStep]:
    """Each begins above the one before."""
    reached = Fraction(0)
    for number, row in enumerate(taking.rows(value, place)):
        at = f"{place}[{number}]"
        got = taking.fields(row, at, ("of_capital", "rate"))
        multiple = taking.multiple(got.get("of_capital", "1"), f"{at}.of_capital")
        if multiple is None or Fraction(multiple) <= reached:
            sentence = _("Cada escalón empieza más arriba que el de antes.")
            taking.refuse(f"{at}.of_capital", "not ascending", sentence)
            continue
        reached = Fraction(multiple)
        yield FundStep(of_capital=multiple, rate=taking.rate(got.get("rate", "0"), f"{at}.rate"))


def _reserves(taking: Taking, value: object, rules: SharingRules | None) -> dict[str, int]:
    """What a fund without a cap holds changes nothing and may be left out."""
    if not isinstance(value, dict):
        taking.refuse("reserves", "not an object", _("Acá va un objeto: { … }."))
        return {}
    held = {name: taking.cents(cents, f"reserves.{name}") for name, cents in value.items()}
    if rules is None:
        return held
    known = {fund.name for fund in rules.funds}
    for name in held:
        if name not in known:
            taking.refuse(f"reserves.{name}", "unknown", _("No hay un fondo con este nombre."))
    for fund in rules.funds:
        if fund.needs_holdings and fund.name and fund.name not in held:
            sentence = _("Falta: el fondo tiene un tope y hay que saber cuánto tiene ya.")
            taking.refuse(f"reserves.{fund.name}", "missing", sentence)
    return held


def _members(taking: Taking, value: object) -> tuple[Worker, ...]:
    rows = taking.rows(value, "members")
    if len(rows) > MOST_MEMBERS:
        taking.refuse("members", "too many", _("Son demasiadas personas."))
        return ()
    found = [_member(taking, row, f"members[{place}]") for place, row in enumerate(rows)]
    numbered = [
        (f"members[{place}].number", member.number) for place, member in enumerate(found) if member.number
    ]
    taking.once(numbered, lambda: _("Ya hay otra fila con este número."))
    return tuple(found)


def _member(taking: Taking, value: object, place: str) -> Worker:
    got = taking.fields(value, place, ("number", "hours", "pay", "advances", "paid_in_shares"))

    def cents(name: str) -> int:
        return taking.cents(got.get(name, 0), f"{place}.{name}")

    return Worker(
        number=taking.whole(got["number"], f"{place}.number", 1, LARGEST_NUMBER) if "number" in got else 0,
        hours=taking.hours(got.get("hours", "0"), f"{place}.hours"),
        pay=cents("pay"),
        advances=cents("advances"),
        paid_in_shares=cents("paid_in_shares"),
    )


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for name, value in pairs:
        if name in held:
            raise _Twice(visible(name)[:LONGEST_PLACE])
        held[name] = value
    return held


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _unreadable(kind: str, sentence: str) -> BadInput:
    return BadInput([Problem("", kind, sentence)])
