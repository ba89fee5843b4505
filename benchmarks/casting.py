"""Accepted votes per second over HTTP, beside pgbench on the same SQL at 32 clients, in the same run.

500 members are signed in, each on the roll of one open named poll. wrk keeps 500 connections and sends every
vote as a phone does: session cookie, CSRF token, htmx. Each request changes that member's choice, so every
one of them writes. What the server acknowledged is compared with what the box holds.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from assemblies.domain.casting import CAST
from assemblies.enums import AssemblyState, Choice, MotionState
from assemblies.models import AgendaItem, Assembly, Attendance, Ballot, Motion, Poll, RollEntry
from coop.members.middleware import SESSION_KEY
from coop.members.models import SignIn
from coop.statute.models import StatuteVersion
from launch.binaries import POSTGRES_IN_WHEEL
from launch.paths import ROOT, Paths
from tests.support import people
from tests.support.database import RealDatabase
from tests.support.live import serving

MEMBERS = 500
CONNECTIONS = 500
SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
PGBENCH = Paths(ROOT).site_packages / POSTGRES_IN_WHEEL / "bin" / "pgbench"
CSRF = "0123456789abcdefghijklmnopqrstuv"

WRK = """
local cookies = {}
for line in io.lines(os.getenv("COOKIES")) do cookies[#cookies + 1] = line end
local choices = {"yes", "no", "abstain"}
local sent = 0
request = function()
  sent = sent + 1
  local who = (sent - 1) % #cookies + 1
  local choice = choices[math.floor((sent - 1) / #cookies) % 3 + 1]
  return wrk.format("POST", nil, {
    ["Cookie"] = "csrftoken=%SECRET%; sesion=" .. cookies[who],
    ["X-CSRFToken"] = "%SECRET%",
    ["HX-Request"] = "true",
    ["Content-Type"] = "application/x-www-form-urlencoded"
  }, "choice=" .. choice)
end
""".replace("%SECRET%", CSRF)


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw: answers, answers per second, answers that were not 2xx, socket errors, p99 in ms."""

    answers: int
    per_second: float
    refused: int
    socket_errors: int
    p99_ms: str


def run(database: RealDatabase) -> None:
    if shutil.which("wrk") is None:
        sys.exit("make bench needs wrk: apt-get install wrk")
    poll = prepare()
    ratios = []
    print(f"{MEMBERS} voters, {CONNECTIONS} connections, {SECONDS} s a round, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder, serving(database, workers=2, threads=2) as live:
        cookies = Path(folder) / "cookies"
        cookies.write_text("\n".join(session_cookies()) + "\n")
        script = Path(folder) / "vote.lua"
        script.write_text(WRK)
        load(live.address, poll, cookies, script, seconds=3)
        for number in range(1, ROUNDS + 1):
            before = recorded()
            seen = load(live.address, poll, cookies, script, seconds=SECONDS)
            written = recorded() - before
            raw = pgbench(database, poll, Path(folder))
            ratios.append(seen.per_second / raw)
            print(
                f"round {number}: HTTP {seen.per_second:,.0f} accepted votes/s (p99 {seen.p99_ms}, "
                f"{seen.refused} refused, {seen.socket_errors} socket errors; "
                f"{seen.answers} answered, {written} written) · pgbench {raw:,.0f}/s · ratio {ratios[-1]:.3f}"
            )
    print(f"median ratio {sorted(ratios)[len(ratios) // 2]:.3f} of pgbench at 32 clients on the same SQL")


@transaction.atomic
def prepare() -> Poll:
    """500 members present at an open assembly, one open poll, everybody signed in."""
    people.make_cooperative()
    members = people.make_members(MEMBERS)
    now = timezone.now()
    chair = members[0]
    assembly = Assembly.objects.create(
        starts_at=now,
        place="Galpón 2",
        convened_at=now - timedelta(days=3),
        convened_by=chair,
        state=AssemblyState.OPEN,
        opened_at=now,
        on_roll=MEMBERS,
    )
    item = AgendaItem.objects.create(assembly=assembly, position=1, title="Compra de la prensa")
    Attendance.objects.bulk_create(
        Attendance(assembly=assembly, member=member, arrived_at=now, channel="phone") for member in members
    )
    motion = Motion.objects.create(
        item=item,
        title="¿Compramos la prensa?",
        mover=chair,
        seconder=members[1],
        moved_at=now,
        state=MotionState.SECONDED,
    )
    statute = StatuteVersion.objects.get()
    poll = Poll.objects.create(
        assembly=assembly,
        motion=motion,
        opened_at=now,
        opened_by=chair,
        statute=statute,
        majority_rule={"numerator": 1, "denominator": 2, "strict": True, "source": "ET 41"},
        on_register=MEMBERS,
        present=MEMBERS,
        quorum=MEMBERS // 2 + 1,
        quorum_source="ET 37",
    )
    RollEntry.objects.bulk_create(RollEntry(poll=poll, member=member) for member in members)
    motion.state = MotionState.VOTING
    motion.save(update_fields=["state"])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO members_signin (key, member_id, started_at, seen_at, expires_at, device) "
            "SELECT md5(number::text)::uuid, id, now(), now(), now() + interval '1 day', 'bench' "
            "FROM members_member"
        )
    return poll


def session_cookies() -> Iterator[str]:
    for key in SignIn.objects.values_list("key", flat=True):
        session = SessionStore()
        session[SESSION_KEY] = str(key)
        session.save()
        yield str(session.session_key)


def recorded() -> int:
    """How many times a ballot was written: first casts and changes."""
    done = Ballot.objects.aggregate(times=Sum(F("changes") + 1))["times"]
    return int(done or 0)


def load(address: str, poll: Poll, cookies: Path, script: Path, *, seconds: int) -> Load:
    command = [
        *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s"),
        *("--latency", "-s", str(script)),
        f"{address}/asambleas/votaciones/{poll.pk}/voto/",
    ]
    out = subprocess.run(
        command, env=os.environ | {"COOKIES": str(cookies)}, capture_output=True, text=True, check=True
    ).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out)
    answers = re.search(r"(\d+) requests in", out)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    p99 = re.search(r"99%\s+(\S+)", out)
    if not (answers and rate and p99):
        sys.exit(out)
    return Load(
        answers=int(answers[1]),
        per_second=float(rate[1]),
        refused=int(refused[1]) if refused else 0,
        socket_errors=sum(map(int, errors.groups())) if errors else 0,
        p99_ms=p99[1],
    )


def pgbench(database: RealDatabase, poll: Poll, folder: Path) -> float:
    """Transactions per second of the very statement the product sends, prepared, at 32 clients."""
    script = folder / "cast.sql"
    statement = (
        CAST.replace("%(key)s", "md5(:who::text)::uuid")
        .replace("%(at)s", "now()")
        .replace("%(poll)s", str(poll.pk))
        .replace("%(choice)s", f"(ARRAY['{Choice.YES}', '{Choice.NO}', '{Choice.ABSTAIN}'])[:choice]")
    )
    flat = " ".join(statement.split())
    script.write_text(f"\\set who random(1, {MEMBERS})\n\\set choice random(1, 3)\n{flat};\n")
    with contextlib.closing(connection):
        out = subprocess.run(
            [
                *(str(PGBENCH), "-n", "-M", "prepared", "-c", "32", "-j", "1"),
                *("-T", str(SECONDS), "-f", str(script), database.url),
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    rate = re.search(r"tps = ([\d.]+)", out)
    if rate is None:
        sys.exit(out)
    return float(rate[1])
