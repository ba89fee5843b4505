"""Whatever people can have stored, on every page that shows it: it stays text, also inside attributes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.domain import attendance, casting, meeting, motions, polls
from assemblies.enums import Choice
from coop.members import sign_in
from coop.members.models import Member
from tests.support import people

pytestmark = pytest.mark.django_db
MARK = """"'><script src=//x></script>"""
RAW = ("\"'><", "'><script", "<script src=//x")


def decided(president: Member, secretary: Member, members: list[Member]) -> tuple[int, int]:
    """An assembly held with strange words, and a poll that was carried: their keys."""
    at = timezone.now() - timedelta(hours=1)
    held = meeting.convene(
        starts_at=at, place=MARK, agenda=[MARK], by=secretary.actor, at=at - timedelta(days=1)
    )
    for member in members:
        attendance.check_in(assembly_id=held.pk, member=member, at=at)
    meeting.open_session(assembly_id=held.pk, by=president.actor, at=at)
    motion = motions.record(
        item_id=held.items.get().pk,
        title=MARK,
        text=MARK,
        mover=members[3],
        seconder=members[4],
        by=secretary.actor,
        at=at,
    )
    poll = polls.open_poll(motion_id=motion.pk, by=president.actor, at=at)
    device = sign_in.start(member=members[3], device=MARK, at=at)
    casting.cast(poll_id=poll.pk, sign_in=device.key, choice=Choice.YES, at=at)
    polls.close_poll(poll_id=poll.pk, by=president.actor, at=at)
    return held.pk, poll.pk


def test_markup_stays_text_on_every_page(president, secretary, members) -> None:
    strange = {
        "family_name": MARK,
        "given_names": MARK,
        "section": MARK,
        "leaving_reason": MARK,
        "mobile": MARK,
    }
    Member.objects.update(**strange)
    for member in members:
        member.refresh_from_db()
    assembly, poll = decided(president, secretary, members)
    pages = [
        *("/", "/hoy/tarjetas/", "/asambleas/", "/consejo/", "/libros/", "/libros/resoluciones/"),
        *("/libros/actos/", "/registro/", "/registro/4/", "/registro/4/tarjeta/", "/mi-cuenta/"),
        *(f"/asambleas/{assembly}/{part}" for part in ("", "vivo/", "tablero/", "asistencia/", "mocionar/")),
        *(f"/asambleas/votaciones/{poll}/", f"/asambleas/votaciones/{poll}/lista/"),
        f"/libros/resoluciones/{timezone.localdate().year}/1/",
        "/registro/?q=%22%27%3E%3Cscript%20src=//x%3E",
        "/libros/resoluciones/?q=%22%27%3E%3Cscript%20src=//x%3E",
    ]
    shown = set()
    for reader in (secretary, members[3]):
        browser = people.client_of(reader)
        for page in pages:
            body = browser.get(page).content.decode()
            assert [raw for raw in RAW if raw in body] == [], page
            if "&lt;script src=//x" in body:
                shown.add(page)
    assert sorted(set(pages) - shown) == []


def test_markup_stays_text_where_a_stranger_comes_in(client) -> None:
    body = client.get("/ingresar/", {"next": f"/{MARK}"}).content.decode()
    assert "&lt;script src=//x" in body
    assert [raw for raw in RAW if raw in body] == []
