from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from coop.members.models import Member, SignIn
from tests.support import people

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return client.get("/consejo/").status_code == 200


def test_shows_my_own_data_and_leads_to_my_devices(member: Member) -> None:
    body = people.client_of(member).get("/mi-cuenta/").content.decode()
    assert member.document in body
    assert member.tax_number in body
    assert 'href="/mi-cuenta/aparatos/"' in body
    assert "Cambiar mi clave" not in body
    people.give_account(member)
    assert "Cambiar mi clave" in people.client_of(member).get("/mi-cuenta/").content.decode()


def test_signing_out_everywhere_ends_every_device_at_the_next_request(member: Member) -> None:
    here, there = people.client_of(member), people.client_of(member)
    cookie = here.cookies[settings.SESSION_COOKIE_NAME].value
    assert here.post("/mi-cuenta/sesiones/cerrar/").headers["Location"] == "/ingresar/"
    here.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert (is_in(here), is_in(there)) == (False, False)


def test_one_device_can_be_ended_from_another(member: Member) -> None:
    here, there = people.client_of(member), people.client_of(member)
    key = there.session["sign_in"]
    assert here.post(f"/mi-cuenta/sesiones/{key}/cerrar/").headers["Location"] == "/mi-cuenta/aparatos/"
    assert (is_in(here), is_in(there)) == (True, False)
    again = here.post(f"/mi-cuenta/sesiones/{key}/cerrar/", follow=True)
    assert "ya estaba cerrada" in again.content.decode()


def test_ending_the_device_one_is_on_signs_out(member: Member) -> None:
    client = people.client_of(member)
    answer = client.post(f"/mi-cuenta/sesiones/{client.session['sign_in']}/cerrar/")
    assert answer.headers["Location"] == "/ingresar/"
    assert not is_in(client)


@pytest.mark.parametrize("whose", ["a colleague's", "nobody's"])
def test_another_persons_device_cannot_be_ended(
    member: Member, members: list[Member], whose: str, client_of: Callable[..., Client]
) -> None:
    other = people.signed_in(members[4])
    key = other.key if whose == "a colleague's" else uuid4()
    client_of(member).post(f"/mi-cuenta/sesiones/{key}/cerrar/")
    assert SignIn.objects.get(key=other.key).ended_at is None


def test_a_tampered_cookie_is_a_stranger(member: Member) -> None:
    client = people.client_of(member)
    client.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value + "x"
    assert not is_in(client)


def test_a_member_who_leaves_is_out_at_the_next_request(member: Member) -> None:
    client = people.client_of(member)
    assert is_in(client)
    Member.objects.filter(pk=member.pk).update(left_on="2024-01-01")
    assert not is_in(client)


def test_htmx_is_told_to_load_the_sign_in_page(client: Client, cooperative: object) -> None:
    answer = client.get(
        "/hoy/tarjetas/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/"}
    )
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/ingresar/?next=http%3A%2F%2Ftestserver%2F"
