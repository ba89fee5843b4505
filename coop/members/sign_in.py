"""Signing in with a password, throttled; each sign-in, whatever opened it, is a row that can be ended."""

import uuid
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from coop.common.errors import NotAllowed
from coop.common.time import local_day
from coop.members.errors import NotOnRegister, SignInRefused, TooManyAttempts
from coop.members.known import Known
from coop.members.models import Account, FailedSignIn, Member, SignIn, Way
from coop.powers import Actor
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative

# A shed has one address: the limit that counts is per person and address; the address alone stops sprayers.
WINDOW = timedelta(minutes=15)
FAILURES_PER_PERSON = 5
FAILURES_PER_ADDRESS = 100
STAYS_SIGNED_IN = timedelta(days=14)
# What is tried out on one device, wherever it is: a device locks itself, and nobody anywhere else.
PER_QUARTER = (WINDOW, 5)
PER_DAY = (timedelta(hours=24), 20)


def identify(identifier: str) -> Account | None:
    """The account of a member number or an e-mail, however it was typed; None when there is none."""
    typed = identifier.strip()
    accounts = Account.objects.select_related("member")
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return accounts.filter(member__number=int(typed)).first()
    return accounts.filter(member__email=typed.lower()).exclude(member__email="").first()


def check_throttle(*, identifier: str, address: str | None, at: datetime) -> None:
    """Raises TooManyAttempts after 5 failures of a person, or 100 in all, from an address in 15 minutes."""
    recent = FailedSignIn.objects.filter(address=address, at__gt=at - WINDOW)
    person = recent.filter(identifier=_throttle_key(identifier)).order_by("-at").values_list("at", flat=True)
    everyone = recent.order_by("-at").values_list("at", flat=True)
    for failures, limit in ((person, FAILURES_PER_PERSON), (everyone, FAILURES_PER_ADDRESS)):
        times = list(failures[:limit])
        if len(times) == limit:
            wait = times[-1] + WINDOW - at
            raise TooManyAttempts(minutes=max(1, -(-int(wait.total_seconds()) // 60)))


def check_tries(*, key: str, at: datetime) -> None:
    """Raises TooManyAttempts when what is tried under `key` failed 5 times in 15 minutes, or 20 in a day.

    Wherever it was tried from: `key` names something that only its holder can try (a device, a sent code).
    """
    failures = FailedSignIn.objects.filter(identifier=key, at__gt=at - PER_DAY[0]).order_by("-at")
    times = list(failures.values_list("at", flat=True)[: PER_DAY[1]])
    for window, most in (PER_DAY, PER_QUARTER):
        if len(times) >= most and times[most - 1] > at - window:
            wait = times[most - 1] + window - at
            raise TooManyAttempts(minutes=max(1, -(-int(wait.total_seconds()) // 60)))


def check_credentials(
    *, identifier: str, password: str, address: str | None, at: datetime, known: Known | None = None
) -> Account:
    """The account, if the password is right and the member is on the register today.

    Raises TooManyAttempts, SignInRefused or NotOnRegister. An unknown number costs the same time as a wrong
    password. In a browser where that member signed in before (`known`), only what fails there counts.
    """
    account = identify(identifier)
    # Number and e-mail are the same person's door: their failures count together.
    key = str(account.member.number) if account else identifier
    own = known.key_for(account.member.number) if known and account else None
    if own:
        check_tries(key=own, at=at)
    else:
        check_throttle(identifier=key, address=address, at=at)
    if account is None or not account.has_usable_password():
        make_password(password)
    if account is None or not check_password(password, account.password):
        where = None if own else address
        FailedSignIn.objects.create(at=at, identifier=own or _throttle_key(key), address=where)
        raise SignInRefused
    if not account.member.is_on_register(local_day(at, cooperative().tz)):
        raise NotOnRegister(account.member.name)
    return account


@transaction.atomic
def enter(*, account: Account, device: str, at: datetime) -> SignIn:
    """A sign-in for whoever gave the password that `account` had when it was read.

    Checking one takes a while. If it was replaced meanwhile, what it opened has been ended already, and
    nothing more begins with it: SignInRefused.
    """
    _hold(account)
    return start(member=account.member, device=device, at=at, enrolled_at=account.enrolled_at)


def start(
    *,
    member: Member,
    device: str,
    at: datetime,
    way: Way = Way.PASSWORD,
    enrolled_at: datetime | None = None,
    stays: timedelta = STAYS_SIGNED_IN,
    opened_with: uuid.UUID | None = None,
) -> SignIn:
    """A device of the member, signed in for `stays`; whoever calls has checked that it is them."""
    return SignIn.objects.create(
        member=member,
        started_at=at,
        seen_at=at,
        confirmed_at=at,
        expires_at=at + stays,
        device=device[:80],
        way=way,
        enrolled_at=enrolled_at,
        opened_with=opened_with,
    )


def end(*, key: uuid.UUID, member: Member, at: datetime) -> int:
    """Ends one of the member's own sign-ins. Gives how many ended (0 or 1)."""
    return SignIn.objects.alive(at).filter(key=key, member=member).update(ended_at=at)


def end_all(*, member: Member, at: datetime, keep: uuid.UUID | None = None) -> int:
    """Ends the member's sign-ins everywhere, but for `keep`. Gives how many ended."""
    alive = SignIn.objects.alive(at).filter(member=member)
    return (alive.exclude(key=keep) if keep else alive).update(ended_at=at)


@transaction.atomic
def choose_password(*, account: Account, password: str, at: datetime, keep: uuid.UUID | None = None) -> None:
    """Sets the member's own password and ends every other sign-in.

    Raises ValidationError for a weak one, SignInRefused when somebody else chose meanwhile.
    """
    validate_password(password, user=account)
    _hold(account)
    account.set_password(password)
    account.save(update_fields=["password", "enrolled_at"])
    end_all(member=account.member, at=at, keep=keep)


@transaction.atomic
def set_password(*, member: Member, password: str, by: Actor, at: datetime) -> None:
    """A password from the server's command line, which alone may: everybody else hands out cards.

    It opens the account since now, so not for a poll that is open. Raises NotAllowed, ValidationError.
    """
    if not by.is_system:
        raise NotAllowed
    unusable = {"password": make_password(None)}
    account, _made = Account.objects.get_or_create(member=member, defaults=unusable)
    account.enrolled_at = at
    choose_password(account=account, password=password, at=at)
    facts = {"member": member.number, "name": member.name, "way": "command line"}
    write(Act.ACCESS_GIVEN, by=by, at=at, facts=facts)


def forget(at: datetime) -> int:
    """Deletes what only served the throttle or a device that has long been gone. Gives the number of rows."""
    failed, _ = FailedSignIn.objects.filter(at__lt=at - timedelta(days=1)).delete()
    gone, _ = SignIn.objects.filter(expires_at__lt=at - timedelta(days=90)).delete()
    return failed + gone


def _hold(account: Account) -> None:
    """Until the transaction ends nobody changes its password; SignInRefused if it is no longer the same."""
    same = Account.objects.select_for_update(no_key=True).filter(pk=account.pk, password=account.password)
    if same.first() is None:
        raise SignInRefused


def _throttle_key(identifier: str) -> str:
    typed = identifier.strip().lower()
    return (typed.lstrip("0") or "0" if typed.isascii() and typed.isdigit() else typed)[:64]
