"""What is to be posted, before anything is written."""

from dataclasses import dataclass

from coop.ledger.enums import AccountKind


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account that is opened on first use. `holder` is a member's number."""

    code: str
    kind: AccountKind
    name: str
    holder: int | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """`cents` are a debit when positive, a credit when negative."""

    account: AccountRef
    cents: int
    memo: str = ""
