"""What `manage.py verify` recomputes of shares, refunds and accounts, from the rows alone."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from coop.common.errors import DomainError
from coop.common.proof import Broken, Checked
from coop.common.rows import rows
from coop.ledger import chart
from coop.ledger.domain import balances
from coop.members.models import Member
from coop.record.models import Act, Entry
from coop.shares.banks import parse_account
from coop.shares.domain.position import capital_on
from coop.shares.domain.queue import cap_of
from coop.shares.enums import Basis, ChangeState
from coop.shares.models import BankChange, Payment, RefundRequest, RefundYear, Subscription
from coop.shares.proofs_plans import changed_plans
from coop.shares.seals import of_account
from coop.statute.models import StatuteVersion

# What each payment says against the lines of its own entry, and what a request says against its own.
PAID = """
    SELECT p.id, p.cents, -COALESCE(sum(l.cents), 0)
      FROM shares_payment p JOIN members_member m ON m.id = p.member_id
      LEFT JOIN ledger_account a ON a.code = '3.3.' || m.number
      LEFT JOIN ledger_line l ON l.entry_id = p.entry_id AND l.account_id = a.id
     GROUP BY p.id ORDER BY p.id
"""
GIVEN = """
    SELECT p.id, p.cents, COALESCE(sum(l.cents), 0)
      FROM shares_refundpayment p
      JOIN shares_refundrequest r ON r.id = p.request_id JOIN members_member m ON m.id = r.member_id
      LEFT JOIN ledger_account a ON a.code = '2.4.' || m.number
      LEFT JOIN ledger_line l ON l.entry_id = p.entry_id AND l.account_id = a.id
     GROUP BY p.id ORDER BY p.id
"""
# Somebody who asked later had money while an earlier one was not paid in full.
JUMPED = """
    SELECT p.id FROM shares_refundpayment p
      JOIN shares_refundrequest r ON r.id = p.request_id
      JOIN shares_refundrequest o ON (o.asked_on, o.id) < (r.asked_on, r.id) AND o.at <= p.at
     WHERE o.cents > (SELECT COALESCE(sum(q.cents), 0) FROM shares_refundpayment q
                       WHERE q.request_id = o.id AND q.id < p.id)
     ORDER BY p.id
"""
# A request whose day is not the one that the record tells: with it goes its place in the queue.
UNTOLD = """
    SELECT r.id FROM shares_refundrequest r
     WHERE NOT EXISTS (SELECT FROM record_entry e
                        WHERE e.act = 'shares_refund' AND e.facts->>'step' = 'asked'
                          AND (e.facts->>'entry')::bigint = r.entry_id
                          AND e.facts->>'asked_on' = r.asked_on::text)
     ORDER BY r.id
"""


# A receipt, a year or a loss that is not the one that the record tells.
UNTOLD_PAID = """
    SELECT p.id FROM shares_payment p LEFT JOIN shares_payment o ON o.id = p.reverses_id
     WHERE p.came = 'desk' AND p.reverses_id IS NULL
           AND NOT EXISTS (SELECT FROM record_entry e
                            WHERE e.act = 'shares_paid' AND (e.facts->>'entry')::bigint = p.entry_id
                              AND e.facts->>'receipt' = p.receipt)
        OR o.receipt <> p.receipt
     ORDER BY p.id
"""
UNTOLD_GIVEN = """
    SELECT p.id FROM shares_refundpayment p JOIN shares_refundyear y ON y.id = p.year_id
     WHERE NOT EXISTS (SELECT FROM record_entry e
                        WHERE e.act = 'shares_refund' AND e.facts->>'step' = 'paid'
                          AND (e.facts->>'entry')::bigint = p.entry_id
                          AND e.facts->>'receipt' = p.receipt AND (e.facts->>'year')::bigint = y.year)
     ORDER BY p.id
"""
UNTOLD_LOST = """
    SELECT l.id FROM shares_loss l JOIN statute_resolution r ON r.id = l.resolution_id
     WHERE NOT EXISTS (SELECT FROM record_entry e
                        WHERE e.act = 'shares_refund' AND e.facts->>'step' = 'loss'
                          AND e.facts->>'resolution' = r.number || '/' || r.year
                          AND (e.facts->>'millionths')::bigint = l.millionths
                          AND e.facts->>'holds_from' = l.holds_from::text)
     ORDER BY l.id
"""


def prove_shares() -> Checked:
    """Values of the statute, plans as sealed, payments as posted and told, paid-in as their account says."""
    versions = list(StatuteVersion.objects.order_by("-holds_from"))
    checked = 0
    for one in Subscription.objects.order_by("pk").select_related("member"):
        checked += 1
        day = one.at.date() if one.basis == Basis.OPENING else one.day
        held = next((version for version in versions if version.holds_from <= day), None)
        if held is None or (one.value, one.cents) != (held.rules.shares.value, one.shares * one.value):
            says = _("La cuota no vale lo que decía el estatuto ese día.")
            return Checked(checked, Broken(f"shares_subscription {one.pk}", says))
    for key, cents, posted in rows(PAID):
        checked += 1
        if cents != posted:
            says = _("El asiento no dice lo que dice el pago.")
            return Checked(checked, Broken(f"shares_payment {key}", says))
    for broken in chain(_untold("shares_payment", UNTOLD_PAID), changed_plans()):
        return Checked(checked, broken)
    return Checked(checked, _against_the_books())


def _untold(table: str, statement: str) -> Iterator[Broken]:
    for (key,) in rows(statement):
        yield Broken(f"{table} {key}", _("El libro de actos no lo dice así."))


def _against_the_books() -> Broken | None:
    held: dict[str, int] = {}
    for model, name, sign in ((Payment, "cents", 1), (RefundRequest, "paid_cents", -1)):
        summed = model.objects.order_by().values_list("member__number").annotate(Sum(name))
        for number, cents in summed:
            code = f"{chart.CAPITAL}.{number}"
            held[code] = held.get(code, 0) + sign * cents
    books = {code: -cents for code, cents in balances(prefix=chart.CAPITAL).items()}
    for code in sorted(held.keys() | books.keys()):
        if held.get(code, 0) != books.get(code, 0):
            return Broken(code, _("Lo integrado no es el saldo de su cuenta."))
    return None


def prove_refunds() -> Checked:
    """Each year's cap again from what was paid in at its start; none over it, nobody before their turn."""
    checked = 0
    for year in RefundYear.objects.order_by("year").annotate(given=Sum("payments__cents", default=0)):
        checked += 1
        where = f"shares_refundyear {year.year}"
        capital = capital_on(year.starts_on, known_at=year.at)
        if (year.capital, year.cap) != (capital, cap_of(capital, year.share)):
            return Checked(
                checked, Broken(where, _("El tope no es la parte del capital que dice el estatuto."))
            )
        if year.share != year.statute.rules.shares.refund_cap:
            return Checked(checked, Broken(where, _("El estatuto decía otra parte.")))
        if year.given > year.cap:
            return Checked(checked, Broken(where, _("Se reembolsó más que el tope.")))
    for key, cents, posted in rows(GIVEN):
        checked += 1
        if cents != posted:
            says = _("El asiento no dice lo que dice el pago.")
            return Checked(checked, Broken(f"shares_refundpayment {key}", says))
    asked, given = _untold("shares_refundrequest", UNTOLD), _untold("shares_refundpayment", UNTOLD_GIVEN)
    for broken in chain(asked, given, _untold("shares_loss", UNTOLD_LOST)):
        return Checked(checked, broken)
    for (key,) in rows(JUMPED):
        says = _("Cobró antes que alguien que lo había pedido primero.")
        return Checked(checked, Broken(f"shares_refundpayment {key}", says))
    return Checked(checked, _owed())


def _owed() -> Broken | None:
    """What the books owe is what the queue waits for."""
    held: dict[str, int] = {}
    asked = RefundRequest.objects.annotate(given=Sum("payments__cents", default=0)).order_by()
    for number, left in asked.values_list("member__number", F("cents") - F("given")):
        code = f"{chart.REFUNDS_DUE}.{number}"
        held[code] = held.get(code, 0) + left
    books = {code: -cents for code, cents in balances(prefix=chart.REFUNDS_DUE).items()}
    for code in sorted(held.keys() | books.keys()):
        if held.get(code, 0) != books.get(code, 0):
            return Broken(code, _("Lo que se debe no es lo que espera en la cola."))
    return None


def prove_accounts() -> Checked:
    """Each change that holds: possible figures, two people, its act, and each from the account before it."""
    checked = 0
    last: dict[int, str] = {}
    acts = Entry.objects.filter(act=Act.BANK_CHANGED).values_list("facts", flat=True)
    told = {facts["change"]: facts for facts in acts}
    for change in BankChange.objects.filter(state=ChangeState.DONE).select_related("member").order_by("pk"):
        checked += 1
        for says in _wrong(change, last.get(change.member_id), told):
            return Checked(checked, Broken(f"shares_bankchange {change.pk}", says))
        last[change.member_id] = change.new
    for key, number, account in Member.objects.filter(pk__in=last).values_list(
        "pk", "number", "bank_account"
    ):
        if account != last[key]:
            says = _("La cuenta del registro no es la que confirmaron dos personas.")
            return Checked(checked, Broken(_("asociado/a N.º %(n)s") % {"n": number}, says))
    return Checked(checked)


def _wrong(change: BankChange, before: str | None, told: dict[int, dict[str, Any]]) -> Iterator[str]:
    if change.second_by_id in (None, change.member_id, change.asked_by_id) or change.own_at is None:
        yield _("No la confirmaron dos personas distintas.")
    if before is not None and change.old != before:
        yield _("La cuenta anterior es otra.")
    try:
        parse_account(change.new)
    except DomainError:
        yield _("Los números de la cuenta no cierran.")
    facts = told.get(change.pk)
    if facts is None or facts["member"] != change.member.number:
        yield _("El libro de actos no dice que cambió.")
    elif (change.salt or "seal" in facts) and facts.get("seal") != of_account(change):
        yield _("No es lo que se selló en el libro de actos.")
