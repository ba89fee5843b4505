"""Facts and remarks become the text of minutes. Pure: the same facts give the same text, to the letter."""

from collections.abc import Iterator

from assemblies.minutes_text import votes
from assemblies.minutes_text.blocks import Block, Column, table
from assemblies.minutes_text.facts import Attendee, Facts, Item, Motion, Person, Put, Remarks
from assemblies.minutes_text.words import (
    CALLS,
    clock,
    counted,
    day,
    ends_as_sentence,
    hour,
    hour_after,
    instant,
    listing,
    on_the_day,
)

FORM = 1
KINDS = {"weekly": "asamblea de trabajo"}
SEATS = {
    "president": "Presidencia",
    "secretary": "Secretaría",
    "treasurer": "Tesorería",
    "member_1": "Vocalía 1",
    "member_2": "Vocalía 2",
    "alternate_1": "Suplencia 1",
    "alternate_2": "Suplencia 2",
    "auditor": "Sindicatura titular",
    "alternate_auditor": "Sindicatura suplente",
}
CHANNELS = {"phone": "por teléfono", "desk": "en la mesa", "kiosk": "en el kiosco"}
NOT_THE_BOOK = (
    "Este es el texto para pasar al libro de actas rubricado: no lo reemplaza. En el libro lo firman:"
)


def written(facts: Facts, remarks: Remarks, *, number: int | None, folio: str = "") -> list[Block]:
    """The whole minutes; without a number they are a draft. ValueError for a form we no longer write."""
    if facts.form != FORM:
        raise ValueError(f"minutes of form {facts.form} are not written here")
    return [
        *_head(facts, number, folio),
        *_opening(facts),
        *_remark(remarks.opening),
        *(block for item in facts.items for block in _item(item, remarks)),
        Block("heading", "CIERRE", anchor="cierre"),
        *_remark(remarks.closing),
        *_closing(facts),
        Block("names", NOT_THE_BOOK, rows=tuple(_signing(facts))),
        *(votes.annex(facts.polls) if facts.polls else ()),
        *_attendance(facts.attendance),
    ]


def title_of(facts: Facts, number: int) -> str:
    """What the document is called, wherever it is named."""
    held = instant(facts.starts_at)
    return f"Acta N.º {number}, {KINDS[facts.kind]} del {held.day}/{held.month}/{held.year}"


def named(person: Person) -> str:
    return f"{person.name} (N.º {person.number})"


def _head(facts: Facts, number: int | None, folio: str) -> Iterator[Block]:
    title = f"ACTA N.º {number}" if number is not None else "ACTA (borrador)"
    yield Block("title", f"{title} – {KINDS[facts.kind].upper()}")
    yield Block("folio", f"{facts.cooperative}{f' – Folio {folio}' if folio else ''}")


def _opening(facts: Facts) -> Iterator[Block]:
    quorum = facts.quorum
    people = counted(quorum.present, "asociado/a presente", "asociados/as presentes")
    call = CALLS.get(quorum.call, f"{quorum.call}.ª")
    yield Block(
        "text",
        f"En {facts.place}, {on_the_day(facts.starts_at)}, convocada para {hour(facts.starts_at)}, "
        f"{_calls(facts)}se constituye en {call} convocatoria la {KINDS[facts.kind]} de {facts.cooperative}, "
        f"siendo {hour_after(facts.opened_at, since=facts.starts_at)}, con {people} sobre un padrón de "
        f"{quorum.on_register}, según el registro de asistencia que se agrega como anexo. "
        f"{_asked(facts)} {_table(facts)}",
        anchor="apertura",
    )
    yield Block(
        "list",
        f"La convocatoria la hizo {named(facts.convened_by)} el {day(facts.convened_at)}, con el siguiente "
        "ORDEN DEL DÍA:",
        lines=tuple(f"{item.position}°) {ends_as_sentence(item.title)}" for item in facts.items),
    )


def _calls(facts: Facts) -> str:
    """Why it was a later call: only what the figures bear out."""
    quorum = facts.quorum
    if quorum.call == 1:
        return ""
    short = quorum.present_at_hour < quorum.first_required
    missing = f"no habiendo a esa hora los {quorum.first_required} presentes que pide la primera, "
    waited = counted(quorum.wait_minutes, "minuto", "minutos")
    passed = "transcurrido" if quorum.wait_minutes == 1 else "transcurridos"
    return f"{missing if short else ''}{passed} {waited}, "


def _asked(facts: Facts) -> str:
    if facts.quorum.required <= 1:
        return f"En esa convocatoria alcanza cualquier número ({facts.quorum.source})."
    return f"El quórum pedía {facts.quorum.required} ({facts.quorum.source})."


def _table(facts: Facts) -> str:
    chair = named(facts.presided_by)
    presides = f"Preside {chair}" if facts.in_the_chair else f"En ausencia de la presidencia, preside {chair}"
    if facts.secretary is None:
        return f"{presides}, que lleva también la secretaría."
    return f"{presides}; actúa en la secretaría {named(facts.secretary)}."


def _remark(text: str) -> Iterator[Block]:
    if text:
        yield Block("remark", text)


def _item(item: Item, remarks: Remarks) -> Iterator[Block]:
    yield Block("heading", f"PUNTO {item.position}: {item.title}", anchor=f"punto-{item.position}")
    yield from _remark(remarks.of(item.position))
    for motion in item.motions:
        yield from _motion(motion)
    if not item.motions:
        yield Block("text", "En este punto no se presentaron mociones.")


def _motion(motion: Motion) -> Iterator[Block]:
    seconded = f" Apoya {named(motion.seconder)}." if motion.seconder else ""
    yield Block("text", f"{named(motion.mover)} mociona: «{motion.title}».{seconded}")
    if motion.text:
        yield Block("quote", motion.text)
    if motion.put:
        yield from _put(motion.put)
    if motion.poll:
        yield Block("text", " ".join(votes.told(motion.poll)))
    elif motion.taken_back:
        yield Block("text", "La moción se retiró antes de votarse.")
    else:
        why = "La moción no llegó a votarse" if motion.seconder else "La moción no tuvo apoyo"
        yield Block("text", f"{why} y quedó retirada al levantarse la sesión.")


def _put(put: Put) -> Iterator[Block]:
    yield Block("text", f"Se vota esta propuesta, y ninguna otra (código de control {put.sha256}):")
    yield Block("put", "\n\n".join(put.paragraphs))
    for shown in put.tables:
        yield table(shown.title, shown.columns, shown.rows)


def _closing(facts: Facts) -> Iterator[Block]:
    end = hour_after(facts.closed_at, since=facts.opened_at)
    yield Block("text", f"No habiendo más asuntos que tratar, se levanta la sesión siendo {end}.")
    signers = facts.signers
    if signers.missing > 0:
        yield Block("missing", "Falta anotar quiénes firman el acta por designación de la asamblea.")
    elif signers.named:
        sign = "Firma" if len(signers.named) == 1 else "Firman"
        people = listing([named(person) for person in signers.named])
        yield Block(
            "text",
            f"{sign} esta acta, junto con {_officers(facts)}, {people}, por designación de la asamblea "
            f"({signers.source}).",
        )
    elif signers.asked:
        yield Block("text", f"No había otras personas presentes que firmaran el acta ({signers.source}).")


def _officers(facts: Facts) -> str:
    return "la presidencia y la secretaría" if facts.secretary else "quien preside"


def _signing(facts: Facts) -> Iterator[tuple[str, str]]:
    chair = "Presidente/a" if facts.in_the_chair else "Preside la asamblea"
    yield chair, facts.presided_by.name
    if facts.secretary:
        yield "Secretario/a", facts.secretary.name
    for index, person in enumerate(facts.signers.named, 1):
        yield f"Asociado/a {index}", person.name


def _attendance(people: tuple[Attendee, ...]) -> Iterator[Block]:
    yield Block("heading", "ANEXO – REGISTRO DE ASISTENCIA", anchor="asistencia", annex=True)
    many = f"Asisten {len(people)} asociados/as, por orden de llegada."
    yield Block("text", "Asiste 1 asociado/a." if len(people) == 1 else many)
    yield Block(
        "table",
        anchor="Registro de asistencia",
        columns=(
            Column("Orden", figures=True),
            Column("N.º", figures=True),
            Column("Apellido y nombre", head=True),
            Column("Documento", figures=True, private=True),
            Column("Carácter"),
            Column("Entrada", figures=True),
            Column("Salida", figures=True),
            Column("Cómo se anotó"),
        ),
        rows=tuple(_line(person) for person in people),
    )


def _capacity(code: str) -> str:
    """ "Vocalía 4" for the fourth of a statute that has so many."""
    if not code:
        return "Asociado/a"
    kind, _sign, number = code.rpartition("_")
    first = SEATS.get(f"{kind}_1", SEATS.get(kind, code)).removesuffix(" 1")
    return SEATS.get(code) or f"{first} {number}"


def _line(person: Attendee) -> tuple[str, ...]:
    channels = dict.fromkeys(CHANNELS[one.channel] for one in person.presences)
    return (
        str(person.order),
        str(person.number),
        person.listed,
        f"…{person.document}",
        _capacity(person.seat),
        "; ".join(clock(one.arrived_at) for one in person.presences),
        "; ".join(clock(one.left_at) for one in person.presences),
        "; ".join(channels),
    )
