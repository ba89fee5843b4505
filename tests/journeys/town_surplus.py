"""The town's surplus: two years' proposals, one of them adopted, one compared, a draft."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from coop.members.models import Member
from coop.statute.domain import adopt
from coop.statute.models import Matter
from payroll.domain import surplus
from payroll.models import SurplusProposal
from payroll.waterfall import Year
from tests.payroll.sharing import small

# Arguments of tests.journeys.town.Page. The first proposal has the key 1.
PAGES: Final = (
    ("payroll:surplus",),
    ("payroll:surplus", "treasurer"),
    ("payroll:surplus_new", "treasurer"),
    ("payroll:surplus_draft", "treasurer", ("surplus_draft",)),
    ("payroll:surplus_proposal", "unvoted", ("surplus",)),
    ("payroll:surplus_proposal", "treasurer", ("surplus",)),
    ("payroll:surplus_proposal", "unvoted", ("surplus_equal",), "?con=1", "compared"),
    ("payroll:surplus_proposal", "unvoted", ("surplus_shared",), "", "shared"),
    ("payroll:surplus_put", "unvoted", ("surplus",)),
    ("payroll:surplus_put", "secretary", ("surplus",)),
)


def populate(members: list[Member], now: datetime) -> dict[str, object]:
    """Keys for the pages."""
    treasurer = members[2]
    last, before = (small(members[:9], period=now.year - back) for back in (1, 2))
    advanced = replace(last.members[4], advances=1_234_500)
    last = replace(last, members=(*last.members[:4], advanced, *last.members[5:]))
    first = _present(last, "Todo por horas", treasurer, now)
    equal = replace(last, rules=replace(last.rules, basis="head"))
    second = _present(equal, "Partes iguales", treasurer, now)
    shared = _present(before, "La que se aprobó", treasurer, now)
    adopt(
        matter=Matter.SURPLUS_DISTRIBUTION,
        title=f"Repartir el excedente de {before.period}",
        text="",
        adopted_by="Asamblea ordinaria",
        tally={"yes": 7, "no": 1, "abstain": 0},
        by=members[0].actor,
        at=now,
        proposal=shared.proposal,
    )
    draft = surplus.draft(year=last, title="Para mirar", by=treasurer.actor, at=now)
    return {
        "surplus": first.pk,
        "surplus_equal": second.pk,
        "surplus_shared": shared.pk,
        "surplus_draft": draft.key,
    }


def _present(year: Year, title: str, treasurer: Member, now: datetime) -> SurplusProposal:
    draft = surplus.draft(year=year, title=title, by=treasurer.actor, at=now)
    return surplus.present(key=draft.key, by=treasurer.actor, at=now)
