import pytest
from django.test import Client

from coop.members.models import Member
from tests.support import people

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def listed(client: Client, **query: object) -> list[str]:
    return [member.family_name for member in client.get("/registro/", query).context["page"]]


def test_lists_everybody_as_spanish_readers_sort_them(member: Member) -> None:
    names = ["Águila", "D'Amico", "Ibarra", "Muñoz Paredes", "Ñancucheo", "Quiroga", "Zapata"]
    assert listed(people.client_of(member)) == names


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nancu", ["Ñancucheo"]),
        ("MUÑOZ", ["Muñoz Paredes"]),
        ("damico", ["D'Amico"]),
        ("5", ["Zapata"]),
        ("élida", ["Ibarra", "Quiroga"]),
        ("%", ["Águila", "D'Amico", "Ibarra", "Muñoz Paredes", "Ñancucheo", "Quiroga", "Zapata"]),
        ("99999999999", []),
        ("nadie así", []),
        ("a\0b", []),
    ],
)
def test_searches_without_accents(member: Member, words: str, found: list[str]) -> None:
    assert listed(people.client_of(member), q=words) == found


def test_former_members_are_behind_a_filter(member: Member, members: list[Member]) -> None:
    Member.objects.filter(pk=members[6].pk).update(left_on="2024-01-01")
    client = people.client_of(member)
    assert "Muñoz Paredes" not in listed(client)
    assert listed(client, bajas="1") == ["Muñoz Paredes"]


@pytest.mark.parametrize("page", ["2", "x", "-1", "999999999999999999999"])
def test_a_page_number_of_any_kind_is_a_page(member: Member, page: str) -> None:
    assert people.client_of(member).get("/registro/", {"page": page}).status_code == 200


def test_the_list_shows_no_document_and_no_address(member: Member, members: list[Member]) -> None:
    body = people.client_of(member).get("/registro/").content.decode()
    private = [value for one in members for value in (one.document, one.tax_number, one.email)]
    assert [value for value in private if value in body] == []


def test_private_data_is_for_oneself_and_for_who_keeps_the_register_the_account_by_its_end(
    member: Member, secretary: Member, treasurer: Member, members: list[Member]
) -> None:
    shown = members[5]
    Member.objects.filter(pk=shown.pk).update(bank_account="0110975133459326511099", mobile="0299 15-637")
    private = [shown.document, shown.tax_number, "…1099", shown.email, "0299 15-637"]

    def seen_by(reader: Member) -> list[bool]:
        body = people.client_of(reader).get(f"/registro/{shown.number}/").content.decode()
        assert "0110975133459326511099" not in body
        return [value in body for value in private]

    assert seen_by(member) == [False] * 5
    # The council may reach everybody; documents and accounts stay with who keeps the register.
    assert seen_by(treasurer) == [False, False, False, True, True]
    assert seen_by(shown) == [True] * 5
    assert seen_by(secretary) == [True] * 5


def test_a_script_in_a_name_is_shown_as_text(member: Member, secretary: Member) -> None:
    people.new_member(66, SCRIPT, SCRIPT, section=SCRIPT).save()
    client = people.client_of(secretary)
    for url in ("/registro/", "/registro/66/", "/registro/66/corregir/"):
        body = client.get(url).content.decode()
        assert SCRIPT not in body
        assert "&lt;script&gt;" in body


def test_an_enormous_number_is_not_found(member: Member) -> None:
    assert people.client_of(member).get("/registro/99999999999999999999/").status_code == 404
