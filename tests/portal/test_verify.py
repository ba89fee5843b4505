"""`manage.py verify`: everything that holds is counted, and whatever the owner changes by hand is named.

Each test breaks one thing as the owner, with the triggers switched off, and changes nothing else.
"""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from assemblies.enums import Choice
from assemblies.models import Assembly, Poll
from coop.common.proof import Broken, Checked, Proof, proofs
from coop.common.rows import rows
from coop.ledger import chart
from coop.ledger.domain import reverse
from coop.ledger.models import Entry, Line
from coop.members.models import Member
from coop.portal import verifying
from coop.powers import system
from coop.record.domain import write
from coop.record.models import Act
from coop.record.models import Entry as RecordEntry
from coop.statute import proposals
from coop.statute.models import Matter, Resolution
from coop.statute.proposals import Kind, Proposal
from tests.ledger.books import AT, account, bought, paid
from tests.support import people
from tests.support.database import Databases, RealDatabase, cloned
from tests.support.desk import Desk

pytestmark = pytest.mark.usefixtures("known", "real_database")
OURS = ("record", "resolutions", "polls", "proposals", "ledger")
TABLES = (
    "record_entry",
    "statute_resolution",
    "assemblies_motion",
    "assemblies_motionproposal",
    "assemblies_poll",
    "assemblies_rollentry",
    "assemblies_ballot",
    "ledger_account",
    "ledger_entry",
    "ledger_line",
)
FACTS = {"shown": {"paragraphs": ["La hora vale más"], "tables": []}, "cents": 250_000, "from": "2026-04-01"}
PUT = Proposal(kind="test", id=9, sha256=proposals.seal(FACTS), facts=FACTS)
Break = Callable[[str], None]


@pytest.fixture(scope="module")
def known() -> Iterator[None]:
    """A kind of proposals that only these tests have."""
    kind = Kind(page=lambda number: f"/{number}/", check=lambda proposal, at: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proposals, "_kinds", proposals._kinds | {"test": kind})
        patch.setattr("coop.statute.domain._handlers", {})
        yield


@pytest.fixture(scope="module")
def written_once(
    known: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases
) -> Iterator[str]:
    with django_db_blocker.unblock(), cloned(databases) as kept:
        write_history(people.make_house())
        yield kept.name


def write_history(members: list[Member]) -> None:
    """Two resolutions, one of them on a proposal; a rejected motion; an open poll; entries and a reversal."""
    president, secretary, treasurer = members[:3]
    desk = Desk(president, secretary)
    session = desk.session(members)
    for title, choices, put in (
        ("Comprar un torno", "yyna", {}),
        ("Subir la hora", "yyyy", {"matter": Matter.PAY_UNIT, "proposal": PUT}),
        ("Trabajar los domingos", "nny", {}),
        ("Pintar el portón", None, {}),
    ):
        motion = _moved(session, members[3], title, put)
        poll = desk.open_poll(desk.second(motion, members[4]))
        if choices is None:
            continue
        for voter, letter in zip(members, choices, strict=False):
            desk.vote(poll, voter, {"y": Choice.YES, "n": Choice.NO, "a": Choice.ABSTAIN}[letter])
        desk.close_poll(poll)
    first = bought("torno", 100)
    entry = paid([(4, "Omar Águila", 60), (5, "Irma Zapata", 40)])
    for posted in (first, entry):
        write(Act.SURPLUS_DISTRIBUTED, by=system(), at=AT, facts={"entry": posted.pk})
    reverse(entry_id=entry.pk, reason="Horas mal cargadas", by=treasurer.actor, at=AT)


def _moved(assembly: Assembly, mover: Member, title: str, put: dict[str, Any]) -> Any:
    from assemblies.domain import motions
    from tests.support.people import Instants

    item = assembly.items.get(position=2).pk
    return motions.move(
        item_id=item, title=title, text="", mover=mover, by=mover.actor, at=Instants.moving, **put
    )


@pytest.fixture
def break_by(owner: psycopg.Connection) -> Break:
    def run(statement: str) -> None:
        """Whatever stood in the way is put to sleep for it."""
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for each in statement.split(";"):
            assert owner.execute(each).rowcount != 0, f"nothing changed by: {each}"
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run


def verify(*options: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("verify", *options, stdout=out)
    except SystemExit as exit:
        return int(exit.code or 0), out.getvalue()
    return 0, out.getvalue()


def checks() -> dict[str, dict[str, Any]]:
    return {check["name"]: check for check in json.loads(verify("--json")[1])["checks"]}


def breaks(name: str, row: str, says: str) -> None:
    """That proof breaks at that row, and says so in both forms; the exit code is 1."""
    code, text = verify("--json")
    told = json.loads(text)
    broken = {check["name"]: check["broken"] for check in told["checks"]}[name]
    assert (code, told["ok"]) == (1, False)
    assert broken is not None
    assert broken["row"] == row
    assert says in broken["says"]
    code, text = verify()
    assert code == 1
    assert f"SE ROMPE en {row}: {broken['says']}." in text


def poll(title: str = "Comprar un torno") -> Poll:
    return Poll.objects.select_related("motion", "resolution").get(motion__title=title)


# --- what holds ---


def test_what_nobody_touched_holds_and_every_row_is_counted() -> None:
    code, text = verify()
    assert (code, "SE ROMPE" in text) == (0, False)
    assert len(text.splitlines()) == len(proofs()) >= 5
    found = checks()
    assert {name: (found[name]["rows"], found[name]["broken"]) for name in OURS} == {
        "record": (RecordEntry.objects.count(), None),
        "resolutions": (2, None),
        "polls": (4 + 4 * 7 + 11, None),
        "proposals": (1, None),
        "ledger": (3 + 8, None),
    }


def test_the_json_says_what_the_lines_say() -> None:
    code, text = verify("--json")
    told = json.loads(text)
    assert (code, told["ok"], sorted(told)) == (0, True, ["checks", "ok"])
    assert [check["name"] for check in told["checks"]] == [proof.name for proof in proofs()]
    assert all(sorted(check) == ["broken", "name", "rows"] for check in told["checks"])


def test_an_empty_database_holds(real_database: RealDatabase, break_by: Break) -> None:
    for table in reversed(TABLES[4:]):
        break_by(f"DELETE FROM {table}")
    assert checks()["ledger"] == {"name": "ledger", "rows": 0, "broken": None}


def test_proofs_can_write_nothing_and_see_one_state(
    monkeypatch: pytest.MonkeyPatch, owner: psycopg.Connection
) -> None:
    def writes() -> Checked:
        bought("written by a proof")
        return Checked(1)

    def looks() -> Checked:
        first = Entry.objects.count()
        owner.execute("CREATE TABLE seen AS SELECT 1")
        owner.execute("INSERT INTO ledger_account (code, kind, name) VALUES ('8', 'asset', 'x')")
        assert not Entry.objects.model._meta.get_field("key").null
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ledger_account WHERE code = '8'")
            return Checked(first, None if cursor.fetchone() == (0,) else Broken("x", "y"))

    def asked() -> list[Proof]:
        return [Proof("writes", "w", writes), Proof("looks", "l", looks)]

    monkeypatch.setattr(verifying, "proofs", asked)
    wrote, looked = list(verifying.verify())
    assert wrote.checked.broken is not None
    assert "read-only transaction" in wrote.checked.broken.says
    assert looked.holds
    assert not Entry.objects.filter(key="written by a proof").exists()


# --- the record ---


def test_an_act_with_other_facts_is_named(break_by: Break) -> None:
    break_by("UPDATE record_entry SET facts = facts || '{\"present\": 1}' WHERE position = 5")
    breaks("record", "acto 5", "no dice lo que se selló")


def test_an_act_that_is_gone_is_named(break_by: Break) -> None:
    break_by("DELETE FROM record_entry WHERE position = 7")
    breaks("record", "acto 7", "falta")


def test_an_act_sealed_anew_breaks_the_next_one(break_by: Break) -> None:
    break_by(
        "UPDATE record_entry SET actor_name = 'Otra',"
        " sealed = jsonb_set(sealed::jsonb, '{by,name}', '\"Otra\"')::text WHERE position = 5"
    )
    breaks("record", "acto 5", "no dice lo que se selló")


# --- resolutions ---


def test_a_resolution_that_is_gone_is_named(break_by: Break) -> None:
    break_by(
        "UPDATE assemblies_poll SET adopted = false, resolution_id = NULL WHERE adopted;"
        "DELETE FROM statute_resolution WHERE number = 1"
    )
    breaks("resolutions", "resolución 1/2026", "falta entre las resoluciones")


def test_a_gap_in_the_numbers_is_named(break_by: Break) -> None:
    break_by("UPDATE statute_resolution SET number = 3 WHERE number = 2")
    breaks("resolutions", "resolución 2/2026", "falta entre las resoluciones")


def test_a_gap_that_the_record_shares_is_named(break_by: Break) -> None:
    break_by(
        "UPDATE statute_resolution SET number = 3 WHERE number = 2;"
        'UPDATE record_entry SET facts = facts || \'{"resolution": "3/2026"}\''
        " WHERE act = 'resolution_adopted' AND facts->>'resolution' = '2/2026'"
    )
    breaks("resolutions", "resolución 3/2026", "tendría que ser la número 2")


def test_a_resolution_that_nobody_adopted_is_named(break_by: Break) -> None:
    break_by(
        "INSERT INTO statute_resolution (year, number, adopted_at, matter, title, text, adopted_by, tally,"
        " proposal_kind, proposal_sha256, source)"
        " VALUES (2026, 3, now(), 'ordinary_decision', 't', '', 'x', '{}', '', '', 'assembly')"
    )
    breaks("resolutions", "resolución 3/2026", "no está en el libro de actos")


@pytest.mark.parametrize(
    "change", ["title = 'Vender el torno'", "adopted_by = 'Nadie'", """tally = '{"yes": 9}'"""]
)
def test_a_resolution_that_was_reworded_is_named(break_by: Break, change: str) -> None:
    break_by(f"UPDATE statute_resolution SET {change} WHERE number = 1")
    breaks("resolutions", "resolución 1/2026", "no dice lo que dice el libro de actos")


# --- polls ---


def test_a_changed_ballot_is_named_by_its_poll(break_by: Break) -> None:
    shown = poll()
    break_by(
        "UPDATE assemblies_ballot SET choice = 'no' WHERE choice = 'abstain' AND entry_id IN"
        f" (SELECT id FROM assemblies_rollentry WHERE poll_id = {shown.pk})"
    )
    breaks("polls", f"votación {shown.pk}", "dice 2, 1, 1 y los votos son 2, 2, 0")


def test_a_changed_result_is_named(break_by: Break) -> None:
    shown = poll("Trabajar los domingos")
    break_by(f"UPDATE assemblies_poll SET yes = 2, no = 1 WHERE id = {shown.pk}")
    breaks("polls", f"votación {shown.pk}", "dice 2, 1, 0 y los votos son 1, 2, 0")


def test_ballots_and_result_changed_together_are_named_by_the_record(break_by: Break) -> None:
    shown = poll("Trabajar los domingos")
    break_by(
        "UPDATE assemblies_ballot SET choice = 'abstain' WHERE choice = 'yes' AND entry_id IN"
        f" (SELECT id FROM assemblies_rollentry WHERE poll_id = {shown.pk});"
        f"UPDATE assemblies_poll SET yes = 0, abstain = 1 WHERE id = {shown.pk}"
    )
    breaks("polls", f"votación {shown.pk}", "el libro de actos dice otro resultado")


def test_a_verdict_that_its_majority_does_not_give_is_named(break_by: Break) -> None:
    shown = poll()
    rule = '{"numerator": 2, "denominator": 3, "strict": true, "source": "ET 41"}'
    break_by(f"UPDATE assemblies_poll SET majority_rule = '{rule}' WHERE id = {shown.pk}")
    breaks("polls", f"votación {shown.pk}", "el veredicto no es el que da su mayoría")


def test_a_rejected_motion_that_passes_for_adopted_is_named(break_by: Break) -> None:
    shown = poll("Trabajar los domingos")
    break_by(f"UPDATE assemblies_motion SET state = 'adopted' WHERE id = {shown.motion_id}")
    breaks("polls", f"votación {shown.pk}", "el veredicto")


def test_an_adopted_poll_without_its_resolution_is_named(break_by: Break) -> None:
    shown = poll()
    break_by(
        "ALTER TABLE assemblies_poll DROP CONSTRAINT poll_adopted_has_a_resolution;"
        f"UPDATE assemblies_poll SET resolution_id = NULL WHERE id = {shown.pk}"
    )
    breaks("polls", f"votación {shown.pk}", "aprobada y sin resolución")


def test_a_poll_beside_anothers_resolution_is_named(break_by: Break) -> None:
    one, other = poll(), poll("Subir la hora")
    break_by(
        f"ALTER TABLE assemblies_poll DROP CONSTRAINT {_unique_resolution()};"
        f"UPDATE assemblies_poll SET resolution_id = {other.resolution_id} WHERE id = {one.pk}"
    )
    breaks("polls", f"votación {one.pk}", "su resolución dice otra cosa")


def _unique_resolution() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'assemblies_poll'::regclass"
            " AND contype = 'u' AND conname LIKE '%%resolution%%'"
        )
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("change", ["DELETE", "INSERT"])
def test_a_roll_that_is_not_who_was_present_is_named(break_by: Break, change: str) -> None:
    shown = poll("Pintar el portón")
    if change == "DELETE":
        break_by(
            "DELETE FROM assemblies_rollentry WHERE id ="
            f" (SELECT max(id) FROM assemblies_rollentry WHERE poll_id = {shown.pk})"
        )
    else:
        break_by(f"UPDATE assemblies_poll SET present = 6 WHERE id = {shown.pk}")
    breaks("polls", f"votación {shown.pk}", "su padrón tiene")


def test_a_ballot_without_a_line_of_a_roll_is_named(break_by: Break) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'assemblies_ballot'::regclass"
            " AND contype = 'f'"
        )
        key = cursor.fetchone()[0]
    break_by(
        f"ALTER TABLE assemblies_ballot DROP CONSTRAINT {key};"
        "INSERT INTO assemblies_ballot VALUES (999999, 'yes', now(), 0)"
    )
    breaks("polls", "voto del renglón 999999", "no es de nadie que esté en un padrón")


def test_a_vote_that_is_none_of_the_three_is_named(break_by: Break) -> None:
    shown = poll()
    break_by(
        "ALTER TABLE assemblies_ballot DROP CONSTRAINT ballot_choice_is_known;"
        "UPDATE assemblies_ballot SET choice = 'perhaps' WHERE choice = 'abstain'"
    )
    breaks("polls", f"votación {shown.pk}", "un voto que no es SÍ, NO ni abstención")


def test_a_closed_poll_opened_again_is_named(break_by: Break) -> None:
    shown = poll()
    break_by(
        "ALTER TABLE assemblies_poll DROP CONSTRAINT poll_result_is_whole;"
        "DROP INDEX poll_one_open_at_a_time;"
        f"UPDATE assemblies_poll SET state = 'open' WHERE id = {shown.pk}"
    )
    breaks("polls", f"votación {shown.pk}", "figura abierta y se anotó cerrada")


def test_a_poll_that_is_gone_with_its_ballots_is_named_by_the_record(break_by: Break) -> None:
    shown = poll("Trabajar los domingos")
    roll = f"SELECT id FROM assemblies_rollentry WHERE poll_id = {shown.pk}"
    break_by(
        f"DELETE FROM assemblies_ballot WHERE entry_id IN ({roll});"
        f"DELETE FROM assemblies_rollentry WHERE poll_id = {shown.pk};"
        f"DELETE FROM assemblies_poll WHERE id = {shown.pk}"
    )
    breaks("polls", f"votación {shown.pk}", "está en el libro de actos y falta entre las votaciones")


def test_a_close_that_the_record_does_not_know_is_named(break_by: Break) -> None:
    shown = poll("Trabajar los domingos")
    break_by(
        "UPDATE record_entry SET facts = facts || '{\"poll\": 999999}'"
        f" WHERE act = 'poll_closed' AND facts->>'poll' = '{shown.pk}'"
    )
    breaks("polls", f"votación {shown.pk}", "su cierre no está en el libro de actos")


def test_a_rule_that_is_no_rule_is_said_and_the_others_are_still_checked(break_by: Break) -> None:
    break_by(f"UPDATE assemblies_poll SET majority_rule = '{{}}' WHERE id = {poll().pk}")
    breaks("polls", "Votaciones", "no se puede recalcular: TypeError")
    assert checks()["proposals"]["broken"] is None


# --- proposals ---


def test_a_proposal_that_says_something_else_is_named(break_by: Break) -> None:
    break_by("UPDATE assemblies_motionproposal SET facts = facts || '{\"cents\": 999999}'")
    motion = poll("Subir la hora").motion_id
    breaks("proposals", f"propuesta de la moción {motion}", "no es el de lo que dice")


def test_a_proposal_sealed_anew_is_named_by_the_record(break_by: Break) -> None:
    other = FACTS | {"cents": 999_999}
    break_by(
        f"UPDATE assemblies_motionproposal SET sha256 = '{proposals.seal(other)}',"
        f" facts = '{json.dumps(other)}'"
    )
    breaks("proposals", f"propuesta de la moción {poll('Subir la hora').motion_id}", "se mocionó otra")


def test_a_resolution_on_another_proposal_is_named(break_by: Break) -> None:
    break_by("UPDATE statute_resolution SET proposal_id = 10 WHERE number = 2")
    breaks("proposals", f"propuesta de la moción {poll('Subir la hora').motion_id}", "aprobó otra")


def test_a_proposal_that_is_gone_is_named(break_by: Break) -> None:
    motion = poll("Subir la hora").motion_id
    break_by("DELETE FROM assemblies_motionproposal")
    breaks("proposals", f"propuesta de la moción {motion}", "se la cita y no está")


# --- the ledger ---


def first_line(key: str = "torno") -> Line:
    return Line.objects.filter(entry__key=key).earliest("position")


def test_an_amount_that_was_changed_is_named_by_its_entry(break_by: Break) -> None:
    line = first_line()
    break_by(f"UPDATE ledger_line SET cents = cents + 1 WHERE id = {line.pk}")
    breaks("ledger", f"asiento {line.entry_id}", "no cierra: sobran $\u00a00,01")


def test_a_line_that_is_gone_is_named_by_its_entry(break_by: Break) -> None:
    line = first_line()
    break_by(f"DELETE FROM ledger_line WHERE id = {line.pk}")
    breaks("ledger", f"asiento {line.entry_id}", "tiene 1 renglones y dice tener 2")


def test_a_line_moved_to_another_entry_is_named(break_by: Break) -> None:
    line, other = first_line(), Entry.objects.get(key="pago")
    break_by(f"UPDATE ledger_line SET entry_id = {other.pk}, position = 9 WHERE id = {line.pk}")
    breaks("ledger", f"asiento {line.entry_id}", "tiene 1 renglones")


def test_a_reversal_that_is_not_exact_is_named(break_by: Break) -> None:
    back = Entry.objects.get(reverses__isnull=False)
    one, other = account(chart.pay_due(4, "")).pk, account(chart.pay_due(5, "")).pk
    break_by(
        f"UPDATE ledger_line SET cents = cents + 1 WHERE entry_id = {back.pk} AND account_id = {one};"
        f"UPDATE ledger_line SET cents = cents - 1 WHERE entry_id = {back.pk} AND account_id = {other}"
    )
    breaks("ledger", f"asiento {back.pk}", f"no es la anulación exacta del asiento {back.reverses_id}")


def test_a_line_without_its_entry_is_named(break_by: Break) -> None:
    line = first_line()
    break_by(
        f"ALTER TABLE ledger_line DROP CONSTRAINT {_key_of_lines('entry_id')};"
        f"DELETE FROM ledger_entry WHERE id = {line.entry_id}"
    )
    breaks("ledger", f"renglón {line.pk}", f"es del asiento {line.entry_id}, que no está")


def test_a_line_without_its_account_is_named(break_by: Break) -> None:
    line = first_line()
    break_by(
        f"ALTER TABLE ledger_line DROP CONSTRAINT {_key_of_lines('account_id')};"
        f"UPDATE ledger_line SET account_id = 999999 WHERE id = {line.pk}"
    )
    breaks("ledger", f"asiento {line.entry_id}", "sin cuenta")


def test_an_entry_reversed_twice_or_a_reversal_reversed_is_named(break_by: Break) -> None:
    back = Entry.objects.get(reverses__isnull=False)
    break_by(
        "INSERT INTO ledger_entry (id, key, at, day, memo, by_name, size, opened_in, reverses_id) VALUES"
        f" (9000, 'k', now(), now(), '', 'x', 3, 0, {back.pk});"
        "INSERT INTO ledger_line (entry_id, position, account_id, cents, memo)"
        f" SELECT 9000, position, account_id, -cents, '' FROM ledger_line WHERE entry_id = {back.pk}"
    )
    breaks("ledger", "asiento 9000", f"anula el asiento {back.pk}, que no está o anula a otro")


def test_an_entry_taken_back_twice_is_named(break_by: Break) -> None:
    back = Entry.objects.get(reverses__isnull=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'ledger_entry'::regclass AND contype = 'u'"
            " AND conname LIKE '%%reverses%%'"
        )
        once = cursor.fetchone()[0]
    break_by(
        f"ALTER TABLE ledger_entry DROP CONSTRAINT {once};"
        "INSERT INTO ledger_entry (id, key, at, day, memo, by_name, size, opened_in, reverses_id)"
        f" VALUES (9000, 'k', now(), now(), '', 'x', 3, 0, {back.reverses_id});"
        "INSERT INTO ledger_line (entry_id, position, account_id, cents, memo)"
        f" SELECT 9000, position, account_id, cents, '' FROM ledger_line WHERE entry_id = {back.pk}"
    )
    breaks("ledger", f"asiento {back.reverses_id}", "está anulado más de una vez")


def _key_of_lines(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'ledger_line'::regclass"
            " AND contype = 'f' AND conname LIKE %s",
            [f"%{column}%"],
        )
        return str(cursor.fetchone()[0])


def test_the_application_itself_could_not_have_done_any_of_it() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_line SET cents = 1")
    assert Resolution.objects.count() == 2


def test_rows_come_in_order_and_whole_however_many() -> None:
    with transaction.atomic():
        numbers = [number for (number,) in rows("SELECT generate_series(1, 5001)")]
    assert numbers == list(range(1, 5002))
