"""Every address of the register's life, tried by a stranger, a member, the one it is about, and offices."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coop.members import admission, sanctioning
from coop.members.admission import Applicant
from coop.members.models import Member, MemberFact, Section
from tests.support import people

pytestmark = pytest.mark.django_db

OPEN, OFFICE = (302, 200, 200, 200, 200), (302, 403, 403, 403, 200)
READ = (302, 404, 200, 200, 200)
# name, arguments; then stranger, member, whoever it is about, treasurer, secretary
PAGES = [
    ("register", [], OPEN),
    ("register_csv", [], OPEN),
    ("member", [6], OPEN),
    ("sections", [], OPEN),
    ("section", ["section"], OFFICE),
    ("applications", [], OFFICE),
    ("apply", [], OFFICE),
    ("application", ["application"], OFFICE),
    ("tell_fact", [6, "renuncia"], OFFICE),
    ("tell_fact", [6, "nada"], (302, 403, 403, 403, 404)),
    ("annul_fact", [6, "fact"], OFFICE),
    ("annul_fact", [5, "fact"], (302, 403, 403, 403, 404)),
    ("correct", [6], OFFICE),
    ("move", [6], OFFICE),
    ("open_sanction", [6], OFFICE),
    ("sanctions", [], OPEN),
    ("sanction", ["file"], READ),
    ("sanction_step", ["file", "notificacion"], (302, 404, 403, 403, 200)),
    ("sanction_step", ["file", "descargo"], (302, 404, 200, 403, 200)),
    ("sanction_step", ["file", "nada"], (302, 404, 404, 404, 404)),
    ("contact", [], OPEN),
    ("held", [], OPEN),
    ("held_json", [], OPEN),
]
POSTS = [
    ("register_book", [], (302, 403, 403, 302, 302)),
    ("held_pdf", [], (302, 302, 302, 302, 302)),
    ("sections", [], (302, 403, 403, 403, 422)),
    ("apply", [], (302, 403, 403, 403, 422)),
    ("application", ["application"], (302, 403, 403, 403, 404)),
    ("tell_fact", [6, "reingreso"], (302, 403, 403, 403, 422)),
    ("annul_fact", [6, "fact"], (302, 403, 403, 403, 422)),
    ("correct", [6], (302, 403, 403, 403, 422)),
    ("move", [6], (302, 403, 403, 403, 422)),
    ("open_sanction", [6], (302, 403, 403, 403, 422)),
    ("sanction_step", ["file", "descargo"], (302, 404, 422, 403, 422)),
    ("contact", [], (302, 422, 422, 422, 422)),
]
READ_ONLY = [
    *("register", "register_csv", "member", "applications"),
    *("sanctions", "sanction", "held", "held_json"),
]


@pytest.fixture
def keys(members: list[Member], secretary: Member) -> dict[str, int]:
    now = timezone.now()
    today = timezone.localdate()
    person = Applicant("Roldán", "Lidia", "30111222", "27301112221", date(1990, 1, 1))
    asked = admission.apply(applicant=person, applied_on=today, by=secretary.actor, at=now)
    opened = sanctioning.open_file(
        member_id=members[5].pk, charge="Algo.", opened_on=today, by=secretary.actor, at=now
    )
    return {
        "application": asked.pk,
        "file": opened.number,
        "fact": MemberFact.objects.get(member=members[5]).pk,
        "section": Section.objects.create(name="Hornos", folded="hornos").pk,
    }


@pytest.fixture
def readers(members: list[Member], secretary: Member, treasurer: Member) -> list[Client]:
    return [Client(), *(people.client_of(one) for one in (members[3], members[5], treasurer, secretary))]


def address(name: str, arguments: list[object], keys: dict[str, int]) -> str:
    return reverse(f"members:{name}", args=[keys.get(str(one), one) for one in arguments])


@pytest.mark.parametrize(("name", "arguments", "expected"), PAGES)
def test_pages_answer_each_reader(keys, readers, name, arguments, expected):
    url = address(name, arguments, keys)
    assert tuple(reader.get(url).status_code for reader in readers) == expected


@pytest.mark.parametrize(("name", "arguments", "expected"), POSTS)
def test_acts_answer_each_reader(keys, readers, name, arguments, expected):
    """An empty form is refused, and nothing is written by it."""
    url = address(name, arguments, keys)
    facts = MemberFact.objects.count()
    assert tuple(reader.post(url).status_code for reader in readers) == expected
    assert MemberFact.objects.count() == facts


@pytest.mark.parametrize("name", READ_ONLY)
def test_what_is_only_read_takes_no_post(keys, readers, name):
    arguments = {"member": [6], "sanction": ["file"]}.get(name, [])
    assert readers[-1].post(address(name, arguments, keys)).status_code == 405


def test_the_complete_spreadsheet_is_for_who_keeps_the_register(readers):
    url = reverse("members:register_csv") + "?datos=completos"
    assert [reader.get(url).status_code for reader in readers] == [302, 403, 403, 403, 200]
