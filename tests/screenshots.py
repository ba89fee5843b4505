"""The pictures of the README: the demonstration cooperative in the middle of a vote (`make screenshots`)."""

import os
import sys
from datetime import datetime
from io import BytesIO, StringIO
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402

from assemblies.domain import polls  # noqa: E402
from assemblies.enums import Choice  # noqa: E402
from assemblies.models import Ballot, Minutes, Poll, RollEntry  # noqa: E402
from coop.council.models import SeatCode, Term  # noqa: E402
from coop.members.models import Member  # noqa: E402
from payroll.models import Payslip, SurplusDistribution  # noqa: E402
from tests.support.browser import (  # noqa: E402
    LAPTOP,
    PHONE,
    PROJECTOR,
    Person,
    chromium,
    cookie_of,
    seated,
)
from tests.support.database import Databases, cloned  # noqa: E402
from tests.support.live import ROOT, serving  # noqa: E402
from tests.support.people import signed_in  # noqa: E402

FOLDER: Final = ROOT / "docs" / "screenshots"
COLOURS, MOST_BYTES = 128, 150_000
STILL = {"reduced_motion": "reduce"}


def run() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    databases = Databases()
    databases.make_template()
    try:
        with cloned(databases) as database, serving(database) as live, chromium() as browser:
            call_command("load_demo", stdout=StringIO())
            now = timezone.now()
            poll = Poll.objects.get(state="open")
            secretary, reader = holder(SeatCode.SECRETARY, now), someone_unvoted(poll)
            with (
                seated(browser, live.address, PHONE, cookie_of(reader), **STILL) as phone,
                seated(browser, live.address, LAPTOP, cookie_of(secretary), **STILL) as desk,
                seated(browser, live.address, PROJECTOR, cookie_of(secretary), **STILL) as projector,
            ):
                photograph(poll, phone, desk, projector)
                of_accounts(phone, reader)
    finally:
        databases.restore()


def photograph(poll: Poll, phone: Person, desk: Person, projector: Person) -> None:
    phone.open("portal:home")
    keep(phone, "hoy")
    desk.open("assemblies:detail", poll.assembly_id)
    keep(desk, "mesa")
    projector.open("assemblies:board", poll.assembly_id)
    keep(projector, "tablero")
    phone.open("assemblies:poll", poll.pk)
    phone.choose(Choice.YES)
    phone.wait(1)  # until the thumb's mark has faded
    keep(phone, "votar")
    phone.page.locator("[data-confirm]").tap()
    phone.sees("Tu voto quedó registrado: SÍ")
    vote(poll, more=10)
    polls.close_poll(poll_id=poll.pk, by=holder(SeatCode.PRESIDENT, timezone.now()).actor, at=timezone.now())
    phone.page.locator(".stamp").wait_for()
    keep(phone, "resultado")


def of_accounts(phone: Person, reader: Member) -> None:
    paid = Payslip.objects.filter(member=reader, run__state="approved").latest("run__period")
    phone.open("payroll:receipt", paid.pk)
    keep(phone, "recibo")
    phone.open("payroll:surplus_proposal", SurplusDistribution.objects.get().proposal_id)
    keep(phone, "excedente")
    phone.open("assemblies:minutes", Minutes.objects.latest("number").assembly_id)
    keep(phone, "acta")


def keep(person: Person, name: str) -> None:
    """The screen as it is, in few enough colours to be small."""
    person.page.evaluate("document.fonts.ready.then(() => true)")
    seen = Image.open(BytesIO(person.page.screenshot())).convert("RGB")
    path = FOLDER / f"{name}.png"
    seen.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        sys.exit(f"{path.name} has {path.stat().st_size:,} bytes; {MOST_BYTES:,} are the most")
    print(f"{path.relative_to(ROOT)} {path.stat().st_size:,} bytes")


# --- the middle of a vote ---


def vote(poll: Poll, *, more: int) -> None:
    """So many more of the roll vote: six in ten yes, one in ten abstains."""
    choices = (Choice.YES,) * 6 + (Choice.NO,) * 3 + (Choice.ABSTAIN,)
    waiting = RollEntry.objects.filter(poll=poll, ballot=None).order_by("-member__number")[:more]
    Ballot.objects.bulk_create(
        Ballot(
            entry=entry,
            choice=choices[index % 10],
            cast_at=timezone.now(),
            sign_in=signed_in(entry.member).key,
        )
        for index, entry in enumerate(waiting)
    )


def someone_unvoted(poll: Poll) -> Member:
    return RollEntry.objects.filter(poll=poll, ballot=None).order_by("member__number")[1].member


def holder(seat: SeatCode, at: datetime) -> Member:
    return Term.objects.at(at).select_related("member").get(seat__code=seat).member


if __name__ == "__main__":
    run()
