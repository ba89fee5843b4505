"""The accounts for every member; a person's own for that person and for whoever keeps the accounts."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coop.common.errors import NotAllowed
from coop.ledger import reading
from coop.ledger.enums import AccountKind
from coop.ledger.models import Account, Entry, Line
from coop.powers import Actor

PER_PAGE = 50
PEOPLE_PER_PAGE = 100


class Asked(HttpRequest):
    """A request as the views get it: somebody signed in."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of an account's page; `cents` and `after` as a person says them for that kind of account."""

    line: Line
    cents: int
    after: int


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an entry: debit or credit, in cents, the other is None."""

    name: str
    code: str
    memo: str
    debit: int | None
    credit: int | None


@dataclass(frozen=True, slots=True)
class Mine:
    """What the member is owed (`owed`), owes, or has as capital, on one account of theirs; cents."""

    name: str
    code: str
    cents: int
    owed: bool
    is_capital: bool


@require_safe
def accounts(request: Asked) -> HttpResponse:
    now = timezone.now()
    context = {
        "room": "books",
        "sections": reading.sections(now),
        "sees_all": reading.reader(request.actor, now).sees_all,
    }
    return render(request, "ledger/accounts.html", context)


@never_cache
@require_safe
def group(request: Asked, code: str) -> HttpResponse:
    """Person by person: for whoever keeps the accounts or approves the pay."""
    now = timezone.now()
    if not reading.reader(request.actor, now).sees_all:
        raise NotAllowed
    found = reading.of_people(_possible(code))
    page = Paginator(found, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    if not page.paginator.count:
        raise Http404
    context = {
        "room": "books",
        "name": reading.names(now).get(code, code),
        "page": page,
        "people": [
            (one.account, AccountKind(one.account.kind).sign * one.balance)
            for one in reading.held(page.object_list)
        ],
    }
    return render(request, "ledger/group.html", context)


@never_cache
@require_safe
def account(request: Asked, code: str) -> HttpResponse:
    """The lines of one account. Another person's is not there for who may not see it: not even that it is."""
    now = timezone.now()
    shown = get_object_or_404(Account, code=_possible(code))
    by = reading.reader(request.actor, now)
    if not by.sees(shown):
        raise Http404
    page = Paginator(reading.lines_of(shown), PER_PAGE).get_page(request.GET.get("page"))
    sign = AccountKind(shown.kind).sign
    context = {
        "room": "books",
        "account": shown,
        "name": reading.called(shown, reading.names(now)),
        "balance": sign * reading.balance_of(shown),
        "page": page,
        "lines": [
            Shown(one.line, sign * one.line.cents, sign * one.after)
            for one in reading.moved(page.object_list)
        ],
        "is_own": shown.holder is not None and shown.holder == by.number,
    }
    return render(request, "ledger/account.html", context)


@never_cache
@require_safe
def entry(request: Asked, entry_id: int) -> HttpResponse:
    """One entry, line by line; other people's lines are one for each group."""
    now = timezone.now()
    related = Entry.objects.select_related("resolution", "reversed_by")
    shown = get_object_or_404(related, pk=entry_id)
    by, names = reading.reader(request.actor, now), reading.names(now)
    page = Paginator(reading.lines_seen(shown, by), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "room": "books",
        "entry": shown,
        "reversed_by": getattr(shown, "reversed_by", None),
        "page": page,
        "lines": [_told(line, reading.called(line.account, names)) for line in page.object_list],
        "others": reading.others(shown, by, names),
        "total": reading.total(shown),
    }
    return render(request, "ledger/entry.html", context)


def _possible(code: str) -> str:
    """404 for what no code has and the database would not even read."""
    if not code.isprintable():
        raise Http404
    return code


def _told(line: Line, name: str) -> Told:
    debit, credit = (line.cents, None) if line.cents > 0 else (None, -line.cents)
    return Told(name=name, code=line.account.code, memo=line.memo, debit=debit, credit=credit)


@never_cache
@require_safe
def mine(request: Asked) -> HttpResponse:
    """What the cooperative owes the member, and what they owe it."""
    names = reading.names(timezone.now())
    found = [
        Mine(
            name=names.get(reading.group_of(one.account.code), one.account.code),
            code=one.account.code,
            cents=abs(one.balance),
            owed=one.balance < 0,
            is_capital=one.account.kind == AccountKind.EQUITY,
        )
        for one in reading.own(request.actor.number)
    ]
    net = sum(one.cents if one.owed else -one.cents for one in found if not one.is_capital)
    context = {"room": "books", "accounts": found, "net": abs(net), "owed": net >= 0}
    return render(request, "ledger/mine.html", context)
