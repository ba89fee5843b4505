"""Paying in: at the desk against a receipt, or out of the pay."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from coop.common.time import local_day
from coop.common.words import one_line
from coop.ledger import chart
from coop.ledger.domain import post, reverse
from coop.ledger.models import Entry
from coop.ledger.postings import Posting
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.shares import errors
from coop.shares.domain.position import position_of, show_in_register
from coop.shares.enums import CameIn
from coop.shares.models import Payment
from coop.statute.domain import cooperative

LONGEST_RECEIPT = 20


def receipt_number(written: str) -> str:
    """Raises ReceiptMissing."""
    number = one_line(written)[:LONGEST_RECEIPT]
    if not number:
        raise errors.ReceiptMissing
    return number


def day_of_payment(day: date, at: datetime) -> date:
    """Money moved today, or earlier in this fiscal year: one that is over stays as it was. NotThatDay."""
    today = local_day(at, cooperative().tz)
    first = cooperative().fiscal_year(today).first
    if not first <= day <= today:
        raise errors.NotThatDay(day, first, today)
    return day


@transaction.atomic
def pay_at_desk(*, member_id: int, cents: int, receipt: str, day: date, by: Actor, at: datetime) -> Payment:
    """Somebody paid at the desk and was given that receipt; the oldest dues are paid first.

    Raises NothingPaid, NotThatDay, ReceiptMissing, ReceiptTaken or MoreThanIsLeft.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    wait_turn()
    member = Member.objects.get(pk=member_id)
    if cents < 1:
        raise errors.NothingPaid
    number, day = receipt_number(receipt), day_of_payment(day, at)
    if Payment.objects.filter(receipt__iexact=number).exists():
        raise errors.ReceiptTaken(number)
    left = position_of(member.pk).left
    if cents > left:
        raise errors.MoreThanIsLeft(cents, left)
    with translation.override(cooperative().language):
        memo = _("Cuotas sociales, recibo %(receipt)s") % {"receipt": number}
    lines = [Posting(chart.cash(), cents), Posting(chart.capital(member.number, member.name), -cents)]
    entry = post(key=f"shares:desk:{number.upper()}", day=day, memo=memo, postings=lines, by=by, at=at)
    made = Payment.objects.create(
        member=member,
        came=CameIn.DESK,
        day=day,
        cents=cents,
        receipt=number,
        entry=entry,
        at=at,
        by_id=by.signature,
    )
    # Not whose, nor how much: what somebody still owes is theirs.
    write(Act.SHARES_PAID, by=by, at=at, facts={"receipt": number, "entry": entry.pk})
    show_in_register([member.pk])
    return made


@transaction.atomic
def take_back(*, payment_id: int, reason: str, by: Actor, at: datetime) -> Payment:
    """What was written down by mistake is taken back whole, with its entry; its receipt stays used.

    Raises CannotTakeBack or ReasonMissing.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    wait_turn()
    paid = Payment.objects.select_related("member").get(pk=payment_id)
    taken = Payment.objects.filter(reverses=paid).exists()
    if taken or paid.came != CameIn.DESK or paid.reverses_id or position_of(paid.member_id).paid < paid.cents:
        raise errors.CannotTakeBack
    if not one_line(reason):
        raise errors.ReasonMissing
    entry = reverse(entry_id=paid.entry_id, reason=reason, by=by, at=at)
    made = Payment.objects.create(
        member=paid.member,
        came=paid.came,
        day=entry.day,
        cents=-paid.cents,
        receipt=paid.receipt,
        reverses=paid,
        entry=entry,
        at=at,
        by_id=by.signature,
    )
    show_in_register([paid.member_id])
    return made


def withheld(*, entry: Entry, parts: Mapping[int, int], by: Actor, at: datetime) -> None:
    """What a pay run held back, in cents by member's key; `entry` has posted it to each one's capital.

    In the caller's transaction, which has asked for the power and holds the record's turn.
    """
    Payment.objects.bulk_create(
        Payment(
            member_id=key,
            came=CameIn.PAY,
            day=entry.day,
            cents=cents,
            entry=entry,
            at=at,
            by_id=by.signature,
        )
        for key, cents in parts.items()
        if cents
    )
    show_in_register([key for key, cents in parts.items() if cents])
