"""What the database refuses about the register, going round Python with the application's rights."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.members.models import Account, Member, SignIn
from tests.support.people import Instants, give_account, new_member, signed_in
from tests.support.raw import refused, refused_rows


@pytest.mark.django_db
def test_a_member_is_never_deleted_nor_renumbered(member):
    refused("DELETE FROM members_member", match="denied")
    refused("UPDATE members_member SET number = number + 100", match="denied")
    refused("UPDATE members_member SET id = id + 100", match="denied")


def test_not_even_the_owner_deletes_or_renumbers(real_database, member, owner):
    with pytest.raises(Exception, match="Cannot delete"):
        owner.execute("DELETE FROM members_member")
    with pytest.raises(Exception, match="Cannot update"):
        owner.execute("UPDATE members_member SET number = number + 100")
    owner.execute("UPDATE members_member SET number = number, section = 'Hornos'")


@pytest.mark.django_db
@pytest.mark.parametrize("same", ["number", "tax_number", "email"])
def test_database_refuses_two_members_with_the_same(member, same):
    twin = new_member(40, "Sosa", "Luz", **({} if same == "number" else {same: getattr(member, same)}))
    if same == "number":
        twin.number = member.number
    refused_rows(twin, match="duplicate key")


@pytest.mark.django_db
def test_any_number_of_members_have_no_address(members):
    Member.objects.update(email="")
    assert Member.objects.filter(email="").count() == 7


@pytest.mark.django_db
def test_nobody_leaves_before_joining(member):
    leaves = new_member(40, "Sosa", "Luz", left_on=date(2003, 2, 28))
    refused_rows(leaves, match="member_leaves_after_joining")
    refused("UPDATE members_member SET left_on = joined_on - 1", match="member_leaves_after_joining")


@pytest.mark.django_db
def test_one_account_for_a_member(member):
    give_account(member)
    refused_rows(Account(member=member, password="x"), match="duplicate key")
    refused("DELETE FROM members_account", match="denied")


@pytest.mark.django_db
def test_a_sign_in_does_not_change_hands_nor_live_longer(member):
    signed_in(member, Instants.hour)
    for column in ("member_id", "expires_at", "started_at", "key"):
        refused(f"UPDATE members_signin SET {column} = {column}", match="denied")
    assert SignIn.objects.get().expires_at == Instants.hour + timedelta(days=14)


@pytest.mark.django_db
def test_on_the_register_from_the_day_of_joining_until_the_day_of_leaving(cooperative):
    person = new_member(40, "Sosa", "Luz", joined_on=date(2010, 5, 3), left_on=date(2012, 8, 20))
    person.save()
    days = [date(2010, 5, 2), date(2010, 5, 3), date(2012, 8, 19), date(2012, 8, 20), date(2026, 3, 11)]
    expected = [False, True, True, False, False]
    assert [Member.objects.on_register(day).exists() for day in days] == expected
    assert [person.is_on_register(day) for day in days] == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("", [6, 3, 7, 2, 1, 4, 5]),
        ("nancu", [2]),
        ("ÑANCU", [2]),
        ("elida qui", [1]),
        ("quiroga elida", [1]),
        ("damico", [6]),
        ("paredes", [7]),
        ("3", [3]),
        ("12345678901234567890", []),
        ("²", []),
        ("٣", []),
        ("%", [6, 3, 7, 2, 1, 4, 5]),
        ("' OR 1=1 --", []),
    ],
)
def test_a_member_is_found_by_number_or_by_any_part_of_the_name(members, words, numbers):
    found = [member.number for member in Member.objects.matching(words)]
    assert sorted(found) == sorted(numbers)


@pytest.mark.django_db
def test_whatever_is_typed_the_search_answers(members):
    @given(st.text(max_size=30))
    def answers(words):
        assert len(Member.objects.matching(words)) <= 7

    answers()
