"""Acts of the record as sentences, told from their facts alone: what stands here is what members read."""

import pytest

from coop.portal.record_words import sentences
from coop.record.models import Act, Entry

pytestmark = pytest.mark.django_db
ANA = {"name": "Ana Funes", "number": 7}
RITA = {"name": "Rita Sosa", "number": 9}
TREASURY = {"seat": "treasurer", "seat_name": ""}
TURN = {"task": "Quema", "section": "Hornos", "people": [ANA, RITA], "since": "2026-11-02"}
FILING = {"title": "IGJ", "number": "44/2026", "due_on": "2026-11-20", "day": "2026-11-09", "who": ANA}
JOINED = {**ANA, "day": "2026-03-01"}

TOLD = [
    # the floor
    (
        Act.SKILL_KEPT,
        {**ANA, "task": "Quema", "section": "Hornos", "level": "can"},
        "Ana Funes (7) anotó, en Quema (Hornos): la sabe hacer.",
    ),
    (
        Act.SKILL_KEPT,
        {**ANA, "task": "Quema", "level": "can", "confirmed": True},
        "Confirmó lo que Ana Funes (7) dijo de Quema: la sabe hacer.",
    ),
    (
        Act.SKILL_KEPT,
        {**ANA, "task": "Quema", "level": "learning", "teacher": "Rita Sosa"},
        "Ana Funes (7) está aprendiendo Quema con Rita Sosa.",
    ),
    (Act.WORK_ARRANGED, {"what": "begun", "task": "Quema"}, "Empezó la tarea Quema."),
    (
        Act.WORK_ARRANGED,
        {"what": "changed", "task": "Quema"},
        "Cambió cada cuánto rota, o cuánta gente pide, la tarea Quema.",
    ),
    (Act.WORK_ARRANGED, {"what": "closed", "task": "Quema"}, "La tarea Quema ya no se hace."),
    (
        Act.WORK_ARRANGED,
        {"what": "called_off", **TURN},
        "Dejó sin efecto el turno de Ana Funes (7), Rita Sosa (9) en Quema (Hornos) desde el 02/11/2026.",
    ),
    (
        Act.WORK_ARRANGED,
        {"what": "swapped", **TURN},
        "Por un cambio acordado, Ana Funes (7), Rita Sosa (9) tienen el turno de Quema (Hornos) desde el"
        " 02/11/2026.",
    ),
    (
        Act.WORK_ARRANGED,
        {"what": "given", **TURN},
        "Dio el turno de Quema (Hornos) desde el 02/11/2026 a Ana Funes (7), Rita Sosa (9): les tocaba.",
    ),
    (
        Act.WORK_ARRANGED,
        {"what": "given", **TURN, "people": [ANA], "out_of_order": True},
        "Dio el turno de Quema (Hornos) desde el 02/11/2026 a Ana Funes (7), fuera de orden.",
    ),
    # the register
    (
        Act.MEMBER_FACT,
        {**JOINED, "kind": "admitted", "resolution": "4/2026"},
        "Ana Funes (N.º 7): Ingresó a prueba, desde el 01/03/2026, por la resolución 4/2026.",
    ),
    (
        Act.MEMBER_FACT,
        {**JOINED, "kind": "suspended", "until": "2026-04-01", "file": 3},
        "Ana Funes (N.º 7): Suspendido/a desde el 01/03/2026; vuelve el 01/04/2026, por el sumario N.º 3.",
    ),
    (
        Act.MEMBER_FACT,
        {**JOINED, "kind": "died", "source": "acta de defunción"},
        "Ana Funes (N.º 7): Falleció, desde el 01/03/2026, según consta en acta de defunción.",
    ),
    (
        Act.MEMBER_FACT_ANNULLED,
        {**JOINED, "kind": "resigned", "reason": "era otra persona"},
        "Anuló un hecho de Ana Funes (N.º 7): «Renunció» del 01/03/2026. Motivo: era otra persona",
    ),
    (
        Act.APPLICATION_MADE,
        {"name": "Ana Funes", "answer": "rejected", "resolution": "4/2026"},
        "No admitió a Ana Funes, por la resolución 4/2026.",
    ),
    (
        Act.APPLICATION_MADE,
        {"name": "Ana Funes", "answer": "withdrawn"},
        "Ana Funes retiró su solicitud de ingreso.",
    ),
    (
        Act.APPLICATION_MADE,
        {"name": "Ana Funes", "answer": ""},
        "Recibió la solicitud de ingreso de Ana Funes.",
    ),
    (
        Act.MEMBER_CORRECTED,
        {**ANA, "fields": ["family_name"]},
        "Corrigió en el registro los datos de Ana Funes (N.º 7): apellido.",
    ),
    (
        Act.MEMBER_CORRECTED,
        {**ANA, "posting": 1, "called": "Hornos", "since": "2026-03-01"},
        "Ana Funes (N.º 7) trabaja en Hornos desde el 01/03/2026.",
    ),
    (
        Act.MEMBER_CORRECTED,
        {**ANA, "posting": 1, "called": "", "since": "2026-03-01"},
        "Ana Funes (N.º 7) no trabaja en ninguna sección desde el 01/03/2026.",
    ),
    (Act.MEMBER_CORRECTED, {"section": "", "called": "Hornos"}, "Agregó la sección Hornos."),
    (Act.MEMBER_CORRECTED, {"section": "Hornos", "called": ""}, "Cerró la sección Hornos."),
    (
        Act.MEMBER_CORRECTED,
        {"section": "Hornos", "called": "Quema"},
        "La sección Hornos pasó a llamarse Quema.",
    ),
    *(
        (Act.SANCTION_FILE, {"file": 3, "step": step, "resolution": "5/2026"}, sentence)
        for step, sentence in (
            ("opened", "Abrió el sumario N.º 3."),
            ("notified", "Sumario N.º 3: se notificó a la persona."),
            ("defence", "Sumario N.º 3: hay descargo."),
            ("no_defence", "Sumario N.º 3: venció el plazo sin descargo."),
            ("decided", "Sumario N.º 3: decidido por la resolución 5/2026."),
            ("appealed", "Sumario N.º 3: hay apelación ante la asamblea."),
            ("appeal_decided", "Sumario N.º 3: la asamblea decidió la apelación, resolución 5/2026."),
        )
    ),
    # money
    (
        Act.PAY_RUN_PREPARED,
        {"period": "2026-10", "payslips": 2, "net": 123456},
        "Preparó la liquidación de octubre de 2026: 2 recibos, $ 1.234,56 a pagar.",
    ),
    (Act.PAY_RUN_WITHDRAWN, {"period": "2026-10"}, "Retiró la liquidación de octubre de 2026."),
    (
        Act.PAY_RUN_APPROVED,
        {"period": "2026-10", "net": 123456},
        "Aprobó la liquidación de octubre de 2026: $ 1.234,56 a pagar.",
    ),
    (
        Act.PAY_UNIT_SET,
        {"cents": 5000, "holds_from": "2026-10-01", "resolution": "4/2026"},
        "La hora vale $ 50,00 desde el 01/10/2026, por la resolución 4/2026.",
    ),
    (
        Act.SURPLUS_PROPOSED,
        {"year": 2025, "title": "Con fondo", "sha256": "ab" * 32},
        "Propuso cómo repartir el excedente de 2025: «Con fondo», código abababababab.",
    ),
    (
        Act.SURPLUS_DISTRIBUTED,
        {"year": 2025, "total": 100, "resolution": "4/2026"},
        "Se repartió el excedente de 2025, $ 1,00, por la resolución 4/2026.",
    ),
    (Act.ENTRY_REVERSED, {"entry": 12, "reason": "dos veces"}, "Anuló el asiento 12: dos veces."),
    # handovers and filings
    (
        Act.HANDOVER_BEGUN,
        {**TREASURY, "out": ANA, "in": RITA},
        "Empezó el traspaso de Tesorería: entrega Ana Funes, recibe Rita Sosa.",
    ),
    (
        Act.HANDOVER_BEGUN,
        {**TREASURY, "out": ANA, "in": None},
        "Empezó el traspaso de Tesorería: entrega Ana Funes; el cargo está vacante.",
    ),
    (
        Act.HANDOVER_BEGUN,
        {**TREASURY, "out": None, "in": RITA},
        "Empezó el traspaso de Tesorería: el consejo lo entrega a Rita Sosa.",
    ),
    (
        Act.HANDOVER_CHANGED,
        {**TREASURY, "what": "list", "lines": 1},
        "Cambió lo que se entrega con Tesorería: 1 renglón.",
    ),
    (
        Act.HANDOVER_CHANGED,
        {**TREASURY, "what": "line", "n": 4},
        "Sumó el renglón 4 al traspaso de Tesorería.",
    ),
    (
        Act.HANDOVER_CHANGED,
        {**TREASURY, "what": "incoming", "in": RITA},
        "En el traspaso de Tesorería recibe Rita Sosa.",
    ),
    *(
        (Act.HANDOVER_CHANGED, {**TREASURY, "what": "said", "said": said, "n": 2}, sentence)
        for said, sentence in (
            ("given", "Traspaso de Tesorería, renglón 2: dijo que lo entregó."),
            ("not_given", "Traspaso de Tesorería, renglón 2: dijo que no lo entrega."),
            ("received", "Traspaso de Tesorería, renglón 2: dijo que lo recibió."),
            ("missing", "Traspaso de Tesorería, renglón 2: dijo que falta."),
        )
    ),
    (
        Act.HANDOVER_SIGNED,
        {**TREASURY, "side": "out", "whole": False},
        "Firmó, como quien entrega, el traspaso de Tesorería.",
    ),
    (
        Act.HANDOVER_SIGNED,
        {**TREASURY, "side": "in", "whole": True},
        "Firmó, como quien recibe, el traspaso de Tesorería. Quedó completo.",
    ),
    *(
        (Act.FILING_KEPT, {**FILING, "step": step}, sentence)
        for step, sentence in (
            ("opened", "Trámite para hacer hasta el 20/11/2026: IGJ."),
            ("taken", "Trámite «IGJ»: a cargo de Ana Funes."),
            ("put_off", "Trámite «IGJ»: pasa al 20/11/2026."),
            ("note", "Trámite «IGJ»: anotó una novedad."),
            ("done", "Trámite «IGJ»: hecho el 09/11/2026, N.º 44/2026."),
            ("dropped", "Trámite «IGJ»: ya no hace falta."),
        )
    ),
]


@pytest.mark.parametrize(
    ("act", "facts", "sentence"), TOLD, ids=[f"{n}-{one[0].value}" for n, one in enumerate(TOLD)]
)
def test_an_act_is_told_in_a_plain_sentence(act: Act, facts: dict[str, object], sentence: str) -> None:
    (told,) = sentences([Entry(act=act, facts=facts)])
    assert told.replace("\xa0", " ") == sentence


def test_an_act_whose_facts_nobody_knows_any_more_is_told_by_its_name() -> None:
    (told,) = sentences([Entry(act=Act.WORK_ARRANGED, facts={"of": "another time"})])
    assert told == str(Act.WORK_ARRANGED.label)
