"""How long the main pages take with 500 members and ten years of history, asked one after the other.

History is written by SQL as the owner with triggers off: 520 weekly assemblies, two polls each, everybody
present and voting (some 520,000 ballots), a resolution for every second poll, 5,200 acts on the record.
"""

import contextlib
import http.client
import statistics
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from assemblies.models import Assembly, Poll
from benchmarks.casting import prepare, session_cookies
from coop.council.models import SeatCode
from coop.members.models import Member
from tests.support import people
from tests.support.database import RealDatabase
from tests.support.live import serving

ASKED = 60
TABLES = ("assembly", "agendaitem", "attendance", "motion", "poll", "rollentry", "ballot")
HISTORY = """
INSERT INTO assemblies_assembly (kind, state, starts_at, place, convened_at, convened_by_id, opened_at,
                                 closed_at, on_roll)
SELECT 'weekly', 'closed', t, 'Galpón 2', t - interval '3 days', c.id, t, t + interval '1 hour', 500
  FROM (SELECT min(id) AS id FROM members_member) c,
       generate_series(now() - interval '10 years', now() - interval '7 days', interval '7 days') t;

INSERT INTO assemblies_agendaitem (assembly_id, position, title)
SELECT a.id, n, 'Punto ' || n FROM assemblies_assembly a, generate_series(1, 2) n WHERE a.state = 'closed';

INSERT INTO assemblies_attendance (assembly_id, member_id, arrived_at, left_at, channel)
SELECT a.id, m.id, a.opened_at, a.closed_at, 'phone' FROM assemblies_assembly a, members_member m
 WHERE a.state = 'closed';

INSERT INTO assemblies_motion (item_id, matter, title, text, state, mover_id, seconder_id, moved_at)
SELECT i.id, 'ordinary_decision', 'Moción ' || i.id, '',
       CASE WHEN i.position = 1 THEN 'adopted' ELSE 'rejected' END, c.id, c.id + 1, a.opened_at
  FROM assemblies_agendaitem i JOIN assemblies_assembly a ON a.id = i.assembly_id AND a.state = 'closed',
       (SELECT min(id) AS id FROM members_member) c;

INSERT INTO statute_resolution (year, number, adopted_at, matter, title, text, adopted_by, tally,
                                proposal_kind, proposal_sha256)
SELECT extract(year FROM m.moved_at),
       row_number() OVER (PARTITION BY extract(year FROM m.moved_at) ORDER BY m.id),
       m.moved_at, m.matter, m.title, '', 'Asamblea de trabajo', '{"yes": 300, "no": 150, "abstain": 50}',
       '', ''
  FROM assemblies_motion m WHERE m.state = 'adopted';

INSERT INTO assemblies_poll (assembly_id, motion_id, state, opened_at, opened_by_id, closed_at, closed_by_id,
                             statute_id, majority_rule, on_register, present, quorum, quorum_source, yes, no,
                             abstain, adopted, resolution_id, opened_in)
SELECT i.assembly_id, m.id, 'closed', m.moved_at, m.mover_id, m.moved_at + interval '5 minutes', m.mover_id,
       s.id, '{"numerator": 1, "denominator": 2, "strict": true, "source": "ET 41"}', 500, 500, 251, 'ET 37',
       300, 150, 50, m.state = 'adopted', r.id, 0
  FROM assemblies_motion m JOIN assemblies_agendaitem i ON i.id = m.item_id
  LEFT JOIN statute_resolution r ON r.title = m.title, statute_statuteversion s
 WHERE m.state IN ('adopted', 'rejected');

INSERT INTO assemblies_rollentry (poll_id, member_id)
SELECT p.id, m.id FROM assemblies_poll p, members_member m WHERE p.state = 'closed';

INSERT INTO assemblies_ballot (entry_id, choice, cast_at, changes)
SELECT r.id, CASE WHEN m.number % 10 < 6 THEN 'yes' WHEN m.number % 10 < 9 THEN 'no' ELSE 'abstain' END,
       p.opened_at, 0
  FROM assemblies_rollentry r JOIN assemblies_poll p ON p.id = r.poll_id AND p.state = 'closed'
  JOIN members_member m ON m.id = r.member_id;

INSERT INTO record_entry (position, at, act, actor_number, actor_name, facts, sealed, previous, sha256)
SELECT n, now() - (5200 - n) * interval '16 hours', 'motion_seconded', 1, 'Juana Pérez',
       '{"motion": 1, "seconder": 2}', '', lpad(n::text, 64, 'a'), lpad(n::text, 64, 'b')
  FROM generate_series(1, 5200) n;
"""


def run(database: RealDatabase) -> None:
    poll = prepare()
    people.give_seat(Member.objects.get(number=1), SeatCode.SECRETARY)
    write_history(database)
    cookie = f"{settings.SESSION_COOKIE_NAME}={next(session_cookies())}"
    print(f"main pages, 500 members, {Assembly.objects.count()} assemblies, asked {ASKED} times each")
    with serving(database, workers=1, threads=2) as live:
        connection = http.client.HTTPConnection(urlsplit(live.address).netloc)
        with contextlib.closing(connection):
            for name, path in addresses(poll):
                report(connection, name, path, cookie)


def write_history(database: RealDatabase) -> None:
    with contextlib.closing(database.databases.connect(database.name, database.databases.owner)) as owner:
        tables = [*(f"assemblies_{table}" for table in TABLES), "record_entry", "statute_resolution"]
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        owner.execute(HISTORY.encode())
        for table in tables:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
        owner.execute("ANALYZE")


def addresses(poll: Poll) -> list[tuple[str, str]]:
    closed = Poll.objects.filter(state="closed").latest("pk")
    return [
        ("Hoy", reverse("portal:home")),
        ("Asambleas", reverse("assemblies:list")),
        ("asamblea abierta", reverse("assemblies:detail", args=[poll.assembly_id])),
        ("vivo", reverse("assemblies:live", args=[poll.assembly_id])),
        ("tablero", reverse("assemblies:board", args=[poll.assembly_id])),
        ("registro de asistencia", reverse("assemblies:attendance", args=[poll.assembly_id])),
        ("boleta", reverse("assemblies:poll", args=[poll.pk])),
        ("resultado", reverse("assemblies:poll", args=[closed.pk])),
        ("lista nominal", reverse("assemblies:named_list", args=[closed.pk])),
        ("Consejo", reverse("council:seats")),
        ("registro de asociados/as", reverse("members:register")),
        ("resoluciones", reverse("portal:resolutions")),
        ("libro de actos", reverse("portal:record")),
    ]


def report(connection: http.client.HTTPConnection, name: str, path: str, cookie: str) -> None:
    taken = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"  {name:26} median {statistics.median(taken):6.1f} ms   p95 {p95:6.1f} ms")
