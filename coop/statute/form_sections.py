"""What each section of a statute asks: which values, called how, typed how."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from coop.statute import form_seats
from coop.statute.form_asks import FRACTION, Ask, part, source, whole, yes
from coop.statute.form_fields import (
    OneField,
    PesosField,
    ShareField,
    SomeField,
    TimesField,
    WordsField,
    YesField,
)
from coop.statute.meanings.words import BARRED, BASES, FREQUENCIES, HOURS, PAY_BASES, SHARED_BY


def assembly() -> list[Ask]:
    return [
        source(label=_("Dónde está escrito el quórum")),
        whole("notice_days", _("La convocatoria sale con esta anticipación, en días")),
        source("notice_source", _("Dónde está escrita la anticipación")),
    ]


def requests() -> list[Ask]:
    return [
        Ask(FRACTION, part(_("Parte de los asociados/as que la puede pedir"))),
        whole("held_within_days", _("Se hace dentro de estos días")),
        whole(
            "defer_days",
            _("Se puede dejar para una ordinaria dentro de estos días"),
            _("0 si no se puede."),
        ),
        source(),
    ]


def agenda() -> list[Ask]:
    return [Ask(FRACTION, part(_("Parte de los asociados/as que puede sumar un punto"))), source()]


def session() -> list[Ask]:
    return [
        whole("ordinary_within_months", _("La ordinaria, dentro de estos meses del cierre del ejercicio")),
        whole("adjournment_days", _("Cuarto intermedio, días en total")),
        source(),
    ]


def majority() -> list[Ask]:
    abstention = {
        "absent": _("Como ausente: no entra en el total"),
        "counted": _("Entra en el total: pesa como un NO"),
    }
    strict = {"more": _("Más que esa parte"), "least": _("Esa parte alcanza")}
    return [
        Ask(FRACTION, part(_("Parte que hace falta"), _("1/2 es la mitad, 2/3 dos tercios."))),
        Ask(("strict",), StrictField(words=strict, label=_("Hace falta"))),
        Ask(("base",), OneField(words=BASES, label=_("Se cuenta sobre el total"))),
        Ask(("abstention",), OneField(words=abstention, label=_("Quien se abstiene"))),
        yes("secret", _("El voto es secreto")),
        yes("in_person", _("Solo se vota en persona")),
        source(),
    ]


class StrictField(OneField):
    """More than, or at least: a yes or no that two sentences say better."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) == "more"

    def show(self, value: Any) -> Any:
        return "more" if value else "least"


def proxies() -> list[Ask]:
    return [
        yes("allowed", _("Se puede votar por otra persona, con poder")),
        whole("most_principals", _("Por cuántas como máximo"), _("0 si nadie vota por otra persona.")),
        Ask(("barred",), SomeField(words=BARRED, label=_("No pueden representar a nadie"))),
        source(),
    ]


def minutes() -> list[Ask]:
    return [
        whole("signers_named", _("Asociados/as que firman con presidencia y secretaría")),
        source(),
    ]


def deadlines() -> list[Ask]:
    return [
        whole(
            "copy_days",
            _("Días para mandar la copia al organismo de control"),
            _("0 si no hay que mandarla."),
        ),
        whole("challenge_days", _("Días para impugnar una decisión")),
        source(),
    ]


def membership() -> list[Ask]:
    return [
        whole("minimum_age", _("Edad para ingresar, en años")),
        whole("trial_months", _("Período de prueba, en meses"), _("0 si no hay.")),
        yes("trial_votes", _("Quien está a prueba vota")),
        whole("resignation_notice_days", _("Días de aviso para renunciar")),
        whole("suspension_max_days", _("Días de suspensión como máximo")),
        whole("appeal_days", _("Días para apelar una sanción")),
        yes("exclusion_waits_for_appeal", _("La exclusión espera a la apelación")),
        source(),
    ]


def shares() -> list[Ask]:
    return [
        Ask(("value",), PesosField(label=_("Valor de cada cuota, en pesos"))),
        Ask(("first_payment",), ShareField(label=_("Se integra al ingresar, en %"))),
        whole("years_to_pay", _("Años para integrar el resto")),
        Ask(
            ("refund_cap",),
            ShareField(label=_("Se reembolsa por año hasta este % del capital integrado")),
        ),
        yes("arrears_block_vote", _("Quien debe cuotas vencidas tiene voz y no vota")),
        source(),
    ]


def pay() -> list[Ask]:
    asked = [
        Ask(("label",), WordsField(label=_("Cómo se llama"), help_text=_("retribución, retiro…"))),
        Ask(("basis",), OneField(words=PAY_BASES, label=_("Se calcula"))),
        Ask(("frequency",), OneField(words=FREQUENCIES, label=_("Se paga"))),
        Ask(
            ("ratio_ceiling",),
            TimesField(
                label=_("Cuántas veces lo de quien menos cobra, como máximo"),
                help_text=_("1 es lo mismo para cada persona."),
            ),
        ),
        source(),
    ]
    for kind, label in HOURS.items():
        at = f"hours.{kind}"
        asked.append(Ask((f"{at}.paid",), YesField(label=_("Se pagan")), str(label)))
        asked.append(Ask((f"{at}.source",), WordsField(label=_("Dónde está escrito")), str(label)))
    return asked


def labels() -> list[Ask]:
    return [
        Ask(("surplus_return",), WordsField(label=_("Lo que vuelve del excedente"))),
        Ask(("advance",), WordsField(label=_("Lo que se cobra antes de su día"))),
        source(),
    ]


def surplus() -> list[Ask]:
    return [
        Ask(("basis",), OneField(words=SHARED_BY, label=_("Lo que queda vuelve"))),
        Ask(("share_interest_rate",), ShareField(label=_("Interés a las cuotas sociales, hasta este %"))),
        source(),
    ]


SECTIONS: Mapping[str, Callable[[], list[Ask]]] = {
    "assemblies": assembly,
    "requests": requests,
    "agenda": agenda,
    "session": session,
    "majorities": majority,
    "proxies": proxies,
    "minutes": minutes,
    "deadlines": deadlines,
    "pay": pay,
    "labels": labels,
    "surplus": surplus,
    "membership": membership,
    "shares": shares,
}
# These depend on the seats that the document has.
SEATS: Mapping[str, Callable[[Mapping[str, Any]], list[Ask]]] = {
    "council": form_seats.council,
    "rotation": form_seats.rotation,
    "positions": form_seats.positions,
}
