"""Who asks to join, and what the council said (ET 10, 11)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop.common.names import fold
from coop.common.time import local_day
from coop.common.words import one_line, visible
from coop.members import seals
from coop.members.basis import DECIDES_ON_MEMBERS, rests_on
from coop.members.enums import Answer, FactKind
from coop.members.errors import NotYet
from coop.members.errors_joining import (
    AnsweredAlready,
    AppliedAlready,
    EmailTaken,
    NeedsReason,
    TooYoung,
    WasMember,
)
from coop.members.facts import months_after
from coop.members.models import Application, ApplicationAnswer, ContactChange, Member
from coop.members.sections import post_to
from coop.members.telling_facts import tell
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked, rules_at
from coop.statute.models import Resolution

LETTER = "solicitud de ingreso"


@dataclass(frozen=True, slots=True)
class Applicant:
    """As the form has it, cleaned: digits only in `document` and `tax_number`, `mobile` normalised."""

    family_name: str
    given_names: str
    document: str
    tax_number: str
    born_on: date
    section: str = ""
    email: str = ""
    mobile: str = ""
    text: str = ""


def age_on(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@transaction.atomic
def apply(*, applicant: Applicant, applied_on: date, by: Actor, at: datetime) -> Application:
    """Takes in a written application. Raises NotYet, TooYoung, WasMember (who left is readmitted, not
    numbered again) or AppliedAlready.
    """
    require(by, Power.KEEP_REGISTER, at)
    if applied_on > local_day(at, cooperative().tz):
        raise NotYet(applied_on)
    least = rules_at(at).membership.minimum_age
    if months_after(applicant.born_on, 12 * least) > applied_on:
        raise TooYoung(least, age_on(applicant.born_on, applied_on))
    locked("applications")
    _check_unknown(applicant.tax_number)
    if Application.objects.waiting().filter(tax_number=applicant.tax_number).exists():
        raise AppliedAlready
    application = Application.objects.create(
        family_name=one_line(applicant.family_name),
        given_names=one_line(applicant.given_names),
        document=applicant.document,
        tax_number=applicant.tax_number,
        born_on=applicant.born_on,
        section=one_line(applicant.section),
        email=applicant.email,
        mobile=applicant.mobile,
        text=visible(applicant.text).strip(),
        applied_on=applied_on,
        salt=seals.salt(),
        at=at,
        by_id=by.signature,
    )
    told = _told(application, "") | {"seal": seals.of_application(application)}
    write(Act.APPLICATION_MADE, by=by, at=at, facts=told)
    return application


@transaction.atomic
def admit(*, application_id: int, day: date, resolution: Resolution, by: Actor, at: datetime) -> Member:
    """A member from `day` on, with the next number, on trial if the statute has one (ET 11).

    Raises AnsweredAlready, WasMember, EmailTaken, NotYet, WrongMatter, DecidedLater.
    """
    require(by, Power.KEEP_REGISTER, at)
    locked("register")
    wait_turn()
    application = _waiting(application_id)
    _check_day(application, day, at)
    rests_on(resolution, matters=DECIDES_ON_MEMBERS, day=day)
    _check_unknown(application.tax_number)
    if application.email and Member.objects.filter(email=application.email).exists():
        raise EmailTaken(application.email)
    member = Member(
        number=(Member.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        family_name=application.family_name,
        given_names=application.given_names,
        document=application.document,
        tax_number=application.tax_number,
        joined_on=day,
        email=application.email,
        mobile=application.mobile,
    )
    member.save()
    rests: dict[str, Any] = {"member": member, "resolution": resolution, "by": by, "at": at}
    tell(kind=FactKind.APPLIED, day=application.applied_on, source=LETTER, member=member, by=by, at=at)
    tell(kind=FactKind.ADMITTED, day=day, **rests)
    if not rules_at(at).membership.trial_months:
        tell(kind=FactKind.CONFIRMED, day=day, **rests)
    if fold(application.section):
        post_to(member, application.section, day, by, at)
    ContactChange.objects.bulk_create(
        ContactChange(member=member, field=field, at=at, by_id=by.member_id)
        for field in ("email", "mobile")
        if getattr(member, field)
    )
    _answer(application, Answer.ADMITTED, day, by, at, resolution=resolution, member=member)
    return member


@transaction.atomic
def reject(
    *,
    application_id: int,
    day: date,
    reason: str,
    resolution: Resolution,
    by: Actor,
    at: datetime,
) -> ApplicationAnswer:
    """Raises NeedsReason: who asked is owed one. And what `admit` raises of day and resolution."""
    require(by, Power.KEEP_REGISTER, at)
    wait_turn()
    application = _waiting(application_id)
    _check_day(application, day, at)
    rests_on(resolution, matters=DECIDES_ON_MEMBERS, day=day)
    if not (reason := visible(reason).strip()):
        raise NeedsReason
    told = _told(application, "rejected") | {"resolution": str(resolution)}
    write(Act.APPLICATION_MADE, by=by, at=at, facts=told)
    return _answer(application, Answer.REJECTED, day, by, at, resolution=resolution, reason=reason)


@transaction.atomic
def withdraw(*, application_id: int, day: date, by: Actor, at: datetime) -> ApplicationAnswer:
    """Who asked thought better of it."""
    require(by, Power.KEEP_REGISTER, at)
    wait_turn()
    application = _waiting(application_id)
    _check_day(application, day, at)
    write(Act.APPLICATION_MADE, by=by, at=at, facts=_told(application, "withdrawn"))
    return _answer(application, Answer.WITHDRAWN, day, by, at)


def _told(application: Application, answer: str) -> dict[str, object]:
    return {"application": application.pk, "name": application.name, "answer": answer}


def _waiting(application_id: int) -> Application:
    """Raises AnsweredAlready. Answers queue for the record's turn, so no two find it waiting."""
    application = Application.objects.get(pk=application_id)
    if ApplicationAnswer.objects.filter(application=application).exists():
        raise AnsweredAlready
    return application


def _check_day(application: Application, day: date, at: datetime) -> None:
    if day > local_day(at, cooperative().tz) or day < application.applied_on:
        raise NotYet(day)


def _check_unknown(tax_number: str) -> None:
    """Raises WasMember: a number is never given twice to one person."""
    known = Member.objects.filter(tax_number=tax_number).first()
    if known is not None:
        raise WasMember(known.number, known.name)


def _answer(
    application: Application, answer: Answer, day: date, by: Actor, at: datetime, **values: object
) -> ApplicationAnswer:
    return ApplicationAnswer.objects.create(
        application=application, answer=answer, day=day, at=at, by_id=by.signature, **values
    )
