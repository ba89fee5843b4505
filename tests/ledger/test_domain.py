"""Posting, reversing, balances."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as some

from coop.common.errors import DomainError, NotAllowed
from coop.common.money import split_cents
from coop.ledger import chart, errors
from coop.ledger.domain import AccountRef, Posting, balance, balances, post, reverse
from coop.ledger.enums import AccountKind
from coop.ledger.models import Account, Entry
from coop.members.models import Member
from coop.powers import system
from coop.record.models import Act
from coop.record.models import Entry as RecordEntry
from coop.statute.models import Cooperative, Matter, Resolution
from tests.ledger.books import AT, DAY, bought, moves, paid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house(cooperative: Cooperative) -> None:
    """The verbs ask for its day."""


def entry_of(*pairs: tuple[AccountRef, int], key: str = "k") -> Entry:
    return post(key=key, day=DAY, memo="m", postings=moves(*pairs), by=system(), at=AT)


def test_an_entry_is_posted_whole(treasurer: Member) -> None:
    entry = bought(by=treasurer.actor)
    connection.check_constraints()
    assert (entry.by_number, entry.by_name, entry.day, entry.at) == (3, treasurer.name, DAY, AT)
    shown = entry.lines.values_list("position", "account__code", "cents")
    assert list(shown) == [(1, "5.1", 100), (2, "1.1", -100)]
    assert (balance("5.1"), balance("1.1"), balance("7.7")) == (100, -100, 0)


@pytest.mark.parametrize(
    ("pairs", "error", "said"),
    [
        ([], errors.TooFewLines, "Un asiento lleva al menos dos renglones; este tiene 0."),
        ([(chart.cash(), 5)], errors.TooFewLines, "este tiene 1."),
        ([(chart.cash(), 5), (chart.pay_expense(), -4)], errors.NotBalanced, "sobran $\u00a00,01."),
        ([(chart.cash(), 0), (chart.pay_expense(), 0)], errors.EmptyLine, "la cuenta 1.1 está en cero"),
    ],
)
def test_what_is_no_entry_is_refused_in_words(
    pairs: list[tuple[AccountRef, int]], error: type[DomainError], said: str
) -> None:
    with pytest.raises(error) as refusal:
        entry_of(*pairs)
    assert said in str(refusal.value)
    assert (Entry.objects.count(), Account.objects.count()) == (0, 0)


def test_the_same_key_again_gives_the_entry_that_is_there() -> None:
    first = bought("once")
    again = bought("once", at=AT + timedelta(hours=1), memo="Dicho de otro modo")
    assert again == first
    assert again.memo == "Compra"


def test_the_same_key_for_something_else_is_refused() -> None:
    first = bought("once")
    resolution = Resolution.objects.create(
        year=2026, number=1, adopted_at=AT, matter=Matter.ORDINARY_DECISION, title="t", tally={}
    )
    for other in ({"cents": 101}, {"day": DAY + timedelta(days=1)}, {"resolution": resolution}):
        with pytest.raises(errors.KeyTaken) as refusal:
            bought("once", **other)
        assert (refusal.value.key, refusal.value.entry) == ("once", first.pk)
    assert str(refusal.value) == f"El asiento {first.pk} ya usa la clave «once» y dice otra cosa."


def test_the_key_of_a_reversal_cannot_be_posted_again(treasurer: Member) -> None:
    entry = bought()
    reverse(entry_id=entry.pk, reason="x", by=treasurer.actor, at=AT)
    with pytest.raises(errors.KeyTaken):
        bought(f"reversal:{entry.pk}", -100)


def test_an_account_is_opened_once_and_keeps_the_name_it_got() -> None:
    paid([(7, "Ester Muñoz", 100)], "one")
    paid([(7, "Ester Muñoz Paredes", 100)], "two")
    stored = Account.objects.get(code="2.1.7")
    assert (stored.name, stored.holder, stored.kind) == ("Ester Muñoz", 7, "liability")


@pytest.mark.parametrize(
    "other",
    [
        AccountRef("1.1", AccountKind.EXPENSE, "Caja y bancos"),
        AccountRef("1.1", AccountKind.ASSET, "Caja y bancos", holder=3),
    ],
)
def test_a_code_of_another_kind_or_person_is_refused(other: AccountRef) -> None:
    bought()
    with pytest.raises(errors.OtherAccount) as refusal:
        entry_of((other, 5), (chart.pay_expense(), -5))
    assert "1.1 ya es de la cuenta «Caja y bancos»" in str(refusal.value)
    assert Entry.objects.count() == 1


def test_one_entry_that_uses_a_code_for_two_things_is_refused() -> None:
    with pytest.raises(errors.OtherAccount):
        entry_of((chart.cash(), 5), (AccountRef("1.1", AccountKind.EQUITY, "Otra"), -5))


# --- reversing ---


def test_a_reversal_takes_everything_back_and_is_on_the_record(treasurer: Member) -> None:
    entry = paid([(1, "Una", 333), (2, "Otra", 667)])
    back = reverse(
        entry_id=entry.pk, reason="  Horas\n mal cargadas ", by=treasurer.actor, at=AT + timedelta(days=40)
    )
    connection.check_constraints()
    assert (back.reverses, str(back.day), back.memo) == (entry, "2026-05-10", "Horas mal cargadas")
    assert set(balances(prefix="2.1").values()) | {balance("5.1")} == {0}
    act = RecordEntry.objects.get()
    facts = {"entry": entry.pk, "by_entry": back.pk, "reason": "Horas mal cargadas"}
    assert (act.act, act.facts, act.actor_number) == (Act.ENTRY_REVERSED, facts, 3)


def test_a_reversal_happens_once_and_not_to_a_reversal(treasurer: Member) -> None:
    entry = bought()
    back = reverse(entry_id=entry.pk, reason="Mal", by=treasurer.actor, at=AT)
    for number, error, said in (
        (entry.pk, errors.AlreadyReversed, f"ya está anulado por el asiento {back.pk}"),
        (back.pk, errors.IsAReversal, "anula a otro: no se anula"),
        (back.pk + 1, errors.NoSuchEntry, f"No hay un asiento {back.pk + 1}."),
    ):
        with pytest.raises(error) as refusal:
            reverse(entry_id=number, reason="Mal", by=treasurer.actor, at=AT)
        assert said in str(refusal.value)
    assert Entry.objects.count() == 2


def test_a_reversal_needs_a_reason_and_the_treasurer(treasurer: Member, secretary: Member) -> None:
    entry = bought()
    with pytest.raises(errors.ReasonMissing):
        reverse(entry_id=entry.pk, reason=" \u200b ", by=treasurer.actor, at=AT)
    for other in (secretary.actor, system()):
        with pytest.raises(NotAllowed):
            reverse(entry_id=entry.pk, reason="Mal", by=other, at=AT)
    assert not RecordEntry.objects.exists()


# --- balances and the chart ---


def test_balances_are_asked_by_code_and_by_group() -> None:
    paid([(1, "Una", 30), (10, "Otra", 70)])
    assert balances(["2.1.1", "2.1.10", "1.1"]) == {"2.1.1": -30, "2.1.10": -70, "1.1": 0}
    assert balances(prefix="2.1") == {"2.1.1": -30, "2.1.10": -70}
    assert balances(prefix="2") == {"2.1.1": -30, "2.1.10": -70}
    assert balances(prefix="2.1.1") == balances() == {}
    assert balances(["5.1"], prefix="2.1")["5.1"] == 100


def test_no_two_accounts_of_the_chart_share_a_code() -> None:
    single = [
        chart.cash(),
        chart.special_reserve(),
        chart.opening(),
        chart.past_losses(),
        chart.pay_expense(),
        chart.year_result(2025),
        chart.fund("Reserva legal"),
        chart.fund("Educación y capacitación"),
    ]
    personal = [chart.advances, chart.pay_due, chart.returns_due, chart.share_interest_due]
    personal += [chart.refunds_due, chart.capital]
    refs = single + [open_account(number, "Una") for open_account in personal for number in (1, 11)]
    assert len({ref.code for ref in refs}) == len(refs)
    assert {ref.holder for ref in single} == {None}
    assert {ref.code.rpartition(".")[0] for ref in refs if ref.holder} == set(chart.GROUPS)
    assert chart.fund("Educación y capacitación").code == "3.2.educacion-y-capacitacion"
    with pytest.raises(ValueError, match="a fund has a name"):
        chart.fund("¡!")


@given(total=some.integers(1, 10**12), weights=some.lists(some.integers(1, 400), min_size=1, max_size=12))
def test_whatever_is_split_and_posted_sums_to_zero(total: int, weights: list[int]) -> None:
    tie = [str(n).encode() for n in range(len(weights))]
    parts = [part for part in split_cents(total, weights, tie=tie) if part]
    people = [Posting(chart.pay_due(n, "Una"), -part) for n, part in enumerate(parts, start=1)]
    key = f"{total}:{weights}"[:120]
    before = balance("5.1"), sum(balances(prefix="2.1").values())
    known = Entry.objects.filter(key=key).exists()
    post(
        key=key,
        day=DAY,
        memo="m",
        postings=[Posting(chart.pay_expense(), total), *people],
        by=system(),
        at=AT,
    )
    connection.check_constraints()
    moved = 0 if known else total
    assert (balance("5.1"), sum(balances(prefix="2.1").values())) == (before[0] + moved, before[1] - moved)
