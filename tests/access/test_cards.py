"""Giving cards: by whom, to whom, one that waits for each, and a code that the database does not know."""

from datetime import timedelta

import pytest
from django.db import connection

from coop.access import choosing
from coop.access.domain import cards
from coop.access.domain.codes import ALPHABET, LENGTH, spoken, typed
from coop.access.errors import CardExpired, CardUnknown, CardUsed, CardVoid, NobodyChosen, UnknownNumbers
from coop.access.models import Card
from coop.common.errors import NotAllowed
from coop.common.time import local_day
from coop.members.errors import NotOnRegister
from coop.members.models import Member
from coop.powers import system
from coop.record.models import Act, Entry
from coop.record.telling import teller
from coop.statute.domain import cooperative
from tests.access.enrolling import enrol, give_card
from tests.support.people import Instants

pytestmark = pytest.mark.django_db
AT = Instants.hour
MINUTE = timedelta(minutes=1)


def test_a_card_is_given_by_who_keeps_the_register_and_is_on_the_record(members, president, secretary):
    with pytest.raises(NotAllowed):
        cards.give(members=members[3:5], by=president.actor, at=AT)
    given = cards.give(members=members[3:5], by=secretary.actor, at=AT)
    assert [one.member.number for one in given] == [4, 5]
    assert [one.card.expires_at for one in given] == [AT + timedelta(days=14)] * 2
    entry = Entry.objects.get()
    assert (entry.act, entry.actor_number) == (Act.CARDS_GIVEN, 2)
    assert entry.facts == {
        "count": 2,
        "members": [
            {"number": 4, "name": "Omar Águila", "card": str(given[0].card.key)},
            {"number": 5, "name": "Irma Zapata", "card": str(given[1].card.key)},
        ],
    }
    assert teller(entry.act)(entry.facts) == (
        "Se dieron 2 tarjetas de alta, a Omar Águila (n.º 4), Irma Zapata (n.º 5)."
    )


def test_the_command_line_may_give_them_when_nobody_holds_a_seat_yet(member):
    assert give_card(member, system(), AT).card.given_by is None


def test_nobody_and_who_has_left_get_none(member, secretary):
    with pytest.raises(NobodyChosen):
        cards.give(members=[], by=secretary.actor, at=AT)
    Member.objects.filter(pk=member.pk).update(left_on=Instants.day)
    member.refresh_from_db()
    with pytest.raises(NotOnRegister):
        give_card(member, secretary, AT)
    assert (Card.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_database_and_the_record_do_not_know_the_code(member, secretary):
    given = give_card(member, secretary, AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(c)::text FROM access_card c UNION ALL SELECT sealed FROM record_entry"
        )
        assert all(given.code not in text for (text,) in cursor.fetchall())


def test_a_code_has_ten_signs_that_nobody_misreads(member, secretary):
    code = give_card(member, secretary, AT).code
    assert (len(code), set(code) <= set(ALPHABET)) == (LENGTH, True)
    assert set("0o1il") & set(ALPHABET) == set()
    for text in (code, spoken(code), spoken(code).replace(" ", "-"), f" {code.upper()} "):
        assert typed(text) == code
        assert cards.find(text=text, at=AT).member == member


@pytest.mark.parametrize("text", ["", "x", "0" * 10, "ñ" * 10, "a" * 5000, "'; DROP TABLE access_card; --"])
def test_anything_else_is_no_card(member, secretary, text):
    give_card(member, secretary, AT)
    with pytest.raises(CardUnknown):
        cards.find(text=text, at=AT)


def test_it_holds_for_two_weeks(member, secretary):
    code = give_card(member, secretary, AT).code
    assert cards.find(text=code, at=AT + timedelta(days=14) - MINUTE)
    with pytest.raises(CardExpired) as refused:
        cards.find(text=code, at=AT + timedelta(days=14))
    assert refused.value.at == AT + timedelta(days=14)


def test_a_second_card_takes_the_place_of_the_first(member, secretary):
    first, second = give_card(member, secretary, AT), give_card(member, secretary, AT + MINUTE)
    with pytest.raises(CardVoid):
        cards.find(text=first.code, at=AT + 2 * MINUTE)
    assert cards.find(text=second.code, at=AT + 2 * MINUTE) == second.card


def test_a_used_one_says_when_it_was_used(member, secretary):
    given = give_card(member, secretary, AT)
    Card.objects.filter(pk=given.card.pk).update(used_at=AT + MINUTE)
    with pytest.raises(CardUsed) as refused:
        cards.find(text=given.code, at=AT + 2 * MINUTE)
    assert refused.value.at == AT + MINUTE
    with pytest.raises(CardUsed):
        cards.void(key=given.card.pk, by=secretary.actor, at=AT + 2 * MINUTE)


def test_voiding_one_is_on_the_record_and_happens_once(member, secretary, president):
    given = give_card(member, secretary, AT)
    with pytest.raises(NotAllowed):
        cards.void(key=given.card.pk, by=president.actor, at=AT)
    cards.void(key=given.card.pk, by=secretary.actor, at=AT + MINUTE)
    with pytest.raises(CardVoid):
        cards.find(text=given.code, at=AT + MINUTE)
    with pytest.raises(CardVoid):
        cards.void(key=given.card.pk, by=secretary.actor, at=AT + MINUTE)
    assert [(entry.act, entry.facts) for entry in Entry.objects.filter(act=Act.CARD_VOIDED)] == [
        (Act.CARD_VOIDED, {"member": 4, "name": "Omar Águila"})
    ]


# --- for whom ---


def numbers(found) -> list[int]:
    return sorted(member.number for member in found)


def test_without_a_device_means_neither_device_nor_card(members, secretary):
    day = local_day(AT, cooperative().tz)
    enrol(members[3], secretary, AT)
    give_card(members[4], secretary, AT)
    assert numbers(choosing.without_device(day, AT)) == [1, 2, 3, 6, 7]
    later = AT + timedelta(days=15)
    assert numbers(choosing.without_device(local_day(later, cooperative().tz), later)) == [1, 2, 3, 5, 6, 7]


def test_a_section_and_its_people(members):
    Member.objects.filter(number__in=(2, 6)).update(section="Horno")
    assert choosing.sections(Instants.day) == ["Horno"]
    assert numbers(choosing.of_section(Instants.day, "Horno")) == [2, 6]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4", [4]), ("4, 2;4", [2, 4]), ("1-3", [1, 2, 3]), ("6 - 900", [6, 7]), ("2,5-5", [2, 5])],
)
def test_numbers_as_people_write_them(members, text, expected):
    assert numbers(choosing.by_numbers(Instants.day, text)) == expected


def test_all_numbers_that_are_nobodys_are_said_at_once(members):
    Member.objects.filter(number=5).update(left_on=Instants.day)
    with pytest.raises(UnknownNumbers) as refused:
        choosing.by_numbers(Instants.day, "4, 5, 90, 7-x, 100-200, 9999999999")
    assert sorted(refused.value.numbers) == sorted(["5", "90", "7-x", "100-200", "9999999999"])
