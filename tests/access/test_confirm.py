"""Proving again: the desk after half an hour, money and minutes each time; and what was typed is not lost."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from assemblies.models import Assembly, Motion
from coop.access import confirm
from coop.access.domain import cards, confirming
from coop.members.models import FailedSignIn, SignIn
from coop.powers import Power
from tests.support.desk import Desk
from tests.support.people import PASSWORD, client_of, give_account, signed_in

pytestmark = pytest.mark.django_db
ASKS = "Confirmá que sos vos"


def idle(member, minutes: float) -> SignIn:
    """A sign-in of some time ago that nobody confirmed since."""
    return signed_in(member, timezone.now() - timedelta(minutes=minutes))


@pytest.fixture
def officer(president):
    give_account(president)
    return president


@pytest.fixture
def moved(session: Assembly, desk: Desk, members) -> str:
    return reverse("assemblies:item", args=[session.pk])


def item(session: Assembly) -> str:
    return str(session.items.get(position=2).pk)


def told(answer) -> str:
    return unescape(answer.content.decode())


# --- the desk ---


def test_signing_in_unlocks_the_desk_and_so_does_each_act(officer, moved, session):
    entry = idle(officer, 29)
    browser = client_of(entry, confirms=False)
    assert browser.post(moved, {"item": item(session)}).status_code == 302
    entry.refresh_from_db()
    assert timezone.now() - entry.confirmed_at < timedelta(minutes=1)


def test_after_thirty_idle_minutes_the_desk_asks_and_nothing_is_done(officer, moved, session):
    browser = client_of(idle(officer, 30), confirms=False)
    answer = browser.post(moved, {"item": item(session)})
    assert answer.status_code == 403
    assert ASKS in told(answer)
    session.refresh_from_db()
    assert session.current_item.position == 1


def test_what_was_typed_comes_along_and_the_act_is_done_once_confirmed(officer, moved, session):
    browser = client_of(idle(officer, 45), confirms=False)
    asked = told(browser.post(moved, {"item": item(session)}))
    assert f'<input type="hidden" name="item" value="{item(session)}">' in asked
    assert f'action="{moved}"' in asked
    done = browser.post(moved, {"item": item(session), confirm.SECRET: PASSWORD})
    assert done.status_code == 302
    session.refresh_from_db()
    assert session.current_item.position == 2


def test_several_values_and_lines_of_text_come_along_as_they_were(officer, session):
    browser = client_of(idle(officer, 45), confirms=False)
    typed = {"item": ["3", "4"], "text": 'uno\n"dos" <b>\u202e'}
    asked = browser.post(reverse("assemblies:item", args=[session.pk]), typed).content.decode()
    assert asked.count('name="item" value="') == 2
    assert 'value="uno\n&quot;dos&quot; &lt;b&gt;' in asked


@pytest.mark.parametrize("secret", ["nada-de-eso-1", "123456", " "])
def test_a_wrong_secret_asks_again_keeps_what_was_typed_and_does_nothing(officer, moved, session, secret):
    browser = client_of(idle(officer, 45), confirms=False)
    answer = browser.post(moved, {"item": item(session), confirm.SECRET: secret})
    assert answer.status_code == 422
    assert f'name="item" value="{item(session)}"' in told(answer)
    assert secret.strip() == "" or secret not in told(answer)
    session.refresh_from_db()
    assert session.current_item.position == 1


def test_a_passkey_that_signed_nothing_is_refused(officer, moved, session):
    browser = client_of(idle(officer, 45), confirms=False)
    for signed in ("{}", "no", '{"challenge_key": "x", "credential": {}}'):
        answer = browser.post(moved, {"item": item(session), confirm.PASSKEY: signed})
        assert answer.status_code == 422
    session.refresh_from_db()
    assert session.current_item.position == 1


def test_guessing_is_throttled_and_locks_nobody_else(officer, moved, session, secretary):
    browser = client_of(idle(officer, 45), confirms=False)
    wrong = {"item": item(session), confirm.SECRET: "nada-de-eso-1"}
    statuses = [browser.post(moved, wrong).status_code for _try in range(6)]
    assert statuses == [422] * 5 + [429]
    assert FailedSignIn.objects.count() == 5
    give_account(secretary)
    other = client_of(idle(secretary, 45), confirms=False)
    assert other.post(moved, {"item": item(session), confirm.SECRET: PASSWORD}).status_code == 302


def test_a_colleagues_password_confirms_nothing(officer, moved, session, member):
    account = give_account(member)
    account.set_password("otra-clave-larga-8")
    account.save()
    browser = client_of(idle(officer, 45), confirms=False)
    answer = browser.post(moved, {"item": item(session), confirm.SECRET: "otra-clave-larga-8"})
    assert answer.status_code == 422


def test_confirming_unlocks_this_device_and_no_other(officer, moved, session):
    here, there = idle(officer, 45), idle(officer, 45)
    client_of(here).post(moved, {"item": item(session)})
    answer = client_of(there, confirms=False).post(moved, {"item": item(session)})
    assert answer.status_code == 403


def test_who_holds_no_seat_is_refused_and_not_asked_for_anything(member, moved, session):
    answer = client_of(idle(member, 45), confirms=False).post(moved, {"item": item(session)})
    assert answer.status_code == 403
    assert ASKS not in told(answer)


def test_a_member_moves_a_motion_without_being_asked(session, member):
    browser = client_of(idle(member, 600), confirms=False)
    sent = browser.post(reverse("assemblies:move", args=[session.pk]), {"title": "Pintar el portón"})
    assert sent.status_code == 302
    assert Motion.objects.get().title == "Pintar el portón"


def test_the_live_desk_gets_the_question_over_its_whole_page(officer, moved, session):
    browser = client_of(idle(officer, 45), confirms=False)
    answer = browser.post(moved, {"item": item(session)}, headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#main"
    assert "<html" not in told(answer)
    assert ASKS in told(answer)


def test_the_question_is_kept_by_no_cache(officer, moved, session):
    answer = client_of(idle(officer, 45), confirms=False).post(moved, {"item": item(session)})
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_sign_in_from_before_this_was_written_down_is_asked(officer, moved, session):
    entry = signed_in(officer)
    SignIn.objects.filter(pk=entry.pk).update(confirmed_at=None)
    assert client_of(entry, confirms=False).post(moved, {"item": item(session)}).status_code == 403


def test_who_is_signed_out_meanwhile_is_not_shown_the_secret_again(officer, moved, session, client):
    typed = {"item": item(session), "text": "dos palabras", confirm.SECRET: "mi clave secreta larga"}
    answer = client.post(moved, typed)
    assert answer.status_code == 401
    assert "dos palabras" in told(answer)
    assert "mi clave secreta" not in told(answer)


# --- each time ---


def sends(view, entry: SignIn, **typed) -> HttpResponse:
    request = RequestFactory().post("/algo/?a=1", typed)
    request.sign_in, request.member, request.actor = entry, entry.member, entry.member.actor
    request.session = {}
    request.htmx = False
    return view(request)


def test_money_is_asked_for_even_a_second_after_signing_in(officer):
    seen = []

    @confirm.again(Power.APPROVE_PAY)
    def pays(request) -> HttpResponse:
        seen.append(dict(request.POST))
        return HttpResponse("paid")

    entry = signed_in(officer)
    assert sends(pays, entry, run="7").status_code == 403
    assert seen == []
    assert sends(pays, entry, run="7", confirm_password=PASSWORD).content == b"paid"
    # What the act reads is what its own page sent: the secret stays out of it.
    assert seen == [{"run": ["7"]}]
    assert sends(pays, entry, run="8").status_code == 403


def test_a_file_is_chosen_again_beside_the_proof(officer):
    @confirm.again()
    def takes(request) -> HttpResponse:
        return HttpResponse(request.FILES["file"].read())

    file = SimpleUploadedFile("horas.csv", b"1;2")
    asked = " ".join(sends(takes, signed_in(officer), file=file).content.decode().split())
    assert '<input type="file" name="file"' in asked
    assert 'enctype="multipart/form-data"' in asked


def test_the_time_of_the_last_proof_never_goes_back(officer):
    entry = signed_in(officer)
    before = entry.confirmed_at
    confirming.note(entry, before - timedelta(hours=1))
    entry.refresh_from_db()
    assert entry.confirmed_at == before


def test_voiding_a_card_and_turning_a_phone_away_are_acts_of_the_desk(secretary, president, member):
    given = cards.give(members=[member], by=secretary.actor, at=timezone.now())[0].card
    browser = client_of(idle(secretary, 45), confirms=False)
    assert ASKS in told(browser.post(reverse("access:void_card", args=[given.key])))
    given.refresh_from_db()
    assert given.voided_at is None
    browser = client_of(idle(president, 45), confirms=False)
    assert ASKS in told(browser.post(reverse("access:turn_away", args=[given.key])))
