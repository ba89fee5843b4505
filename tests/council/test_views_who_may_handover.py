"""Every address of handovers and filings, tried by a stranger, a member, both sides and the secretary."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coop.council.enums_handover import Said
from coop.council.filings import acts
from coop.council.filings.opening import open_due as open_filings
from coop.council.handover.opening import open_due
from coop.council.models import Checklist, Filing, FilingStep, Handover, HandoverMark, SeatCode
from coop.council.urls_handover import urlpatterns
from tests.council.handing import BEGAN, ENDS, answer, state_of
from tests.support import people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# name, what it is about, stranger, member, who hands over, who takes, secretary
PAGES = [
    ("handovers", "", 302, 200, 200, 200, 200),
    ("handover", "handover", 302, 200, 200, 200, 200),
    ("handover_list", "code", 302, 200, 200, 200, 200),
    ("filings", "", 302, 200, 200, 200, 200),
    ("filing", "filing", 302, 200, 200, 200, 200),
]
# With nothing typed: 422 where one may, 403 where one may not.
ACTS = [
    ("handover_add", "handover", 302, 422, 422, 422, 422),
    ("handover_sign", "handover", 302, 422, 422, 422, 422),
    ("handover_say", "item", 302, 403, 422, 422, 403),
    ("handover_list", "code", 302, 403, 403, 422, 422),
    ("filing_add", "", 302, 403, 403, 403, 422),
    ("filing_days", "", 302, 403, 403, 403, 422),
    ("filing", "filing", 302, 403, 403, 403, 422),
]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def handover(members, secretary, now) -> Handover:
    """It ended three days ago; the fourth hands over to the fifth."""
    change = now - 3 * DAY
    people.give_seat(members[3], SeatCode.TREASURER, BEGAN, change)
    people.give_seat(members[4], SeatCode.TREASURER, change, ENDS)
    open_filings(now)
    open_due(now)
    return Handover.objects.get()


@pytest.fixture
def about(handover):
    return {
        "": [],
        "handover": [handover.pk],
        "item": [handover.items.first().pk],
        "code": ["treasurer"],
        "filing": [Filing.objects.first().pk],
    }


@pytest.fixture
def readers(handover, members, secretary):
    return Client(), *map(people.client_of, (members[5], members[3], members[4], secretary))


@pytest.mark.parametrize(("name", "what", "statuses"), [(n, w, s) for n, w, *s in PAGES])
def test_pages_answer_each_reader(about, readers, name, what, statuses):
    url = reverse(f"council:{name}", args=about[what])
    assert [reader.get(url).status_code for reader in readers] == statuses


@pytest.mark.parametrize(("name", "what", "statuses"), [(n, w, s) for n, w, *s in ACTS])
def test_acts_answer_each_reader(about, readers, name, what, statuses):
    url = reverse(f"council:{name}", args=about[what])
    assert [reader.post(url).status_code for reader in readers] == statuses
    if name not in ("handover_list", "filing"):
        assert readers[4].get(url).status_code == 405


def test_no_address_is_missing_from_these_lists():
    assert {pattern.name for pattern in urlpatterns} == {name for name, *_ in [*PAGES, *ACTS]}


@pytest.mark.parametrize("name", ["handover", "handover_list", "filing"])
def test_what_does_not_exist_is_not_found(readers, name):
    arg = "no-such-seat" if name == "handover_list" else 999_999
    assert readers[1].get(reverse(f"council:{name}", args=[arg])).status_code == 404


def test_a_handover_in_the_browser_from_the_first_word_to_the_paper(handover, readers):
    _stranger, member, gone, come, _secretary = readers
    page = reverse("council:handover", args=[handover.pk])
    for browser, said in ((gone, "given"), (come, "received")):
        for item in handover.items.all():
            url = reverse("council:handover_say", args=[item.pk])
            assert browser.post(url, {"said": said, "note": ""}).status_code == 302
    assert "Firmar el traspaso" in gone.get(page).content.decode()
    assert "Firmar el traspaso" not in member.get(page).content.decode()
    for browser in (gone, come):
        seen = state_of(handover, timezone.now()).sha256
        url = reverse("council:handover_sign", args=[handover.pk])
        assert browser.post(url, {"seen": seen, "remark": "Todo en orden"}).status_code == 302
    body = member.get(page).content.decode()
    assert "Todo en orden" in body
    assert "firmado" in body


def test_it_is_signed_only_by_who_proves_again_that_it_is_them(handover, members, now):
    answer(handover, members[3], Said.GIVEN, now)
    answer(handover, members[4], Said.RECEIVED, now)
    browser = people.client_of(people.signed_in(members[3]))
    browser.confirms = False
    url = reverse("council:handover_sign", args=[handover.pk])
    refused = browser.post(url, {"seen": state_of(handover, now).sha256})
    assert refused.status_code == 403
    assert not handover.signatures.exists()


def test_what_was_typed_is_given_back_with_its_reason(about, handover, readers):
    _stranger, _member, _gone, come, secretary = readers
    url = reverse("council:handover_say", args=about["item"])
    answered = come.post(url, {"said": "missing", "note": ""})
    assert answered.status_code == 422
    assert "Contá en una frase" in answered.content.decode()
    answered = come.post(url, {"said": "missing", "note": "clave: 123"})
    assert "Parece que ahí hay una clave" in answered.content.decode()
    assert 'value="clave: 123"' in answered.content.decode()
    assert not HandoverMark.objects.exists()
    url = reverse("council:filing", args=about["filing"])
    answered = secretary.post(url, {"kind": "done", "day": "", "number": "EX-7"})
    assert answered.status_code == 422
    assert 'value="EX-7"' in answered.content.decode()
    assert not FilingStep.objects.exists()


def test_a_list_is_kept_in_the_browser(readers):
    come = readers[3]
    url = reverse("council:handover_list", args=["treasurer"])
    typed = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-kind": "keys",
        "form-0-text": "Llave de la caja",
        "form-1-kind": "money",
        "form-1-text": "",
    }
    assert come.post(url, typed).status_code == 302
    assert Checklist.objects.get().items == [{"kind": "keys", "text": "Llave de la caja"}]
    refused = come.post(url, typed | {"form-0-text": "Clave: 9"})
    assert refused.status_code == 422
    assert "Parece que ahí hay una clave" in refused.content.decode()


@pytest.mark.parametrize("name", ["handovers", "handover", "handover_list", "filings", "filing"])
@pytest.mark.parametrize("more", [1, 3])
def test_a_page_costs_the_same_however_many_rows(
    about, handover, readers, members, secretary, now, django_assert_max_num_queries, name, more
):
    seats = (SeatCode.MEMBER_1, SeatCode.MEMBER_2, SeatCode.AUDITOR)
    for place, seat in enumerate(seats[:more]):
        # The next term of the same people overlaps no other of theirs.
        people.give_seat(members[[0, 5, 6][place]], seat, BEGAN, now - (4 + place) * DAY)
        acts.add_filing(title="Otro", due_on=now.date() + DAY, by=secretary.actor, at=now)
    open_due(now)
    open_filings(now)
    answer(handover, members[3], Said.GIVEN, now)
    args = {"handover": "handover", "handover_list": "code", "filing": "filing"}.get(name, "")
    with django_assert_max_num_queries(12):
        assert readers[4].get(reverse(f"council:{name}", args=about[args])).status_code == 200
