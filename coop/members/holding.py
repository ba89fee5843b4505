"""What this room keeps about a member: the line, the facts, the section, the contact, files, looks."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.members import looks
from coop.members.enums import FactKind
from coop.members.held import Held
from coop.members.models import Application, Contact, ContactChange, Member, SanctionStep
from coop.members.register_words import FIELD_NAMES

CHANGES = 100


def about(member_id: int, at: datetime) -> Iterator[Held]:
    member = Member.objects.get(pk=member_id)
    yield _line(member)
    yield _facts(member)
    yield _sections(member)
    yield _contact(member)
    yield _files(member)
    yield from _application(member)
    yield _looks(member_id)


def _thing() -> tuple[str, str]:
    return _("Dato"), _("Dice")


def _line(member: Member) -> Held:
    rows = [(_("Número"), str(member.number))]
    for field, label in FIELD_NAMES.items():
        value = getattr(member, field)
        if isinstance(value, date):
            value = _day(value)
        elif field == "shares_paid_in":
            value = number_format(value, decimal_pos=2)
        rows.append((str(label), str(value) if value not in (None, "") else "—"))
    why = _(
        "La ley pide el registro de asociados/as. Nombre, número, sección y fechas los lee cada asociado/a; "
        "lo demás, vos y quien lleva el registro."
    )
    return Held("register", _("Tu renglón del registro"), _thing(), rows, why)


def _facts(member: Member) -> Held:
    rows = []
    for fact in member.facts.select_related("resolution", "annuls").order_by("position"):
        kind = fact.annuls.kind if fact.annuls else fact.kind
        what = FactKind(kind).label
        text = _("Se anuló: %(what)s") % {"what": what} if fact.annuls else str(what)
        rests = _("resolución %(n)s") % {"n": fact.resolution} if fact.resolution else fact.source
        rows.append((_day(fact.day), text, rests, fact.note))
    columns = (_("Día"), _("Qué"), _("En qué se apoya"), _("Nota"))
    return Held("facts", _("Lo que te pasó en la cooperativa"), columns, rows, _("Lo lee cada asociado/a."))


def _sections(member: Member) -> Held:
    found = member.postings.select_related("section")
    rows = [(_day(one.since), one.section.name if one.section else _("ninguna")) for one in found]
    return Held("sections", _("Dónde trabajaste"), (_("Desde"), _("Sección")), rows)


def _contact(member: Member) -> Held:
    held = Contact.objects.filter(member=member).first() or Contact(member=member)
    rows = [
        (_("Domicilio"), held.address or "—", held.get_address_seen_display()),
        (
            _("Emergencia"),
            " ".join((held.emergency_name, held.emergency_phone)).strip() or "—",
            held.get_emergency_seen_display(),
        ),
        (_("Correo"), member.email or "—", held.get_email_seen_display()),
        (_("Celular"), member.mobile or "—", held.get_mobile_seen_display()),
    ]
    changed = ContactChange.objects.filter(member=member).select_related("by")[:CHANGES]
    rows += [
        (
            _("Cambió"),
            f"{FIELD_NAMES.get(one.field, one.field)}, {_moment(one.at)}",
            one.by.name if one.by else "—",
        )
        for one in changed
    ]
    columns = (_("Dato"), _("Dice"), _("Quién lo ve, o quién lo cambió"))
    return Held("contact", _("Cómo ubicarte"), columns, rows, _("Lo cambiás vos, y decidís quién lo ve."))


def _files(member: Member) -> Held:
    rows = []
    for file in member.sanction_files.prefetch_related("steps"):
        rows.append((str(file.number), _day(file.opened_on), _("Apertura"), file.charge))
        rows += [
            (str(file.number), _day(step.day), str(step.get_kind_display()), _told(step))
            for step in file.steps.all()
        ]
    columns = (_("Sumario"), _("Día"), _("Paso"), _("Dice"))
    why = _("Los leen vos, el consejo y la sindicatura. Los demás ven solamente lo que resultó.")
    return Held("sanctions", _("Tus sumarios"), columns, rows, why)


def _told(step: SanctionStep) -> str:
    what = str(step.get_measure_display() or step.get_outcome_display())
    return ". ".join(filter(None, (what, step.text)))


def _application(member: Member) -> Iterator[Held]:
    found = Application.objects.filter(answer__member=member).first()
    if found is None:
        return
    rows = [
        (_("Presentada"), _day(found.applied_on)),
        (_("Nacimiento"), _day(found.born_on)),
        (_("Dice"), found.text or "—"),
    ]
    yield Held(
        "application", _("Tu solicitud de ingreso"), _thing(), rows, _("La lee quien lleva el registro.")
    )


def _looks(member_id: int) -> Held:
    rows = [
        (_moment(look.at), look.who.name, str(look.get_what_display())) for look in looks.taken_at(member_id)
    ]
    columns = (_("Cuándo"), _("Quién"), _("Qué miró"))
    return Held("looks", _("Quién miró tus datos"), columns, rows, _("Lo ves solamente vos."))


def _day(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def _moment(at: datetime) -> str:
    return str(date_format(localtime(at), "SHORT_DATETIME_FORMAT"))
