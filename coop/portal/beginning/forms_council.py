"""Who sits where: the same assembly and days for all seats, and what differs beside a seat."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.council.models import SeatCode
from coop.council.terms_file import ELECTED_BY, FIRST, LAST, NUMBER, SEAT
from coop.portal.beginning.council import WHEN, Draft, Place
from coop.portal.beginning.forms import DayField, LineField

LONGEST_ACT = 200
# A draft may be kept without it; nothing begins without it.
NEEDED = _("Hace falta para empezar: lleva el registro y recibe la primera tarjeta.")


class CouncilForm(forms.Form):
    """Besides the three fields for all, by seat: `_number`, and `_first_day`, `_last_day`, `_elected_by`."""

    elected_by = LineField(
        label=_("Quién los eligió"),
        max_length=LONGEST_ACT,
        help_text=_("La asamblea y su acta, como están en el libro: Asamblea Ordinaria 2026, acta 41."),
    )
    first_day = DayField(label=_("Desde"))
    last_day = DayField(label=_("Hasta, ese día inclusive"))

    def __init__(self, *args: Any, seats: Sequence[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.seats = seats
        for seat in seats:
            self.fields[f"{seat.code}_number"] = LineField(
                label=seat.label,
                max_length=12,
                required=False,
                help_text=NEEDED if seat.code == SeatCode.SECRETARY else "",
                widget=forms.TextInput(
                    attrs={"list": "people", "inputmode": "numeric", "autocomplete": "off", "size": "6"}
                ),
            )
            # The page says once, above, that a vacant one is left empty.
            self.fields[f"{seat.code}_number"].silent = True  # type: ignore[attr-defined]
            self.fields[f"{seat.code}_first_day"] = DayField(label=_("Desde"), required=False)
            self.fields[f"{seat.code}_last_day"] = DayField(
                label=_("Hasta, ese día inclusive"), required=False
            )
            self.fields[f"{seat.code}_elected_by"] = LineField(
                label=_("Quién lo eligió"), max_length=LONGEST_ACT, required=False
            )

    def draft(self) -> Draft:
        """What is kept; a seat without a number is vacant, an exception that says the same is none."""
        held = self.cleaned_data
        seats = {}
        for seat in self.seats:
            if number := held[f"{seat.code}_number"]:
                own = {name: held[f"{seat.code}_{name}"] for name in WHEN}
                differs = {name: value for name, value in own.items() if value and value != held[name]}
                seats[seat.code] = {"number": number.lstrip("0") or "0", **differs}
        return {**{name: held[name] for name in WHEN}, "seats": seats}

    @staticmethod
    def typed_before(draft: Draft) -> dict[str, str]:
        values = {name: draft.get(name, "") for name in WHEN}
        for code, held in draft.get("seats", {}).items():
            values |= {f"{code}_{name}": value for name, value in held.items()}
        return values

    def refuse(self, seat: str, column: str, message: str) -> None:
        """A problem that the reader of terms found in a seat's line, put beside what was typed."""
        field = {
            SEAT: "number",
            NUMBER: "number",
            FIRST: "first_day",
            LAST: "last_day",
            ELECTED_BY: "elected_by",
        }
        name = field.get(column, "number")
        own = self.cleaned_data.get(f"{seat}_{name}") if name in WHEN else True
        self.add_error(f"{seat}_{name}" if own else f"{seat}_number", message)

    def rows(self) -> list[dict[str, Any]]:
        """Each seat's fields, for the page; `open`: it has an exception, or something wrong with one."""
        found = []
        for seat in self.seats:
            own = [self[f"{seat.code}_{name}"] for name in WHEN]
            found.append(
                {
                    "seat": seat,
                    "number": self[f"{seat.code}_number"],
                    "own": own,
                    "open": any(field.value() or field.errors for field in own),
                }
            )
        return found
