"""Figures that cannot be taken: every problem at once, with its place; the command ends with 2."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from payroll.waterfall import BadInput, read_text

DATA = Path(__file__).parents[1] / "data"
SAMPLE = DATA / "excedentes-2025.json"


def sample() -> dict:
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def problems(data: object) -> dict[str, str]:
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(BadInput) as refusal:
        read_text(text)
    assert str(refusal.value)
    return {problem.place: problem.kind for problem in refusal.value.problems}


@pytest.mark.parametrize(
    ("change", "place", "kind"),
    [
        (lambda d: d.update(period="2025"), "period", "not such a number"),
        (lambda d: d.update(period=True), "period", "not such a number"),
        (lambda d: d.update(currency="pesos"), "currency", "not a currency"),
        (lambda d: d.update(capital=1.5), "capital", "not whole cents"),
        (lambda d: d.update(capital=-1), "capital", "negative"),
        (lambda d: d.update(capital=10**16), "capital", "too large"),
        (lambda d: d.update(extra=1), "extra", "unknown"),
        (lambda d: d.pop("losses"), "losses", "missing"),
        (lambda d: d["results"].update(outside="5"), "results.outside", "not whole cents"),
        (lambda d: d["results"].pop("outside"), "results.outside", "missing"),
        (lambda d: d["losses"].update(accumulated=-3), "losses.accumulated", "negative"),
        (lambda d: d["reserves"].update(otra=1), "reserves.otra", "unknown"),
        (lambda d: d.update(reserves=[]), "reserves", "not an object"),
        (lambda d: d["rules"]["funds"][0].update(rate=0.05), "rules.funds[0].rate", "not a rate"),
        (lambda d: d["rules"]["funds"][0].update(rate="5%"), "rules.funds[0].rate", "not a rate"),
        (lambda d: d["rules"]["funds"][0].update(rate="-0.05"), "rules.funds[0].rate", "not a rate"),
        (lambda d: d["rules"]["funds"][0].update(rate="1.01"), "rules.funds[0].rate", "above one"),
        (lambda d: d["rules"]["funds"][0].update(rate="1/0"), "rules.funds[0].rate", "not a rate"),
        (lambda d: d["rules"]["funds"][0].update(rate="0.95"), "rules.funds", "above one"),
        (
            lambda d: d["rules"]["funds"][1].update(cap_of_capital=1),
            "rules.funds[1].cap_of_capital",
            "not a multiple",
        ),
        (
            lambda d: d["rules"]["funds"][1].update(cap_of_capital="1"),
            "reserves.acción asistencial y laboral",
            "missing",
        ),
        (lambda d: d["rules"]["funds"][1].update(name="RESERVA legal"), "rules.funds[1].name", "repeated"),
        (lambda d: d["rules"]["funds"][1].update(name="…"), "rules.funds[1].name", "not a name"),
        (lambda d: d["rules"].update(basis="years"), "rules.basis", "unknown basis"),
        (lambda d: d["rules"].update(basis=["hours"]), "rules.basis", "unknown basis"),
        (lambda d: d["rules"].update(share_interest_rate=0.03), "rules.share_interest_rate", "not a rate"),
        (lambda d: d.update(members={}), "members", "not a list"),
        (lambda d: d["members"][3].update(hours="-1"), "members[3].hours", "not hours"),
        (lambda d: d["members"][3].update(hours=40), "members[3].hours", "not hours"),
        (lambda d: d["members"][3].update(hours="1,5"), "members[3].hours", "not hours"),
        (lambda d: d["members"][3].update(number=1), "members[3].number", "repeated"),
        (lambda d: d["members"][3].update(number=0), "members[3].number", "not such a number"),
        (lambda d: d["members"][3].update(pay=None), "members[3].pay", "not whole cents"),
        (lambda d: d["members"][3].update(advances=-1), "members[3].advances", "negative"),
        (lambda d: d["members"][3].pop("paid_in_shares"), "members[3].paid_in_shares", "missing"),
        (lambda d: d["members"].append(7), "members[24]", "not an object"),
    ],
)
def test_each_problem_is_named_with_its_place(change, place, kind):
    data = sample()
    change(data)
    assert problems(data)[place] == kind


def test_every_problem_is_named_at_once():
    data = sample()
    data["capital"] = "mucho"
    data["rules"]["funds"][2]["rate"] = 0.05
    data["members"][0]["hours"] = ""
    data["members"][5]["number"] = 3
    assert set(problems(data)) == {
        "capital",
        "rules.funds[2].rate",
        "members[0].hours",
        "members[5].number",
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"period": NaN}', "not JSON"),
        (b"\xff\xfe{}", "not text"),
        (b'{"period": 2025, "period": 2024}', "repeated"),
        (b"[" * 100_000, "not JSON"),
        (b" " * (2 * 1024 * 1024 + 1), "too large"),
        (b'{"period": 1' + b"0" * 5000 + b"}", "not JSON"),
    ],
)
def test_what_is_no_such_file_is_refused_as_a_whole(text, kind):
    assert problems(text) == {"": kind}


@pytest.mark.parametrize("data", [None, 7, "a", [], [1]])
def test_what_is_no_object_is_refused(data):
    assert problems(data)[""] == "not an object"


# --- the command: no test here has a database, and the first is a process with no server to ask ---


def test_the_command_needs_no_database_and_gives_the_expected_file():
    nowhere = {
        "DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "surplus", str(SAMPLE), "--json"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        check=False,
    )
    expected = (DATA / "excedentes-2025.expected.json").read_text(encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == expected.strip()


def run(*arguments: object) -> tuple[int, str, str]:
    """The exit code, what it said and what it complained of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("surplus", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_command_gives_the_expected_file_within_another_process_too():
    code, said, _complaints = run(SAMPLE, "--json")
    expected = (DATA / "excedentes-2025.expected.json").read_text(encoding="utf-8")
    assert (code, said.strip()) == (0, expected.strip())


def test_the_command_tells_the_way_of_the_surplus_in_spanish():
    code, said, _complaints = run(SAMPLE)
    assert code == 0
    for words in ("Excedente de 2025", "Reserva legal", "ley 20.337, art. 42", "17.812.536,52", "salen"):
        assert words in said


def test_the_command_names_every_problem_and_ends_with_two(tmp_path):
    data = sample()
    data["capital"], data["members"][2]["hours"] = 1.5, "-4"
    file = tmp_path / "mal.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    code, said, _complaints = run(file, "--json")
    assert code == 2
    assert [(one["place"], one["kind"]) for one in json.loads(said)] == [
        ("capital", "not whole cents"),
        ("members[2].hours", "not hours"),
    ]
    code, said, complaints = run(file)
    assert (code, said) == (2, "")
    assert "members[2].hours" in complaints


def test_the_command_ends_with_two_where_there_is_nothing_to_split_by_or_no_file(tmp_path):
    data = sample()
    for member in data["members"]:
        member["hours"] = "0"
    file = tmp_path / "nadie.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    idle, missing = run(file, "--json"), run(tmp_path / "no-esta.json", "--json")
    assert (idle[0], missing[0]) == (2, 2)
    assert json.loads(idle[1])[0]["kind"] == "nothing to split by"
    assert json.loads(missing[1])[0]["kind"] == "cannot be read"
