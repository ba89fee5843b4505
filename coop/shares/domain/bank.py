"""Changing the account where somebody is paid: they themselves and a second person confirm it."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from coop.common.words import one_line
from coop.members.models import Member
from coop.powers import Actor, Power, may, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.shares import errors_bank as errors
from coop.shares.banks import parse_account
from coop.shares.domain.split import HowPaid
from coop.shares.enums import ChangeState, Method
from coop.shares.models import BankChange, PaymentMethod
from coop.shares.seals import of_account


@transaction.atomic
def ask(*, member_id: int, account: str, by: Actor, at: datetime) -> BankChange:
    """Asks for another account. Asked by the member, it is confirmed by them; otherwise they still have to.

    Whoever keeps accounts or register may ask for somebody. Raises NotYours, AliasRefused, WrongLength,
    WrongDigits, SameAccount or ChangeWaits.
    """
    own = by.signature == member_id
    if not own and not may(by, Power.KEEP_REGISTER, at) and not may(by, Power.KEEP_ACCOUNTS, at):
        raise errors.NotYours
    digits = parse_account(account)
    wait_turn()
    member = Member.objects.get(pk=member_id)
    old = account_of(member)
    if digits == old:
        raise errors.SameAccount
    if BankChange.objects.filter(member=member, state=ChangeState.WAITING).exists():
        raise errors.ChangeWaits
    return BankChange.objects.create(
        member=member,
        old=old,
        new=digits,
        salt=secrets.token_hex(16),
        asked_at=at,
        asked_by_id=by.signature,
        own_at=at if own else None,
    )


@transaction.atomic
def confirm_own(*, change_id: int, by: Actor, at: datetime) -> BankChange:
    """The member says that it is theirs. Raises OwnConfirmationOnly, NotWaiting or AlreadyConfirmed."""
    change = _waiting(change_id)
    if change.member_id != by.signature:
        raise errors.OwnConfirmationOnly
    if change.own_at is not None:
        raise errors.AlreadyConfirmed
    change.own_at = at
    return _holds(change, by, at)


@transaction.atomic
def confirm_second(*, change_id: int, by: Actor, at: datetime) -> BankChange:
    """Somebody of the council compared it with the member's own paper or word.

    Raises NotWaiting, NotASecondPerson or AlreadyConfirmed.
    """
    require(by, Power.CONFIRM_BANK, at)
    change = _waiting(change_id)
    if by.signature in (change.member_id, change.asked_by_id):
        raise errors.NotASecondPerson
    if change.second_by_id is not None:
        raise errors.AlreadyConfirmed
    change.second_by_id, change.second_at = by.signature, at
    return _holds(change, by, at)


@transaction.atomic
def drop(*, change_id: int, why: str, by: Actor, at: datetime) -> BankChange:
    """It will not be, says the member, who asked or who would confirm. Raises NotWaiting or WhyMissing."""
    change = _waiting(change_id)
    if by.signature not in (change.member_id, change.asked_by_id):
        require(by, Power.CONFIRM_BANK, at)
    reason = one_line(why)[:200]
    if not reason:
        raise errors.WhyMissing
    change.state, change.dropped_at, change.dropped_by_id = ChangeState.DROPPED, at, by.signature
    change.dropped_why = reason
    change.save(update_fields=["state", "dropped_at", "dropped_by", "dropped_why"])
    return change


def _waiting(change_id: int) -> BankChange:
    wait_turn()
    change = BankChange.objects.select_for_update(of=("self",)).select_related("member").get(pk=change_id)
    if change.state != ChangeState.WAITING:
        raise errors.NotWaiting
    return change


def _holds(change: BankChange, by: Actor, at: datetime) -> BankChange:
    """With both confirmations it takes effect: the register shows it, the record tells who, and no figure."""
    names = ["own_at", "second_at", "second_by"]
    if change.own_at is None or change.second_by_id is None:
        change.save(update_fields=names)
        return change
    change.state = ChangeState.DONE
    change.save(update_fields=[*names, "state"])
    Member.objects.filter(pk=change.member_id).update(bank_account=change.new)
    second = Member.objects.get(pk=change.second_by_id)
    asked = Member.objects.get(pk=change.asked_by_id)
    facts = {"member": change.member.number, "name": change.member.name, "change": change.pk}
    facts |= {"asked_by": asked.name, "confirmed_by": second.name, "seal": of_account(change)}
    write(Act.BANK_CHANGED, by=by, at=at, facts=facts)
    return change


def account_of(member: Member) -> str:
    """The last account that two people confirmed; before the first, what the register says."""
    last = BankChange.objects.filter(member=member, state=ChangeState.DONE).order_by("-pk").first()
    return last.new if last else member.bank_account


@transaction.atomic
def choose_method(
    *,
    member_id: int,
    method: Method,
    by: Actor,
    at: datetime,
    cents: int | None = None,
    percent: int | None = None,
) -> PaymentMethod:
    """How somebody is paid from the next pay run on. Raises NotYours, NoAccount or SplitOutOfRange."""
    if by.signature != member_id and not may(by, Power.KEEP_ACCOUNTS, at):
        raise errors.NotYours
    if method == Method.SPLIT:
        by_money, by_part = (cents or 0) >= 1, 1 <= (percent or 0) <= 99
        if (cents is None) == (percent is None) or not (by_money or by_part):
            raise errors.SplitOutOfRange
    else:
        cents = percent = None
    if method != Method.CASH and not account_of(Member.objects.get(pk=member_id)):
        raise errors.NoAccount
    last = PaymentMethod.objects.filter(member_id=member_id).first()
    if last and (last.method, last.cents, last.percent) == (method, cents, percent):
        return last
    return PaymentMethod.objects.create(
        member_id=member_id, method=method, cents=cents, percent=percent, at=at, by_id=by.signature
    )


def how_paid(members: Collection[int]) -> dict[int, HowPaid]:
    """By member's key: what they chose (all to the bank for who chose nothing) and the account that holds.

    Three statements, however many.
    """
    chosen = {
        one.member_id: one for one in PaymentMethod.objects.filter(member_id__in=members).order_by("pk")
    }
    held = dict(Member.objects.filter(pk__in=members).order_by().values_list("pk", "bank_account"))
    done = BankChange.objects.filter(member_id__in=members, state=ChangeState.DONE)
    held |= dict(done.order_by("pk").values_list("member_id", "new"))
    return {key: _how(chosen.get(key), account) for key, account in held.items()}


def _how(chosen: PaymentMethod | None, account: str) -> HowPaid:
    if chosen is None:
        return HowPaid(Method.BANK, account)
    return HowPaid(Method(chosen.method), account, chosen.cents, chosen.percent)
