"""Every address of the ledger, tried by a stranger, a member, the treasurer; and who sees whose amounts."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from coop.council.models import SeatCode
from coop.ledger import chart
from coop.ledger.domain import post
from coop.ledger.domain import reverse as take_back
from coop.ledger.models import Entry
from coop.members.models import Member
from coop.statute.models import Cooperative, Matter, Resolution
from tests.ledger.books import AT, DAY, bought, moves, paid
from tests.support import people

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"
# name, arguments, stranger's status, member's (number 4), treasurer's
PAGES: list[tuple[str, list[object], int, int, int]] = [
    ("ledger:accounts", [], 302, 200, 200),
    ("ledger:mine", [], 302, 200, 200),
    ("ledger:account", ["1.1"], 302, 200, 200),
    ("ledger:account", ["2.1.4"], 302, 200, 200),
    ("ledger:account", ["2.1.5"], 302, 404, 200),
    ("ledger:account", ["2.1.999"], 302, 404, 404),
    ("ledger:account", ["no"], 302, 404, 404),
    ("ledger:group", ["2.1"], 302, 403, 200),
    ("ledger:group", ["9.9"], 302, 403, 404),
    ("ledger:entry", [0], 302, 200, 200),
    ("ledger:entry", [999_999], 302, 404, 404),
]


@pytest.fixture
def entry(members: list[Member]) -> Entry:
    """What numbers 4, 5 and 6 are due, and an advance of number 5; their names are in it."""
    bought("torno", 100)
    post(
        key="adelanto",
        day=DAY,
        memo="Adelanto",
        postings=moves((chart.advances(5, members[4].name), 1_500), (chart.cash(), -1_500)),
        by=members[2].actor,
        at=AT,
    )
    people_due = [
        (one.number, one.name, cents) for one, cents in zip(members[3:6], (7000, 20000, 30000), strict=True)
    ]
    return paid(people_due, by=members[2].actor)


def address(name: str, arguments: list[object], entry: Entry) -> str:
    return reverse(name, args=[argument or entry.pk for argument in arguments])


def body(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace(NBSP, " ").split())


@pytest.mark.parametrize(("name", "arguments", "stranger", "plain", "officer"), PAGES)
def test_pages_answer_each_reader(
    entry: Entry,
    member: Member,
    treasurer: Member,
    name: str,
    arguments: list[object],
    stranger: int,
    plain: int,
    officer: int,
) -> None:
    url = address(name, arguments, entry)
    readers = (Client(), people.client_of(member), people.client_of(treasurer))
    assert [reader.get(url).status_code for reader in readers] == [stranger, plain, officer]
    assert [reader.post(url).status_code for reader in readers[1:]] == [405, 405]


def test_no_address_is_missing_from_this_list() -> None:
    names = {
        f"{room.namespace}:{pattern.name}"
        for room in get_resolver().url_patterns
        if room.namespace == "ledger"
        for pattern in room.url_patterns
    }
    assert names == {name for name, *_ in PAGES}


@pytest.mark.parametrize("seat", [SeatCode.PRESIDENT, SeatCode.MEMBER_1, SeatCode.AUDITOR])
def test_who_approves_the_pay_sees_all_and_the_auditor_as_a_member(
    entry: Entry, members: list[Member], seat: SeatCode
) -> None:
    people.give_seat(members[6], seat)
    expected = 404 if seat == SeatCode.AUDITOR else 200
    url = reverse("ledger:account", args=["2.1.5"])
    assert people.client_of(members[6]).get(url).status_code == expected


def test_who_kept_the_accounts_sees_no_more_than_a_member(entry: Entry, members: list[Member]) -> None:
    people.give_seat(members[6], SeatCode.TREASURER, end=AT)
    url = reverse("ledger:account", args=["2.1.5"])
    assert people.client_of(members[6]).get(url).status_code == 404


def test_balances_are_shown_by_kind_and_people_are_summed(entry: Entry, member: Member) -> None:
    answer = people.client_of(member).get(reverse("ledger:accounts"))
    text = body(people.client_of(member), "ledger:accounts")
    sections = answer.context["sections"]
    groups = {row.name: row.people for section in sections for row in section.rows if row.is_group}
    assert groups == {"Adelantos": 1, "Retribución a pagar": 3}
    assert all(part in text for part in ("1 persona<", "3 personas<"))
    for cents in ("$ 570,00", "$ 15,00", "−$ 16,00", "$ 571,00"):
        assert cents in text
    for cents in ("$ 70,00", "$ 200,00", "$ 300,00"):
        assert cents not in text
    assert "Irma Zapata" not in text


def test_the_index_links_to_people_only_for_who_may_open_them(
    entry: Entry, member: Member, treasurer: Member
) -> None:
    link = reverse("ledger:group", args=["2.1"])
    assert link not in body(people.client_of(member), "ledger:accounts")
    assert link in body(people.client_of(treasurer), "ledger:accounts")
    text = body(people.client_of(treasurer), "ledger:group", "2.1")
    assert all(part in text for part in ("Irma Zapata", "$ 70,00", "$ 200,00", "$ 300,00"))


def test_an_entry_shows_a_member_their_own_line_and_the_others_as_one(entry: Entry, member: Member) -> None:
    text = body(people.client_of(member), "ledger:entry", entry.pk)
    assert "Retribución a pagar · Omar Águila" in text
    assert "$ 70,00" in text
    assert "otras personas: 2" in text
    assert "$ 500,00" in text
    assert text.count("$ 570,00") == 3  # the expense, and both totals
    for hidden in ("Irma Zapata", "Hugo", "$ 200,00", "$ 300,00", "2.1.5", "2.1.6"):
        assert hidden not in text


def test_an_entry_shows_who_has_no_line_in_it_only_the_sum(entry: Entry, members: list[Member]) -> None:
    text = body(people.client_of(members[6]), "ledger:entry", entry.pk)
    assert "otras personas: 3" in text
    assert not any(part in text for part in ("Omar", "Irma", "$ 70,00", "$ 200,00", "$ 300,00"))


def test_an_entry_shows_the_treasurer_every_line(entry: Entry, treasurer: Member) -> None:
    text = body(people.client_of(treasurer), "ledger:entry", entry.pk)
    assert "otras personas" not in text
    assert all(part in text for part in ("Omar Águila", "Irma Zapata", "$ 70,00", "$ 200,00", "$ 300,00"))


def test_debit_and_credit_of_other_people_are_not_netted(entry: Entry, members: list[Member]) -> None:
    both = post(
        key="both",
        day=DAY,
        memo="m",
        postings=moves(
            (chart.pay_due(4, "Omar"), 900), (chart.pay_due(5, "Irma"), -400), (chart.cash(), -500)
        ),
        by=members[2].actor,
        at=AT,
    )
    text = body(people.client_of(members[6]), "ledger:entry", both.pk)
    assert "otras personas: 2" in text
    assert all(part in text for part in ("$ 9,00", "$ 4,00", "$ 5,00"))


def test_my_account_says_what_is_owed_to_me_and_what_i_owe(
    entry: Entry, members: list[Member], member: Member
) -> None:
    text = body(people.client_of(member), "ledger:mine")
    assert "la cooperativa te debe <strong>$ 70,00</strong>" in text
    text = body(people.client_of(members[4]), "ledger:mine")
    assert "la cooperativa te debe <strong>$ 185,00</strong>" in text
    assert all(part in text for part in ("$ 15,00", "lo debés vos", "$ 200,00", "te lo debe la cooperativa"))
    assert "Todavía no hay nada a tu nombre" in body(people.client_of(members[6]), "ledger:mine")


def test_my_account_can_be_settled_and_can_be_a_debt(
    entry: Entry, members: list[Member], member: Member
) -> None:
    def pays(cents: int, key: str) -> None:
        due = chart.pay_due(4, member.name)
        post(
            key=key,
            day=DAY,
            memo="Pago",
            postings=moves((due, cents), (chart.cash(), -cents)),
            by=members[2].actor,
            at=AT,
        )

    pays(7_000, "settled")
    assert "No te deben ni debés nada." in body(people.client_of(member), "ledger:mine")
    pays(100, "too much")
    assert "le debés a la cooperativa <strong>$ 1,00</strong>" in body(
        people.client_of(member), "ledger:mine"
    )


def test_an_account_shows_its_lines_newest_first_with_the_balance_after_each(
    entry: Entry, member: Member
) -> None:
    answer = people.client_of(member).get(reverse("ledger:account", args=["1.1"]))
    shown = [(line.cents, line.after) for line in answer.context["lines"]]
    assert shown == [(-1_500, -1_600), (-100, -100)]
    assert answer.context["balance"] == -1_600
    due = people.client_of(member).get(reverse("ledger:account", args=["2.1.4"]))
    assert [(line.cents, line.after) for line in due.context["lines"]] == [(7_000, 7_000)]


def test_a_long_account_is_paged_and_the_balance_runs_through(member: Member, members: list[Member]) -> None:
    for number in range(60):
        bought(f"k{number}", 100)
    client = people.client_of(member)
    url = reverse("ledger:account", args=["5.1"])
    first, second = client.get(url).context["lines"], client.get(url, {"page": 2}).context["lines"]
    assert (len(first), len(second)) == (50, 10)
    assert (first[0].after, second[0].after, second[-1].after) == (6_000, 1_000, 100)


def test_lines_cite_their_resolution(member: Member) -> None:
    resolution = Resolution.objects.create(
        year=2026,
        number=1,
        adopted_at=AT,
        matter=Matter.ORDINARY_DECISION,
        title="Comprar un torno",
        tally={},
    )
    entry = bought(resolution=resolution)
    link = reverse("portal:resolution", args=[2026, 1])
    client = people.client_of(member)
    assert link in body(client, "ledger:account", "1.1")
    text = body(client, "ledger:entry", entry.pk)
    assert link in text
    assert "1/2026: Comprar un torno" in text


def test_an_entry_and_its_reversal_point_at_each_other(treasurer: Member, member: Member) -> None:
    entry = bought()
    back = take_back(entry_id=entry.pk, reason="Mal cargado", by=treasurer.actor, at=AT)
    client = people.client_of(member)
    assert f"Lo anula el asiento {back.pk}: Mal cargado" in body(client, "ledger:entry", entry.pk)
    text = body(client, "ledger:entry", back.pk)
    assert f"el asiento {entry.pk}" in text
    assert f"{treasurer.name}, N.º 3" in text


def test_before_any_entry_the_page_says_what_comes(member: Member) -> None:
    text = body(people.client_of(member), "ledger:accounts")
    assert "Todavía no hay asientos" in text


def test_the_books_link_here(member: Member) -> None:
    assert reverse("ledger:accounts") in body(people.client_of(member), "portal:books")


def test_the_pay_is_called_what_the_statute_calls_it(
    entry: Entry, cooperative: Cooperative, member: Member
) -> None:
    from datetime import date

    from coop.statute.models import StatuteVersion
    from tests.support.reform import reform

    version = StatuteVersion.objects.get()
    document = version.document | {"pay": version.document["pay"] | {"label": "anticipo de retorno"}}
    reform(date(2020, 1, 1), document)
    text = body(people.client_of(member), "ledger:accounts")
    assert "Anticipo de retorno a pagar" in text
    assert "Retribución" not in text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("ledger:accounts", None),
        ("ledger:mine", None),
        ("ledger:account", "5.1"),
        ("ledger:group", "2.1"),
        ("ledger:entry", "entry"),
    ],
)
def test_a_page_costs_the_same_however_many_rows(
    treasurer: Member,
    django_assert_max_num_queries: Callable[[int], object],
    name: str,
    argument: str | None,
    count: int,
) -> None:
    due = [(number, f"Persona {number}", 100) for number in range(3, 3 + count)]
    for turn in range(count):
        entry = paid(due, f"run {turn}", by=treasurer.actor)
        bought(f"k{turn}", 100)
    arguments = [] if argument is None else [entry.pk if argument == "entry" else argument]
    client = people.client_of(treasurer)
    with django_assert_max_num_queries(12):
        assert client.get(reverse(name, args=arguments)).status_code == 200
