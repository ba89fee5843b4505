"""A code by e-mail, for whoever has an address. It is never written down: the key of its row gives it.

Since when an address opens an account: since a code sent to it was first used. Whoever changes the address,
be it the member or who keeps the register, begins anew: nobody votes in an open poll with an address that was
put in after it opened, and on an assembly day an address that was never used does not open at all.
"""

import hashlib
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from coop.access import day
from coop.access.errors import MailCodeRefused, NewAddressToday
from coop.access.models import MailAddress, MailCode
from coop.common.time import local_day
from coop.members import sign_in
from coop.members.errors import NotOnRegister
from coop.members.known import Known
from coop.members.models import FailedSignIn, Member, SignIn, Way
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative

HOLDS = timedelta(minutes=10)
# Mails that one person is sent, whoever asks for them: more would be a nuisance, and more codes to guess.
PER_HOUR = 6


def ask(*, identifier: str, address: str | None, at: datetime, known: Known | None = None) -> MailCode | None:
    """A code to send, for a member number or an address; None when there is nobody to send it to.

    The page says the same in both cases. Raises TooManyAttempts for who asks too often from one place. In a
    browser where that member signed in before (`known`) only what was asked for there counts: whoever asks in
    a colleague's name uses up nothing of theirs.
    """
    member = _member(identifier)
    own = known.key_for(member.number) if known and member else None
    asked = hashlib.sha256(f"{address} {identifier.strip().lower()}".encode()).hexdigest()
    key = f"mail:{own or asked[:40]}"
    sign_in.check_tries(key=key, at=at)
    FailedSignIn.objects.create(at=at, identifier=key, address=None)
    if member is None or not member.email or not member.is_on_register(local_day(at, cooperative().tz)):
        return None
    mailed = f"mailed:{own or member.pk}"
    lately = FailedSignIn.objects.filter(identifier=mailed, at__gt=at - timedelta(hours=1))
    if lately.count() >= PER_HOUR:
        return None
    FailedSignIn.objects.create(at=at, identifier=mailed, address=None)
    return MailCode.objects.create(member=member, email=member.email, made_at=at)


def digits(code: MailCode) -> str:
    """Eight digits that follow from the row's random key and the server's secret key."""
    digest = salted_hmac("coop.access.mail", str(code.key), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:16]) % 100_000_000:08d}"


def enter(*, key: uuid.UUID | None, typed: str, device: str, at: datetime) -> SignIn:
    """A sign-in by the code that was asked for on this very device (`key`).

    Raises MailCodeRefused, NotOnRegister, NewAddressToday, or TooManyAttempts after five wrong ones.
    """
    tries = f"mailcode:{key}"
    sign_in.check_tries(key=tries, at=at)
    held = MailCode.objects.select_related("member").filter(key=key).first() if key else None
    right = constant_time_compare(digits(held), _plain(typed)) if held else False
    if not right:
        FailedSignIn.objects.create(at=at, identifier=tries, address=None)
    if held is None or not right:
        raise MailCodeRefused
    return _enter(held.key, device, at)


@transaction.atomic
def _enter(key: uuid.UUID, device: str, at: datetime) -> SignIn:
    wait_turn()
    code = MailCode.objects.select_for_update(of=("self",)).select_related("member").get(key=key)
    member = code.member
    if code.used_at or code.made_at <= at - HOLDS or member.email != code.email:
        raise MailCodeRefused
    if not member.is_on_register(local_day(at, cooperative().tz)):
        raise NotOnRegister(member.name)
    since = _since(member, code.email, at)
    code.used_at = at
    code.save(update_fields=["used_at"])
    return sign_in.start(member=member, device=device, at=at, way=Way.EMAIL, enrolled_at=since)


def _since(member: Member, email: str, at: datetime) -> datetime:
    known = MailAddress.objects.filter(member=member, email=email).first()
    if known:
        return known.since
    if day.is_assembly_day(at):
        raise NewAddressToday
    MailAddress.objects.create(member=member, email=email, since=at)
    facts = {"member": member.number, "name": member.name, "way": Way.EMAIL.value}
    write(Act.DEVICE_ENROLLED, by=member.actor, at=at, facts=facts)
    return at


def forget(at: datetime) -> int:
    """Deletes codes of days past. Gives the number of rows."""
    gone, _each = MailCode.objects.filter(made_at__lt=at - timedelta(days=1)).delete()
    return gone


def _member(identifier: str) -> Member | None:
    typed = identifier.strip()
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return Member.objects.filter(number=int(typed)).first()
    return Member.objects.filter(email=typed.lower()).exclude(email="").first()


def _plain(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
