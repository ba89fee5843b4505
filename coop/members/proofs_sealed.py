"""What the record seals of private rows, against the rows: sanction files, applications, sections."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coop.common.names import fold
from coop.common.proof import Broken
from coop.common.time import local_day
from coop.members.models import (
    Application,
    ApplicationAnswer,
    Member,
    MemberFact,
    Posting,
    SanctionFile,
    Section,
)
from coop.members.seals import (
    of_application,
    of_file,
    of_step,
    sealed_facts,
    sealed_postings,
    told_posting,
)
from coop.record.models import Act, Entry
from coop.statute.domain import cooperative

Row = TypeVar("Row", MemberFact, Posting)


def resealed() -> Iterator[Broken]:
    """Files and steps whose words, days or person are not what was sealed."""
    acts = Entry.objects.filter(act=Act.SANCTION_FILE, facts__has_key="seal").values_list("facts", flat=True)
    told = {(one["file"], one["step"]): one["seal"] for one in acts}
    for file in SanctionFile.objects.order_by("number").select_related("member").prefetch_related("steps"):
        seals = {"opened": of_file(file)} if file.salt or (file.number, "opened") in told else {}
        for step in file.steps.all():
            step.file = file
            if file.salt or (file.number, step.kind) in told:
                seals[step.kind] = of_step(step)
        if any(told.get((file.number, step)) != seal for step, seal in seals.items()):
            says = _("no dice lo que se selló en el libro de actos")
            yield Broken(_("sumario N.º %(n)s") % {"n": file.number}, says)


def applications() -> Iterator[Broken]:
    """Each application is an act with its name and its seal, or with its name alone if it is an old one."""
    acts = list(Entry.objects.filter(act=Act.APPLICATION_MADE).values_list("facts", flat=True))
    made = {one["application"]: one for one in acts if "seal" in one}
    old = Counter(one["name"] for one in acts if "application" not in one and not one["answer"])
    for one in Application.objects.order_by("pk"):
        told = made.pop(one.pk, None)
        if told is None and not one.salt and old[one.name]:
            old[one.name] -= 1
        elif told is None or (told["name"], told["seal"]) != (one.name, of_application(one)):
            says = _("no dice lo que dice el libro de actos")
            yield Broken(_("solicitud de ingreso %(n)s") % {"n": one.pk}, says)
    for name in [one["name"] for one in made.values()] + list(old.elements()):
        yield Broken(_("solicitud de ingreso de %(name)s") % {"name": name}, _("falta"))
    yield from _answers({one["application"]: one for one in acts if one.get("application") and one["answer"]})


def _answers(told: dict[int, dict[str, Any]]) -> Iterator[Broken]:
    answers = dict(ApplicationAnswer.objects.values_list("application", "answer"))
    for number, one in told.items():
        if answers.get(number) != one["answer"]:
            says = _("no es lo que dice el libro de actos")
            yield Broken(_("solicitud de ingreso %(n)s") % {"n": number}, says)


def imported() -> Iterator[Broken]:
    """What a spreadsheet brought is still all there, and says the same."""
    acts = Entry.objects.filter(act=Act.REGISTER_IMPORTED).order_by("position")
    for position, facts in acts.values_list("position", "facts"):
        whole = _as_sealed(facts.get("facts"), MemberFact.objects.all(), sealed_facts)
        if not (whole and _as_sealed(facts.get("postings"), Posting.objects.all(), sealed_postings)):
            says = _("lo que trajo la planilla no es lo que se selló")
            yield Broken(_("acto %(n)s") % {"n": position}, says)


def _as_sealed(
    told: dict[str, Any] | None,
    held: "QuerySet[Row]",
    seals: "Callable[[QuerySet[Row]], dict[str, object]]",
) -> bool:
    if told is None:
        return True
    written = held.filter(pk__range=(told["first"], told["last"]))
    return written.exists() and seals(written) == told


def postings() -> Iterator[Broken]:
    """Who was moved to which section, as each act tells it; and the line names the last one."""
    there = {one.pk: one for one in Posting.objects.select_related("member")}
    acts = Entry.objects.filter(act=Act.MEMBER_CORRECTED, facts__has_key="posting")
    for facts in acts.order_by("position").values_list("facts", flat=True):
        posting = there.get(facts["posting"])
        said = (facts["number"], facts["works_in"], facts["since"])
        if posting is None or told_posting(posting) != said:
            says = _("su sección no es la que dice el libro de actos")
            yield Broken(_("asociado/a N.º %(n)s") % {"n": facts["number"]}, says)
    last: dict[int, Posting] = {}
    for one in sorted(there.values(), key=lambda one: (one.since, one.pk)):
        last[one.member_id] = one
    names = dict(Section.objects.values_list("pk", "folded"))
    if not last:
        return
    today = local_day(timezone.now(), cooperative().tz)
    for key, number, section in Member.objects.order_by("number").values_list("pk", "number", "section"):
        held = last.get(key)
        if held and held.since <= today and names.get(held.section_id or 0, "") != fold(section):
            says = _("su sección no es la última en la que se lo/la puso")
            yield Broken(_("asociado/a N.º %(n)s") % {"n": number}, says)
