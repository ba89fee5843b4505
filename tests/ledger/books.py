"""What tests of the ledger post: small entries between few accounts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from coop.ledger import chart
from coop.ledger.domain import AccountRef, Posting, post
from coop.ledger.models import Account, Entry
from coop.powers import Actor, system

DAY = date(2026, 3, 31)
AT = datetime(2026, 3, 31, 15, tzinfo=UTC)


def moves(*pairs: tuple[AccountRef, int]) -> list[Posting]:
    return [Posting(account=account, cents=cents) for account, cents in pairs]


def bought(key: str = "torno", cents: int = 100, **values: object) -> Entry:
    """Pay on account: expense against cash."""
    asked = {"key": key, "day": DAY, "memo": "Compra", "by": system(), "at": AT} | values
    return post(postings=moves((chart.pay_expense(), cents), (chart.cash(), -cents)), **asked)


def paid(
    people: Sequence[tuple[int, str, int]], key: str = "pago", by: Actor | None = None, **values: object
) -> Entry:
    """Everybody's pay is due: number, name, cents each."""
    lines = [(chart.pay_due(number, name), -cents) for number, name, cents in people]
    total = sum(cents for *_, cents in people)
    asked = {"key": key, "day": DAY, "memo": "Liquidación de marzo", "by": by or system(), "at": AT}
    return post(postings=moves((chart.pay_expense(), total), *lines), **(asked | values))


def account(ref: AccountRef) -> Account:
    return Account.objects.get(code=ref.code)
