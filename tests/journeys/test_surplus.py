"""A year's surplus: drafted from a file, presented twice, compared, voted, adopted, posted, proven."""

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from assemblies.enums import Choice
from assemblies.models import Assembly, Motion, Poll
from coop.members.models import Member
from payroll.models import SurplusDistribution, SurplusProposal
from tests.journeys.conftest import Sit
from tests.payroll import sharing
from tests.payroll.sharing import SAMPLE
from tests.support.browser import Person
from tests.support.desk import Desk
from tests.support.people import give_account

pytestmark = pytest.mark.browser

CASH, EQUAL = "Todo por horas", "Partes iguales"
OMARS = "$\u00a017.554.253,56"


@pytest.fixture
def members(cooperative: object) -> list[Member]:
    """The sample's 24, under a statute that lets shares earn what the sample pays them."""
    sharing.reform()
    return sharing.more_members()


@dataclass(slots=True)
class Room:
    """The treasurer at the desk, two members with phones, the president at the table."""

    desk: Person
    omar: Person
    irma: Person
    table: Person

    def draft(self, title: str, file: Path) -> None:
        self.desk.open("payroll:surplus")
        self.desk.press("Armar una propuesta")
        self.desk.page.locator("#id_todo-title").fill(title)
        self.desk.page.locator("#id_todo-file").set_input_files(file)
        self.desk.look(f"60-armar-{title}")
        self.desk.press("Ver qué da el archivo")
        self.desk.title_is(title)
        self.desk.sees(re.compile("Todavía no lo ve nadie más"))
        self.desk.look(f"61-borrador-{title}")
        self.desk.press("Presentar la propuesta")
        self.desk.proves()
        self.desk.sees(re.compile("La propuesta quedó presentada"))
        self.desk.look(f"62-propuesta-{title}")

    def read(self, proposal: SurplusProposal, other: SurplusProposal) -> None:
        self.omar.open("portal:home")
        self.omar.sees("Cómo repartir el excedente de 2025")
        self.omar.look("63-hoy")
        self.omar.open("payroll:surplus")
        self.omar.look("63-lista")
        self.omar.open("payroll:surplus_proposal", proposal.pk)
        self.omar.sees("A vos te tocarían")
        self.omar.sees(re.compile(re.escape(OMARS)))
        self.omar.look("64-propuesta")
        self.omar.page.locator("#con").select_option(str(other.pk))
        self.omar.press("Ver las diferencias")
        self.omar.sees(f"Comparada con «{EQUAL}»")
        self.omar.sees(re.compile("Con esta a vos te tocan .* más"))
        self.omar.look("65-comparada")

    def move(self, proposal: SurplusProposal, assembly: Assembly) -> Motion:
        self.omar.open("payroll:surplus_proposal", proposal.pk)
        self.omar.press("Llevar a la asamblea")
        self.omar.page.locator("#id_item").select_option(str(assembly.items.get(position=2).pk))
        self.omar.look("66-llevar")
        self.omar.press("Presentar la moción")
        self.omar.sees("La propuesta quedó como moción en la asamblea.")
        self.omar.look("67-mocion")
        self.irma.open("assemblies:detail", assembly.pk)
        self.irma.press("Apoyo esta moción")
        self.irma.sees("Lista para votar")
        return Motion.objects.get()

    def vote(self, motion: Motion, assembly: Assembly) -> Poll:
        self.table.open("assemblies:detail", assembly.pk)
        self.table.press("Abrir la votación")
        self.table.page.locator("#cerrar summary").wait_for()
        poll = Poll.objects.get(motion=motion)
        for person in (self.omar, self.irma):
            person.open("assemblies:poll", poll.pk)
            person.sees("Se vota una propuesta con cifras, tal como está escrita.")
            person.choose(Choice.YES)
            person.page.locator("[data-confirm]").click()
            person.sees(re.compile("Tu voto quedó registrado"))
        self.omar.page.locator("#propuesta summary").click()
        self.omar.look("68-votacion")
        self.table.open("assemblies:detail", assembly.pk)
        self.table.page.locator("#cerrar summary").click()
        self.table.press("Sí, cerrar la votación")
        self.table.sees("Aprobada")
        for person in (self.omar, self.irma):
            # Their pages become the result by themselves: nobody is led away while that happens.
            expect(person.page.locator(".stamp")).to_contain_text("Aprobada")
        poll.refresh_from_db()
        return poll


def equal_parts(folder: Path) -> Path:
    """The sample's figures, shared by head and without interest."""
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))
    data["rules"] |= {"basis": "head", "share_interest_rate": "0"}
    file = folder / "partes-iguales.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_a_surplus_is_drafted_compared_voted_posted_and_proven(
    phone: Sit, laptop: Sit, members: list[Member], treasurer: Member, desk: Desk, tmp_path: Path
) -> None:
    give_account(treasurer)
    room = Room(laptop(treasurer), phone(members[3]), phone(members[4]), laptop(members[0]))
    room.draft(CASH, SAMPLE)
    room.draft(EQUAL, equal_parts(tmp_path))
    ours, other = SurplusProposal.objects.get(title=CASH), SurplusProposal.objects.get(title=EQUAL)
    assert ours.facts["result"] == sharing.expected()
    room.read(ours, other)
    assembly = desk.session(members)
    poll = room.vote(room.move(ours, assembly), assembly)
    done = SurplusDistribution.objects.get()
    assert (done.proposal, done.resolution) == (ours, poll.resolution)

    room.omar.open("portal:home")
    room.omar.sees(re.compile(f"Te tocan {re.escape(OMARS)}"))
    room.omar.open("payroll:surplus_proposal", ours.pk)
    expect(room.omar.page.locator(".stamp")).to_contain_text(f"resolución {poll.resolution}")
    room.omar.sees("Tu retorno")
    room.omar.sees(re.compile("Retornos a pagar"))
    room.omar.look("69-aprobada")
    room.desk.open("payroll:surplus_proposal", ours.pk)
    room.desk.look("69-aprobada-mesa")
    room.desk.open("payroll:surplus_proposal", other.pk)
    room.desk.sees(re.compile("La asamblea aprobó otra propuesta para este año"))

    path = f"{room.omar.address}/cuentas/excedente/{ours.pk}/datos.json"
    assert room.omar.context.request.get(path).body() == SAMPLE.read_bytes()
    assert proven()["surplus"] == {"rows": 3, "broken": None}


def proven() -> dict[str, object]:
    said = io.StringIO()
    call_command("verify", json=True, stdout=said)
    told = json.loads(said.getvalue())
    return {one["name"]: {"rows": one["rows"], "broken": one["broken"]} for one in told["checks"]}
