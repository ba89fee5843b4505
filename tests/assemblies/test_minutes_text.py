"""The Spanish of minutes, from made-up facts: grammar, figures, and the same text for the same facts."""

import json
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assemblies.minutes_text import NO_REMARKS, Facts, Remarks, plain, seal, written
from assemblies.minutes_text import facts as f
from assemblies.minutes_text.blocks import table
from assemblies.minutes_text.votes import figures, rule, verdict
from assemblies.minutes_text.words import day, hour, hour_after, listing, on_the_day
from coop.statute.rules import Majority

CHAIR, KEEPER = f.Person(1, "Élida Quiroga"), f.Person(2, "Ramón Ñancucheo")
ANA, IRMA = f.Person(3, "Ana Ibarra"), f.Person(5, "Irma Zapata")
HALF = Majority(1, 2, strict=True, source="ET 41")


def at(hour: str, day: str = "2026-11-14") -> str:
    return f"{day}T{hour}:00-03:00"


def poll(yes: int, no: int, abstain: int = 0, silent: int = 0, **changes) -> f.Poll:
    choices = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain + [""] * silent
    made = f.Poll(
        poll=7,
        opened_at=at("18:20"),
        closed_at=at("18:30"),
        majority=HALF,
        on_register=84,
        present=len(choices),
        quorum=43,
        quorum_source="ET 37",
        yes=yes,
        no=no,
        abstain=abstain,
        adopted=HALF.carried(yes=yes, no=no),
        resolution="4/2026" if HALF.carried(yes=yes, no=no) else "",
        votes=tuple(
            f.Vote(number, f"Persona {number}", f"{number}, Persona", choice)
            for number, choice in enumerate(choices, 10)
        ),
    )
    return replace(made, **changes)


def motion(held: f.Poll | None = None, **changes) -> f.Motion:
    made = f.Motion(
        motion=3,
        title="Comprar un torno",
        text="",
        mover=ANA,
        seconder=IRMA,
        taken_back=False,
        put=None,
        poll=held,
    )
    return replace(made, **changes)


def facts(**changes) -> Facts:
    made = Facts(
        form=1,
        assembly=9,
        kind="weekly",
        cooperative="La Chimenea",
        place="el galpón 2",
        convened_by=KEEPER,
        convened_at=at("9:00".zfill(5), "2026-11-01"),
        starts_at=at("18:00"),
        opened_at=at("18:05"),
        closed_at=at("19:40"),
        quorum=f.Quorum(45, 84, 43, 1, 0, 43, 45, "ET 37"),
        presided_by=CHAIR,
        in_the_chair=True,
        secretary=KEEPER,
        signers=f.Signers(2, 2, "ET 44", (ANA, IRMA)),
        items=(f.Item(1, "Compra de un torno", (motion(poll(30, 10, 2, 3)),)),),
        attendance=(
            f.Attendee(
                1,
                1,
                "Élida Quiroga",
                "Quiroga, Élida",
                "20100001",
                "president",
                (f.Presence(at("17:50"), at("19:40"), "phone"),),
            ),
        ),
    )
    return replace(made, **changes)


def text(told: Facts, remarks: Remarks = NO_REMARKS, number: int | None = 12, folio: str = "") -> str:
    return plain(written(told, remarks, number=number, folio=folio))


# --- dates and numbers as minutes write them ---


def test_the_day_is_told_in_full():
    assert on_the_day(at("18:00")) == "a los 14 días del mes de noviembre de 2026"
    assert on_the_day(at("18:00", "2026-05-01")) == "al primer día del mes de mayo de 2026"
    assert day(at("18:00", "2026-05-01")) == "1.º de mayo de 2026"


def test_one_o_clock_is_one():
    assert [hour(at(one)) for one in ("01:05", "13:00", "09:07", "00:30")] == [
        "la 1:05",
        "las 13:00",
        "las 9:07",
        "las 0:30",
    ]


def test_an_hour_of_another_day_says_so():
    assert hour_after(at("19:00"), since=at("18:00")) == "las 19:00"
    assert hour_after(at("00:15", "2026-11-15"), since=at("18:00")) == "las 0:15 del 15 de noviembre de 2026"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Juan"], "Ana y Juan"),
        (["Ana", "Irma"], "Ana e Irma"),
        (["Ana", "Juan", "Hilda"], "Ana, Juan e Hilda"),
        (["Ana", "Ítalo"], "Ana e Ítalo"),
        (["Ana", "Hierro"], "Ana y Hierro"),
    ],
)
def test_and_sounds_right_before_an_i(names, said):
    assert listing(names) == said


# --- votes ---


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            (39, 22, 3, 4),
            "39 votos afirmativos, 22 negativos y 3 abstenciones; 4 personas habilitadas no votaron",
        ),
        ((1, 1, 1, 1), "1 voto afirmativo, 1 negativo y 1 abstención; 1 persona habilitada no votó"),
        ((0, 0, 0, 0), "ningún voto afirmativo, ninguno negativo y ninguna abstención"),
        ((2, 0, 0, 0), "2 votos afirmativos, ninguno negativo y ninguna abstención"),
    ],
)
def test_a_result_is_told_in_the_right_number(counts, said):
    assert figures(poll(*counts)) == said


def test_the_majority_is_told_with_its_article_and_its_sum():
    assert rule(poll(3, 1)) == (
        "más de la mitad de los votos afirmativos y negativos, sin contar las abstenciones (ET 41); "
        "hacían falta 3 de 4"
    )
    assert rule(poll(1, 0)).endswith("hacía falta 1 de 1")
    assert rule(poll(0, 0, 4)).endswith("no los hubo")
    two_thirds = Majority(2, 3, strict=False, source="ET 41")
    assert rule(poll(4, 2, majority=two_thirds)).startswith("dos tercios o más de")
    assert rule(poll(4, 2, majority=Majority(3, 5, strict=True, source="x"))).startswith("más de 3/5 de")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((3, 1), "Se resuelve: APROBAR la moción, que queda como resolución N.º 4/2026."),
        ((4, 0), "Se resuelve, por unanimidad: APROBAR"),
        ((4, 0, 1), "Se resuelve, sin votos en contra: APROBAR"),
        ((4, 0, 0, 1), "Se resuelve, sin votos en contra: APROBAR"),
        ((2, 2), "Se resuelve: RECHAZAR la moción."),
        ((0, 4), "Se resuelve, por unanimidad: RECHAZAR"),
        ((0, 4, 1), "Se resuelve: RECHAZAR"),
        ((0, 0, 4), "Se resuelve: RECHAZAR"),
        ((0, 0, 0, 4), "Se resuelve: RECHAZAR"),
    ],
)
def test_what_was_resolved_is_told_as_it_was(counts, said):
    assert verdict(poll(*counts)).startswith(said)


def test_who_abstained_is_named_one_or_many():
    def told(abstained: int) -> str:
        return text(facts(items=(f.Item(1, "Torno", (motion(poll(1, 0, abstained)),)),)))

    assert "Se abstiene" not in told(0)
    assert "Se abstiene: Persona 11." in told(1)
    assert "Se abstienen: Persona 11 y Persona 12." in told(2)


def test_the_annex_tells_how_each_one_voted_each_time():
    there = [f.Vote(4, "Omar Águila", "Águila, Omar", "no"), f.Vote(3, "Ana Ibarra", "Ibarra, Ana", "yes")]
    second = [f.Vote(3, "Ana Ibarra", "Ibarra, Ana", ""), f.Vote(9, "Juan Ñu", "Ñu, Juan", "abstain")]
    polls = [poll(1, 1, votes=tuple(there)), poll(0, 0, 1, votes=tuple(second))]
    said = text(facts(items=(f.Item(2, "Torno", tuple(motion(one) for one in polls)),)))
    assert "2.1: «Comprar un torno». 1 voto afirmativo, 1 negativo y ninguna abstención." in said
    assert (
        "N.º | Apellido y nombre | 2.1 | 2.2\n"
        "4 | Águila, Omar | NO | —\n"
        "3 | Ibarra, Ana | SÍ | no votó\n"
        "9 | Ñu, Juan | — | ABST.\n"
    ) in said


@pytest.mark.parametrize("many", [1, 8, 9, 20])
def test_no_vote_is_left_out_however_many_there_were(many):
    items = tuple(f.Item(n, "X", (motion(poll(2, 1)),)) for n in range(1, many + 1))
    blocks = written(facts(items=items), NO_REMARKS, number=1)
    tables = [block for block in blocks if block.kind == "table"][:-1]
    shown = [column.text for block in tables for column in block.columns[2:]]
    assert shown == [f"{n}.1" for n in range(1, many + 1)]


# --- the whole ---


def test_the_head_tells_number_place_day_hour_and_quorum():
    said = text(facts(), folio="45")
    assert said.startswith("ACTA N.º 12 – ASAMBLEA DE TRABAJO\n\nLa Chimenea – Folio 45\n")
    assert (
        "En el galpón 2, a los 14 días del mes de noviembre de 2026, convocada para las 18:00, se "
        "constituye en primera convocatoria la asamblea de trabajo de La Chimenea, siendo las 18:05, con 45 "
        "asociados/as presentes sobre un padrón de 84"
    ) in said
    assert "El quórum pedía 43 (ET 37). Preside Élida Quiroga (N.º 1); actúa en la secretaría" in said
    assert "el 1.º de noviembre de 2026, con el siguiente ORDEN DEL DÍA:\n1°) Compra de un torno." in said


def test_a_second_call_says_why_only_when_the_figures_say_so():
    short = f.Quorum(31, 84, 1, 2, 30, 43, 30, "ET 37")
    said = text(facts(quorum=short))
    assert (
        "convocada para las 18:00, no habiendo a esa hora los 43 presentes que pide la primera, "
        "transcurridos 30 minutos, se constituye en segunda convocatoria"
    ) in said
    assert "En esa convocatoria alcanza cualquier número (ET 37)." in said
    many = text(facts(quorum=replace(short, present=50, present_at_hour=50)))
    assert "no habiendo a esa hora" not in many
    assert "transcurridos 30 minutos, se constituye en segunda" in many


def test_one_person_is_one_person():
    alone = f.Quorum(1, 84, 1, 2, 1, 43, 0, "ET 37")
    said = text(facts(quorum=alone))
    assert "con 1 asociado/a presente sobre" in said
    assert "transcurrido 1 minuto," in said
    assert "Asiste 1 asociado/a." in said


def test_motions_that_were_not_voted_say_how_they_ended():
    ended = (
        motion(taken_back=True),
        motion(),
        motion(seconder=None),
        motion(seconder=None, taken_back=True),
    )
    said = text(facts(items=(f.Item(1, "Varios", ended), f.Item(2, "Nada", ()))))
    assert said.count("La moción se retiró antes de votarse.") == 2
    assert "La moción no llegó a votarse y quedó retirada al levantarse la sesión." in said
    assert "La moción no tuvo apoyo y quedó retirada al levantarse la sesión." in said
    assert "En este punto no se presentaron mociones." in said
    assert "VOTACIONES NOMINALES" not in said


def test_who_presided_in_whose_absence():
    said = text(facts(presided_by=KEEPER, in_the_chair=False, secretary=None))
    assert (
        "En ausencia de la presidencia, preside Ramón Ñancucheo (N.º 2), que lleva también la secretaría."
        in said
    )
    assert "Ramón Ñancucheo\nPreside la asamblea" in said
    assert "junto con quien preside, Ana Ibarra" in said
    assert "Secretario/a" not in said


def test_signers_are_named_one_many_none_or_missing():
    def told(*named: f.Person, asked: int = 2, required: int | None = None) -> str:
        need = len(named) if required is None else required
        return text(facts(signers=f.Signers(asked, need, "ET 44", named)))

    assert "Firman esta acta, junto con la presidencia y la secretaría, Ana Ibarra (N.º 3) e Irma" in told(
        ANA, IRMA
    )
    assert "Firma esta acta, junto con la presidencia y la secretaría, Ana Ibarra (N.º 3), por" in told(ANA)
    assert "No había otras personas presentes que firmaran el acta (ET 44)." in told()
    assert "Falta anotar quiénes firman" in told(ANA, required=2)
    none_asked = told(asked=0)
    assert "Falta anotar" not in none_asked
    assert "No había otras" not in none_asked


def test_a_summary_stands_beside_the_facts_and_takes_nothing_away():
    remarks = Remarks(opening="Se saluda.", items={"1": "Se debatió.\n\nMucho."}, closing="Se agradece.")
    plain_lines = text(facts()).splitlines()
    said = text(facts(), remarks)
    assert [line for line in plain_lines if line not in said.splitlines()] == []
    assert "Síntesis: Se debatió.\n\n    Mucho." in said
    assert said.index("Se saluda") < said.index("PUNTO 1") < said.index("Se debatió") < said.index("mociona")
    assert said.index("CIERRE") < said.index("Se agradece") < said.index("se levanta la sesión")


def test_a_proposals_paragraphs_and_tables_are_embedded_whole():
    shown = f.Table(
        "Reparto",
        ("Asociado/a", "Horas", "Retorno"),
        (("Ana", "1.200", "$\u00a010.000,00"), ("Irma", "—", "—")),
    )
    put = f.Put("surplus", "ab" * 32, ("Se reparte por horas.",), (shown,))
    blocks = written(facts(items=(f.Item(1, "X", (motion(put=put),)),)), NO_REMARKS, number=1)
    held = next(block for block in blocks if block.text == "Reparto")
    assert [(column.text, column.figures) for column in held.columns] == [
        ("Asociado/a", False),
        ("Horas", True),
        ("Retorno", True),
    ]
    said = plain(blocks)
    assert "ab" * 32 in said
    assert "Ana | 1.200 | $\u00a010.000,00" in said
    assert "Se reparte por horas." in said


@given(
    st.lists(st.lists(st.text(max_size=5), max_size=5), max_size=5), st.lists(st.text(max_size=5), max_size=4)
)
def test_no_cell_of_a_crooked_table_is_lost(rows, columns):
    made = table("T", columns, rows)
    assert all(len(row) == len(made.columns) for row in made.rows)
    assert [cell for row in made.rows for cell in row if cell] == [
        cell for row in rows for cell in row if cell
    ]


def test_who_came_back_has_both_times_and_counts_once():
    twice = (f.Presence(at("17:50"), at("18:10"), "phone"), f.Presence(at("18:40"), at("19:40"), "desk"))
    person = f.Attendee(1, 4, "Omar Águila", "Águila, Omar", "004", "", twice)
    said = text(facts(attendance=(person,)))
    assert (
        "1 | 4 | Águila, Omar | …004 | Asociado/a | 17:50; 18:40 | 18:10; 19:40 | por teléfono; "
        "en la mesa" in said
    )


def test_a_draft_has_no_number_and_says_that_it_is_one():
    assert text(facts(), number=None).startswith("ACTA (borrador) – ASAMBLEA DE TRABAJO")


def test_the_text_never_claims_to_replace_the_book():
    assert "Este es el texto para pasar al libro de actas rubricado: no lo reemplaza." in text(facts())


# --- the same facts, the same text ---


def test_facts_go_to_json_and_back_unchanged():
    told = facts()
    assert Facts.from_json(json.loads(json.dumps(told.to_json()))) == told


@pytest.mark.parametrize("language", ["es-ar", "en"])
def test_the_text_does_not_follow_the_reader(language):
    with translation.override(language):
        assert seal(text(facts())) == seal(text(Facts.from_json(facts().to_json())))
        assert "noviembre" in text(facts())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told | {"more": 1},
        lambda told: {key: value for key, value in told.items() if key != "place"},
        lambda told: told | {"assembly": "9"},
        lambda told: told | {"assembly": True},
        lambda told: told | {"items": "none"},
        lambda told: told | {"presided_by": None},
        lambda told: told | {"quorum": told["quorum"] | {"present": 4.5}},
    ],
)
def test_facts_of_another_shape_are_refused(spoil):
    with pytest.raises((KeyError, TypeError)):
        Facts.from_json(spoil(facts().to_json()))


def test_another_form_is_not_told_in_this_wording():
    with pytest.raises(ValueError, match="form 2"):
        written(facts(form=2), NO_REMARKS, number=1)
