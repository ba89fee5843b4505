"""The ledger as its readers see it.

Everything is open to every member, except what one person is owed or owes: that is seen by that person and
by whoever keeps the accounts or approves the pay today. For the others people's accounts are summed by group.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum, Window
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coop.ledger.chart import GROUPS, PAY_DUE, PAY_EXPENSE
from coop.ledger.enums import AccountKind
from coop.ledger.models import Account, Entry, Line
from coop.powers import Actor, Power, powers_of
from coop.statute.models import StatuteVersion

WHO_SEES_ALL = frozenset({Power.KEEP_ACCOUNTS, Power.APPROVE_PAY})
# A person's account has the code of its group and their number.
GROUP = r"CASE WHEN a.holder IS NULL THEN a.code ELSE regexp_replace(a.code, '\.[^.]*$', '') END"
SUMMED = f"""
    SELECT a.kind, {GROUP}, a.holder IS NOT NULL, COALESCE(min(a.name), ''),
           count(*) FILTER (WHERE s.cents <> 0), COALESCE(sum(s.cents), 0)::bigint
      FROM ledger_account a
      LEFT JOIN (SELECT l.account_id, sum(l.cents) AS cents FROM ledger_line l GROUP BY l.account_id) s
        ON s.account_id = a.id
     GROUP BY 1, 2, 3
"""  # noqa: S608
OTHERS = f"""
    SELECT {GROUP}, count(DISTINCT a.holder),
           COALESCE(sum(l.cents) FILTER (WHERE l.cents > 0), 0)::bigint,
           COALESCE(-sum(l.cents) FILTER (WHERE l.cents < 0), 0)::bigint
      FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
     WHERE l.entry_id = %s AND a.holder IS NOT NULL AND a.holder IS DISTINCT FROM %s::integer
     GROUP BY 1 ORDER BY 1
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Reader:
    """`number` of the member who reads."""

    number: int | None
    sees_all: bool

    def sees(self, account: Account) -> bool:
        return self.sees_all or account.holder is None or account.holder == self.number

    @property
    def open_to(self) -> Q:
        """The lines this reader sees one by one."""
        return Q() if self.sees_all else Q(account__holder=None) | Q(account__holder=self.number)


@dataclass(frozen=True, slots=True)
class Row:
    """An account, or one group of people's accounts: `people` are those whose balance is not zero.

    `cents` as a person says it: positive when there is some of what the account is for.
    """

    code: str
    name: str
    cents: int
    is_group: bool
    people: int


@dataclass(frozen=True, slots=True)
class Section:
    kind: AccountKind
    rows: list[Row]

    @property
    def total(self) -> int:
        return sum(row.cents for row in self.rows)


@dataclass(frozen=True, slots=True)
class Others:
    """Other people's lines of one entry and group, together; cents."""

    name: str
    people: int
    debit: int
    credit: int


def reader(actor: Actor, at: datetime) -> Reader:
    return Reader(actor.number, sees_all=not WHO_SEES_ALL.isdisjoint(powers_of(actor, at)))


def names(at: datetime) -> Mapping[str, str]:
    """What groups, and the accounts of the pay, are called: the word for the pay is the statute's."""
    called = {code: str(label) for code, label in GROUPS.items()}
    try:
        pay = StatuteVersion.objects.in_force_at(at).rules.pay.label
    except StatuteVersion.DoesNotExist:
        return called
    return called | {PAY_EXPENSE: capfirst(pay), PAY_DUE: capfirst(_("%(pay)s a pagar") % {"pay": pay})}


def sections(at: datetime) -> list[Section]:
    """Every account with its balance, by kind; what all see. The balances are one statement."""
    called = names(at)
    with connection.cursor() as cursor:
        cursor.execute(SUMMED)
        found = cursor.fetchall()
    by_kind: dict[str, list[Row]] = {kind: [] for kind in AccountKind.values}
    for kind, code, is_group, name, people, cents in found:
        shown = called.get(code, code if is_group else name)
        by_kind[kind].append(Row(code, shown, AccountKind(kind).sign * cents, is_group, people))
    return [
        Section(AccountKind(kind), sorted(rows, key=lambda row: _in_order(row.code)))
        for kind, rows in by_kind.items()
        if rows
    ]


def _in_order(code: str) -> list[tuple[int, str]]:
    """`2.10` after `2.9`."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in code.split(".")]


@dataclass(frozen=True, slots=True)
class Held:
    """A person's account and its balance: debits less credits, in cents."""

    account: Account
    balance: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A line and its account's balance after it: debits less credits, in cents."""

    line: Line
    after: int


def held(accounts: Iterable[Account]) -> list[Held]:
    """Of accounts as `of_people` gives them."""
    return [Held(account, int(vars(account)["balance"])) for account in accounts]


def moved(lines: Iterable[Line]) -> list[Moved]:
    """Of lines as `lines_of` gives them."""
    return [Moved(line, int(vars(line)["after"])) for line in lines]


def of_people(group: str) -> QuerySet[Account]:
    """The accounts of one group, with what `held` reads."""
    inside = Account.objects.filter(holder__isnull=False, code__startswith=f"{group}.")
    return _with_balance(inside).order_by("holder", "code")


def own(number: int | None) -> list[Held]:
    """The accounts of one member; none for who is no member."""
    found = held(_with_balance(Account.objects.filter(holder__isnull=False, holder=number)))
    return sorted(found, key=lambda one: _in_order(one.account.code))


def _with_balance(accounts: QuerySet[Account]) -> QuerySet[Account]:
    return accounts.annotate(balance=Sum("lines__cents", default=0))


def lines_of(account: Account) -> QuerySet[Line]:
    """The newest first, with what `moved` reads."""
    after = Window(Sum("cents"), order_by=F("pk").asc())
    return (
        Line.objects.filter(account=account)
        .select_related("entry__resolution")
        .annotate(after=after)
        .order_by("-pk")
    )


def lines_seen(entry: Entry, by: Reader) -> QuerySet[Line]:
    """The lines of the entry that the reader sees one by one, in order."""
    return entry.lines.filter(by.open_to).select_related("account").order_by("position")


def others(entry: Entry, by: Reader, called: Mapping[str, str]) -> list[Others]:
    """The lines that the reader does not see one by one, summed by group."""
    if by.sees_all:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OTHERS, [entry.pk, by.number])
        found: Iterable[tuple[str, int, int, int]] = cursor.fetchall()
    return [Others(called.get(group, group), *figures) for group, *figures in found]


def group_of(code: str) -> str:
    return code.rpartition(".")[0]


def called(account: Account, names_: Mapping[str, str]) -> str:
    """The account's name; a person's is `Retribución a pagar · Omar Águila`."""
    if account.holder is None:
        return names_.get(account.code, account.name)
    group = group_of(account.code)
    return f"{names_.get(group, group)} · {account.name}"


def balance_of(account: Account) -> int:
    """Debits less credits."""
    return int(account.lines.aggregate(cents=Sum("cents", default=0))["cents"])


def total(entry: Entry) -> int:
    """What the entry moves: its debits, and its credits too."""
    return int(entry.lines.filter(cents__gt=0).aggregate(cents=Sum("cents", default=0))["cents"])
