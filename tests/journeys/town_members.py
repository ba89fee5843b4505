"""The life of the register in the town that is only read: applicants, a trial, a suspension, files."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from coop.members import admission, sanctioning, sections
from coop.members.admission import Applicant
from coop.members.enums import Measure
from coop.members.models import Member, MemberFact
from coop.statute.domain import adopt
from coop.statute.models import Matter, Resolution
from tests.support import people

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("members:register", "secretary", (), "?estado=suspendidos", "suspended"),
    ("members:register", "unvoted", (), "?dia=2010-05-05&orden=seccion", "on a day"),
    ("members:register", "unvoted", (), "?estado=prueba", "on trial"),
    ("members:member", "unvoted", ("trial",), "", "on trial"),
    ("members:member", "secretary", ("trial",), "", "on trial"),
    ("members:member", "treasurer", ("suspended",), "", "suspended"),
    ("members:tell_fact", "secretary", (4, "renuncia")),
    ("members:tell_fact", "secretary", ("trial", "confirmar")),
    ("members:annul_fact", "secretary", (4, "fact")),
    ("members:correct", "secretary", (4,)),
    ("members:move", "secretary", (4,)),
    ("members:sections",),
    ("members:sections", "secretary"),
    ("members:section", "secretary", ("section",)),
    ("members:applications", "secretary"),
    ("members:applications", "unvoted", (), "", "refused", 403),
    ("members:apply", "secretary"),
    ("members:application", "secretary", ("application",)),
    ("members:application", "secretary", ("rejected_one",), "", "answered"),
    ("members:sanctions", "secretary"),
    ("members:sanctions", "unvoted", (), "", "none"),
    ("members:open_sanction", "secretary", (4,)),
    ("members:sanction", "secretary", ("file",)),
    ("members:sanction", "secretary", ("decided_file",), "", "decided"),
    ("members:sanction_step", "secretary", ("file", "decision")),
    ("members:sanction_step", "secretary", ("file", "descargo")),
    ("members:contact",),
    ("members:held",),
)


def populate(members: list[Member], now: datetime) -> dict[str, int]:
    """Numbers beyond the town's ten: whoever reads it has none of this."""
    secretary, today = members[1].actor, timezone.localdate(now)
    decided = _decided(now)
    asked = _asked("Roldán", "Lidia", today, secretary, now)
    refused = _asked("Bravo", "Saúl", today, secretary, now)
    admission.reject(
        application_id=refused.pk,
        day=today,
        reason="No hay lugar en la sección hasta marzo.",
        resolution=decided,
        by=secretary,
        at=now,
    )
    trial = people.new_member(21, "Vera", "Mirta", joined_on=today - timedelta(days=220))
    suspended = people.new_member(22, "Luna", "Ramiro")
    Member.objects.bulk_create([trial, suspended])
    MemberFact.objects.create(
        member=trial, position=1, kind="admitted", day=trial.joined_on, resolution=decided, at=now
    )
    people.give_facts(suspended)
    trial.periods.create(state="trial", since=trial.joined_on)
    ovens = sections.begin(name="Hornos", by=secretary, at=now)
    sections.move(member_id=trial.pk, section_id=ovens.pk, since=today, by=secretary, at=now)
    return {
        "application": asked.pk,
        "rejected_one": refused.pk,
        "trial": 21,
        "suspended": 22,
        "section": ovens.pk,
        "fact": MemberFact.objects.get(member=members[3]).pk,
        **_files(suspended, members[1], decided, now),
    }


def _files(member: Member, secretary: Member, decided: Resolution, now: datetime) -> dict[str, int]:
    by, today = secretary.actor, timezone.localdate(now)
    numbers = []
    for charge in ("Dejó el horno prendido.", "Faltó tres turnos sin aviso."):
        file = sanctioning.open_file(
            member_id=member.pk, charge=charge, opened_on=today - timedelta(days=9), by=by, at=now
        )
        sanctioning.notify(
            file_id=file.pk, day=today - timedelta(days=8), due=today + timedelta(days=9), by=by, at=now
        )
        sanctioning.defend(file_id=file.pk, text="No fue así.", by=by, at=now, day=today)
        numbers.append(file.number)
    sanctioning.decide(
        file_id=file.pk,
        measure=Measure.SUSPENSION,
        day=today,
        days=10,
        resolution=decided,
        by=by,
        at=now,
    )
    return {"file": numbers[0], "decided_file": numbers[1]}


def _decided(now: datetime) -> Resolution:
    return adopt(
        matter=Matter.MEMBERSHIP,
        title="Ingresos y sanciones",
        text="",
        adopted_by="Consejo de administración",
        tally={},
        by=Member.objects.get(number=1).actor,
        at=now,
    )


def _asked(family: str, given: str, today: date, by: Any, now: datetime) -> Any:
    fresh = people.new_member(0, family, given)
    applicant = Applicant(
        family, given, fresh.document, fresh.tax_number, date(1990, 1, 1), "Hornos", text="Quiero entrar."
    )
    return admission.apply(applicant=applicant, applied_on=today, by=by, at=now)
