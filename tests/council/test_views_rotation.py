"""The pages of rotation: what they say, what they take, how much they ask of the database."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coop.council.models import Declaration, Draw, DrawResult, SeatCode, Slate
from coop.council.rotation.drawing import reproduce
from coop.members.models import Member
from tests.council.rotating import announced, says
from tests.support.people import client_of, give_facts, give_seat, new_member

pytestmark = pytest.mark.django_db
END = datetime(2096, 5, 1, 3, tzinfo=UTC)


def body(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_page_says_who_offers_who_may_and_who_may_not_with_why(members, member):
    now = timezone.now()
    give_seat(members[0], SeatCode.TREASURER, end=now + timedelta(days=30))
    says(members[4], "president", at=now)
    client = client_of(member)
    page = client.get(reverse("council:rotation"), {"cargo": "president"})
    assert "Irma Zapata" in body(page)
    assert "¿Contamos con vos?" in body(page)
    told = client.get(
        reverse("council:rotation"),
        {"cargo": "president", "ver": "no-pueden", "desde": timezone.localdate().isoformat()},
    )
    assert "Ocupa otro cargo (Tesorería)" in body(told)
    assert "Puede desde el" in body(told)
    assert "podés ocuparlo desde el" in body(page)
    sits = client_of(members[0]).get(
        reverse("council:rotation"), {"cargo": "president", "desde": timezone.localdate().isoformat()}
    )
    assert "todavía no podés ocuparlo" in body(sits)


@pytest.mark.parametrize(
    "query",
    [{"cargo": "nada"}, {"desde": "2026-13-45"}, {"desde": "9999-12-31"}, {"page": "x"}, {"ver": "7"}],
)
def test_whatever_is_asked_there_is_a_page(member, query):
    assert client_of(member).get(reverse("council:rotation"), query).status_code == 200


def test_a_member_says_yes_and_the_page_knows_it(member):
    client = client_of(member)
    data = {"willing": "yes", "offices": ["treasurer"], "skills": ["accounts"], "others": "soldadura, torno"}
    assert client.post(reverse("council:standing"), data).status_code == 302
    said = Declaration.objects.get()
    assert (said.offices, said.skills) == (["treasurer"], ["accounts", "soldadura", "torno"])
    page = body(client.get(reverse("council:standing")))
    assert "soldadura, torno" in page
    assert "Dijiste que contemos con vos" in body(client.get(reverse("council:rotation")))


@pytest.mark.parametrize(
    ("data", "says_"),
    [
        ({}, "id_willing_error"),
        ({"willing": "yes", "kin": "dos"}, "separados por comas"),
        ({"willing": "yes", "kin": "1-3"}, "separados por comas"),
        ({"willing": "yes", "kin": "99"}, "No hay otra persona"),
        ({"willing": "yes", "others": "x" * 50}, "de 40 letras"),
        ({"willing": "yes", "offices": ["rey"]}, "rey"),
    ],
)
def test_what_cannot_be_said_comes_back_with_what_was_typed(member, data, says_):
    answer = client_of(member).post(reverse("council:standing"), data | {"gender": "woman"})
    assert answer.status_code == 422
    assert says_ in body(answer)
    assert '<option value="woman" selected>' in body(answer)
    assert not Declaration.objects.exists()


def test_a_slate_is_read_kept_and_read_again(members, president):
    now = timezone.now()
    give_seat(members[2], SeatCode.TREASURER, end=END)
    says(members[4], "secretary", at=now)
    client = client_of(president)
    page = client.get(reverse("council:slates"))
    assert "dijo que contemos con esa persona" in body(page)
    view, _, _, sha256 = page.context["plans"][0]
    data = {"day": page.context["day"].isoformat(), "view": view, "sha256": sha256}
    answer = client.post(reverse("council:slate_keep"), data)
    slate = Slate.objects.get()
    assert answer.headers["Location"] == reverse("council:slate", args=[slate.pk])
    kept = body(client.get(answer.headers["Location"]))
    assert "Irma Zapata" in kept
    assert "La lista quedó guardada" in kept
    assert slate.title in body(client.get(reverse("council:slates")))
    assert client.post(reverse("council:slate_keep"), data | {"sha256": "0"}).status_code == 409
    assert client.post(reverse("council:slate_keep"), {}).status_code == 404


def test_a_draw_from_its_announcement_to_its_file(secretary, member):
    client = client_of(secretary)
    soon = timezone.localtime() + timedelta(minutes=2)
    data = {
        "title": "Dos firmantes",
        "places": "2",
        "numbers": "4, 5 y 6",
        "public_value": "La quiniela",
        "not_before": soon.strftime("%Y-%m-%dT%H:%M"),
    }
    assert client.post(reverse("council:draw_new"), data | {"numbers": "4 5 99"}).status_code == 422
    answer = client.post(reverse("council:draw_new"), data)
    held = Draw.objects.get()
    assert answer.headers["Location"] == reverse("council:draw", args=[held.pk])
    page = body(client.get(answer.headers["Location"]))
    assert held.commitment in page
    assert "Es la hora" not in page
    early = client.post(reverse("council:draw_hold", args=[held.pk]), {"public_value": "1"})
    assert early.status_code == 422
    assert "no antes de la hora anunciada" in body(early)
    assert "seed" not in json.loads(
        client_of(member).get(reverse("council:draw_file", args=[held.pk])).content
    )


def test_a_draw_is_held_before_everybody(secretary, member):
    now = timezone.now()
    held = announced(secretary, at=now - timedelta(hours=2), not_before=now - timedelta(hours=1))
    client, reader = client_of(secretary), client_of(member)
    assert "Es la hora de sortear" in body(client.get(reverse("council:draw", args=[held.pk])))
    assert "falta que la secretaría" in body(reader.get(reverse("council:draw", args=[held.pk])))
    data = {"public_value": "4 7 1 9 2"}
    answer = client.post(reverse("council:draw_hold", args=[held.pk]), data, follow=True)
    assert "Se hizo el sorteo." in body(answer)
    result = DrawResult.objects.get()
    page = body(reader.get(reverse("council:draw", args=[held.pk])))
    assert result.seed in page
    assert "Salieron" in page
    file = reader.get(reverse("council:draw_file", args=[held.pk]))
    assert reproduce(json.loads(file.content))["as_published"]


def test_a_draw_is_called_off_with_its_reason_before_everybody(secretary, member):
    now = timezone.now()
    held = announced(secretary, at=now - timedelta(hours=2), not_before=now - timedelta(hours=1))
    client, reader = client_of(secretary), client_of(member)
    page, url = reverse("council:draw", args=[held.pk]), reverse("council:draw_call_off", args=[held.pk])
    assert "Dejar sin efecto" in body(client.get(page))
    assert "Dejar sin efecto" not in body(reader.get(page))
    assert reader.post(url, {"reason": "No"}).status_code == 403
    assert client.post(url, {"reason": ""}).status_code == 422
    answer = client.post(url, {"reason": "Faltó la sección Hornos"}, follow=True)
    assert "El sorteo quedó sin efecto" in body(answer)
    found = body(reader.get(page))
    assert "Faltó la sección Hornos" in found
    assert "falta que la secretaría" not in found
    assert "Quedó sin efecto el" in body(reader.get(reverse("council:draws")))
    late = client.post(reverse("council:draw_hold", args=[held.pk]), {"public_value": "1"})
    assert (late.status_code, DrawResult.objects.count()) == (422, 0)
    assert "se anuncia otro" in body(late)


def test_the_pages_ask_as_much_for_many_rows_as_for_one(
    members, president, secretary, django_assert_max_num_queries
):
    now = timezone.now()
    client = client_of(president)
    for count in (1, 3):
        for one in members[:count]:
            if not one.declarations.exists():
                says(one, at=now)
            title = f"Turno de {one.number} en {count}"
            announced(secretary, title=title, at=now, not_before=now + timedelta(hours=1))
        for name in ("rotation", "standing", "slates", "draws"):
            with django_assert_max_num_queries(12):
                assert client.get(reverse(f"council:{name}")).status_code == 200


def test_five_hundred_members_are_shown_by_pages(members, member):
    made = Member.objects.bulk_create(new_member(n, f"Pérez {n}", "Juana") for n in range(100, 180))
    give_facts(*made)
    page = client_of(member).get(reverse("council:rotation"), {"ver": "sin-decir"})
    assert len(page.context["page"].object_list) == 50
    assert "Página 1 de 2" in body(page)
