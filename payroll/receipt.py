"""A payslip explained: every line in words and figures, in the language of whoever reads it.

It reads the payslip and its run, which never change, and nothing else.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from coop.common.money import money, split_cents
from coop.shares import banks
from payroll.enums import HourKind
from payroll.errors_pay import month_name
from payroll.in_words import in_words
from payroll.models import PayRun, Payslip


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """`cents` are added to the pay, or taken off when negative."""

    text: str
    note: str
    cents: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Cents and words. `notes` are sentences about the whole, none of them needed for the sum."""

    label: str
    period: str
    number: int
    name: str
    tax_number: str
    lines: tuple[ReceiptLine, ...]
    deductions: tuple[ReceiptLine, ...]
    gross: int
    net: int
    words: str
    notes: tuple[str, ...]
    resolution: str
    people: int

    @property
    def all_lines(self) -> tuple[ReceiptLine, ...]:
        return (*self.lines, *self.deductions)


def hours_shown(hundredths: int) -> str:
    """`17750` as `177,50`, with the points of the reader's language; a difference with its minus."""
    exact = f"{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"
    shown = number_format(exact, decimal_pos=2, force_grouping=True)
    return f"{'−' if hundredths < 0 else ''}{shown}"


def tax_number_shown(digits: str) -> str:
    return f"{digits[:2]}-{digits[2:10]}-{digits[10:]}" if len(digits) == 11 else digits


def receipt_of(slip: Payslip, run: PayRun) -> Receipt:
    return Receipt(
        label=run.rules["label"],
        period=month_name(run.period),
        number=slip.number,
        name=slip.name,
        tax_number=tax_number_shown(slip.tax_number),
        lines=tuple(_hour_lines(slip, run)),
        deductions=tuple(_deduction_lines(slip, run)),
        gross=slip.gross,
        net=slip.net,
        words=in_words(slip.net),
        notes=tuple(_notes(slip, run)),
        resolution=run.rules["unit"]["resolution"],
        people=run.payslips,
    )


def facts_of(slip: Payslip, run: PayRun, approved_on: date) -> dict[str, Any]:
    """What the receipt on paper says, frozen as text in the language that is active."""
    told = receipt_of(slip, run)
    return {
        "cooperative": run.rules["cooperative"],
        "label": told.label,
        "period": told.period,
        "number": told.number,
        "name": told.name,
        "tax_number": told.tax_number,
        "lines": [_line(one) for one in told.all_lines],
        "net": money(told.net),
        "words": told.words,
        "notes": list(told.notes),
        "approved": date_format(approved_on, "SHORT_DATE_FORMAT"),
        "run_sha256": run.sha256,
    }


def _line(line: ReceiptLine) -> dict[str, str]:
    return {"text": line.text, "note": line.note, "amount": money(line.cents)}


def _hour_lines(slip: Payslip, run: PayRun) -> list[ReceiptLine]:
    """The parts sum to the gross: an odd cent goes to the kind with the largest remainder."""
    kinds = [kind for kind in HourKind if slip.hours_of(kind)]
    rules = run.rules["hours"]
    weights = [slip.hours_of(kind) if rules.get(kind, {}).get("paid") else 0 for kind in kinds]
    parts = split_cents(slip.gross, weights, tie=[kind.value.encode() for kind in kinds])
    return [
        ReceiptLine(_hours_text(slip, run, kind), _hours_note(run, kind), cents)
        for kind, cents in zip(kinds, parts, strict=True)
    ]


def _hours_text(slip: Payslip, run: PayRun, kind: HourKind) -> str:
    told = {"hours": hours_shown(slip.hours_of(kind)), "unit": money(run.unit_cents)}
    texts = {
        HourKind.WORKED: _("%(hours)s horas de trabajo × %(unit)s"),
        HourKind.SICK: _("%(hours)s horas de enfermedad × %(unit)s"),
        HourKind.HOLIDAY: _("%(hours)s horas de vacaciones × %(unit)s"),
    }
    unpaid = {
        HourKind.WORKED: _("%(hours)s horas de trabajo"),
        HourKind.SICK: _("%(hours)s horas de enfermedad"),
        HourKind.HOLIDAY: _("%(hours)s horas de vacaciones"),
    }
    paid = run.rules["hours"].get(kind, {}).get("paid")
    return (texts if paid else unpaid)[kind] % told


def _hours_note(run: PayRun, kind: HourKind) -> str:
    rule = run.rules["hours"].get(kind, {"paid": False, "source": run.rules["source"]})
    if not rule["paid"]:
        return _("No se pagan: %(source)s.") % {"source": rule["source"]}
    if kind != HourKind.WORKED:
        return _("Se pagan como las trabajadas: %(source)s.") % {"source": rule["source"]}
    since = date_format(date.fromisoformat(run.rules["unit"]["holds_from"]), "SHORT_DATE_FORMAT")
    told = {"resolution": run.rules["unit"]["resolution"], "since": since}
    return _("La hora vale eso desde el %(since)s, por la resolución %(resolution)s.") % told


def _deduction_lines(slip: Payslip, run: PayRun) -> list[ReceiptLine]:
    found = []
    for one in slip.deductions:
        told = {"period": month_name(run.period), "asked": money(one["asked"])}
        if one["kind"] == "shares":
            text = _("Cuotas sociales")
            note = _("Lo vencido hasta %(period)s. No es un gasto: es tu parte del capital.") % told
        elif one["kind"] == "owed":
            text, note = _("Adelantos de meses anteriores"), _("Lo que había quedado sin descontar.")
        else:
            text = _("Adelanto de %(period)s") % told
            note = _("Lo que ya recibiste a cuenta de este mes.")
        if one["cents"] < one["asked"]:
            note = _("De %(asked)s, este mes se descuenta lo que entra en la retribución.") % told
        found.append(ReceiptLine(text, note, -one["cents"]))
    return found


def _paid_where(slip: Payslip) -> str:
    """The account as screens show it: its bank and last four figures."""
    told = {"bank": money(slip.to_bank or 0), "account": banks.shown(slip.account)}
    told["cash"] = money(slip.net - (slip.to_bank or 0))
    if not slip.to_bank:
        return _("Se paga en efectivo.")
    if slip.to_bank == slip.net:
        return _("Se paga en la cuenta %(account)s.") % told
    return _("Se pagan %(bank)s en la cuenta %(account)s y %(cash)s en efectivo.") % told


def _notes(slip: Payslip, run: PayRun) -> list[str]:
    notes = []
    if slip.gross * 100 != slip.paid * run.unit_cents:
        notes.append(
            _(
                "El total del mes se reparte hasta el último centavo. El centavo que sobra va a quien tenía "
                "el resto más grande, y si hay empate, por un sorteo que cambia cada mes."
            )
        )
    if slip.to_bank is not None:
        notes.append(_paid_where(slip))
    if slip.owed:
        notes.append(
            _("Quedan %(owed)s de adelantos por descontar en los meses que siguen.")
            % {"owed": money(slip.owed)}
        )
    return notes
