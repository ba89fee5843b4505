"""Posting and reversing. Whoever calls `post` has asked for the power; the database has the last word."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from coop.common.time import local_day
from coop.common.words import one_line
from coop.ledger import errors
from coop.ledger.enums import AccountKind
from coop.ledger.models import Account, Entry, Line
from coop.ledger.postings import AccountRef, Posting
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative
from coop.statute.models import Resolution

__all__ = ["AccountRef", "Posting", "balance", "balances", "post", "reverse"]

LINES_AT_ONCE = 2000


@transaction.atomic
def post(
    *,
    key: str,
    day: date,
    memo: str,
    postings: Sequence[Posting],
    by: Actor,
    at: datetime,
    resolution: Resolution | None = None,
) -> Entry:
    """One balanced entry (cents, debit positive), in the caller's transaction; accounts open on first use.

    The same key with the same day, resolution, accounts and amounts gives the entry that is there; memos may
    be worded anew. Raises KeyTaken, TooFewLines, EmptyLine, NotBalanced or OtherAccount.
    It takes the record's turn: a verb that locks rows that others lock after writing takes the turn first.
    """
    _must_balance(postings)
    wait_turn()
    known = Entry.objects.filter(key=key).first()
    if known is not None:
        if known.reverses_id or _told(known) != _asked(day, resolution, postings):
            raise errors.KeyTaken(key, known.pk)
        return known
    accounts = _accounts([posting.account for posting in postings])
    entry = Entry(key=key, day=day, memo=memo, resolution=resolution)
    moved = [(accounts[posting.account.code], posting.cents, posting.memo) for posting in postings]
    return _write(entry, moved, by, at)


@transaction.atomic
def reverse(*, entry_id: int, reason: str, by: Actor, at: datetime) -> Entry:
    """A new entry, dated today, that takes back the other to the cent. At most one for each, none of itself.

    Raises NoSuchEntry, IsAReversal, AlreadyReversed or ReasonMissing.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    wait_turn()
    entry = Entry.objects.select_related("reversed_by").filter(pk=entry_id).first()
    if entry is None:
        raise errors.NoSuchEntry(entry_id)
    if entry.reverses_id is not None:
        raise errors.IsAReversal(entry.pk)
    if hasattr(entry, "reversed_by"):
        raise errors.AlreadyReversed(entry.pk, entry.reversed_by.pk)
    why = one_line(reason)[:200]
    if not why:
        raise errors.ReasonMissing
    back = Entry(
        key=f"reversal:{entry.pk}", day=local_day(at, cooperative().tz), memo=why, reverses_id=entry.pk
    )
    moved = [(line.account_id, -line.cents, line.memo) for line in entry.lines.order_by("position")]
    made = _write(back, moved, by, at)
    write(Act.ENTRY_REVERSED, by=by, at=at, facts={"entry": entry.pk, "by_entry": made.pk, "reason": why})
    return made


def balance(code: str) -> int:
    """Debits less credits, in cents; 0 for an account that nobody opened yet."""
    return balances([code])[code]


def balances(codes: Iterable[str] = (), *, prefix: str = "") -> dict[str, int]:
    """Debits less credits, in cents, by code, in one statement.

    Of `codes` (0 for those not opened), and of every opened account below `prefix` (`2.1` holds `2.1.7`).
    """
    wanted = dict.fromkeys(codes, 0)
    found = Account.objects.filter(code__in=wanted)
    if prefix:
        found |= Account.objects.filter(code__startswith=f"{prefix}.")
    summed = found.values_list("code").annotate(cents=Sum("lines__cents"))
    return wanted | {code: cents or 0 for code, cents in summed}


def _must_balance(postings: Sequence[Posting]) -> None:
    if len(postings) < 2:
        raise errors.TooFewLines(len(postings))
    empty = next((posting for posting in postings if posting.cents == 0), None)
    if empty is not None:
        raise errors.EmptyLine(empty.account.code)
    difference = sum(posting.cents for posting in postings)
    if difference:
        raise errors.NotBalanced(difference)


_What = tuple[date, int | None, list[tuple[str, int]]]


def _asked(day: date, resolution: Resolution | None, postings: Sequence[Posting]) -> _What:
    moved = sorted((posting.account.code, posting.cents) for posting in postings)
    return day, resolution.pk if resolution else None, moved


def _told(entry: Entry) -> _What:
    return entry.day, entry.resolution_id, sorted(entry.lines.values_list("account__code", "cents"))


def _accounts(refs: Sequence[AccountRef]) -> dict[str, int]:
    """Keys by code. Two that open the same account at once get the same one: the second insert waits."""
    by_code = {ref.code: ref for ref in refs}
    stored = _stored(by_code)
    missing = [by_code[code] for code in sorted(by_code.keys() - stored.keys())]
    if missing:
        Account.objects.bulk_create(
            (Account(code=ref.code, kind=ref.kind, name=ref.name, holder=ref.holder) for ref in missing),
            ignore_conflicts=True,
            batch_size=LINES_AT_ONCE,
        )
        stored |= _stored(ref.code for ref in missing)
    for ref in refs:
        account = stored[ref.code]
        # A name is only a name: people's change, the account stays.
        if (AccountKind(account.kind), account.holder) != (ref.kind, ref.holder):
            raise errors.OtherAccount(ref.code, account.name)
    return {code: account.pk for code, account in stored.items()}


def _stored(codes: Iterable[str]) -> dict[str, Account]:
    return {account.code: account for account in Account.objects.filter(code__in=list(codes))}


def _write(entry: Entry, moved: Sequence[tuple[int, int, str]], by: Actor, at: datetime) -> Entry:
    entry.at, entry.by_number, entry.by_name, entry.size = at, by.number, by.name, len(moved)
    entry.save(force_insert=True)
    Line.objects.bulk_create(
        [
            Line(entry=entry, position=position, account_id=account, cents=cents, memo=memo)
            for position, (account, cents, memo) in enumerate(moved, start=1)
        ],
        batch_size=LINES_AT_ONCE,
    )
    return entry
