"""What the record says of facts and sanction files, against the rows: neither without the other."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from coop.common.proof import Broken
from coop.members.enums import FactKind
from coop.members.models import MemberFact, SanctionFile, SanctionStep
from coop.record.models import Act, Entry


def untold() -> Iterator[Broken]:
    """Facts that rest on a resolution or a file and are on no act, and acts without their fact.

    What a spreadsheet said of people is told by its import as a whole. Suspensions come from files alone.
    """
    told: Counter[tuple[object, ...]] = Counter(
        (one["number"], one["kind"], one["day"], one["until"])
        for one in Entry.objects.filter(act=Act.MEMBER_FACT).values_list("facts", flat=True)
    )
    facts = MemberFact.objects.exclude(kind=FactKind.ANNULLED).order_by("pk")
    named = facts.values_list("member__number", "kind", "day", "until", "resolution_id", "sanction_id")
    for number, kind, day, until, resolution, sanction in named.iterator(chunk_size=2000):
        key = (number, kind, day.isoformat(), until.isoformat() if until else "")
        where = _("asociado/a N.º %(n)s") % {"n": number}
        if told[key]:
            told[key] -= 1
        elif resolution or sanction or kind == FactKind.SUSPENDED:
            yield Broken(where, _("un hecho no está en el libro de actos"))
    for left in told.elements():
        yield Broken(_("asociado/a N.º %(n)s") % {"n": left[0]}, _("falta un hecho del libro de actos"))


def untold_files() -> Iterator[Broken]:
    """Each file and each of its steps is one act, and each act one of them."""
    acts = Entry.objects.filter(act=Act.SANCTION_FILE).values_list("facts", flat=True)
    told = Counter((one["file"], one["step"]) for one in acts)
    there = Counter((number, "opened") for number in SanctionFile.objects.values_list("number", flat=True))
    there += Counter(SanctionStep.objects.order_by().values_list("file__number", "kind"))
    for number, _step in sorted((told - there) + (there - told)):
        yield Broken(_("sumario N.º %(n)s") % {"n": number}, _("no es lo que dice el libro de actos"))


def undecided() -> Iterator[Broken]:
    """A suspension or an exclusion is what its own file decided of that very person."""
    effects = MemberFact.objects.filter(sanction__isnull=False).order_by("pk")
    for fact in effects.select_related("sanction", "member"):
        decided = SanctionStep.objects.filter(file=fact.sanction_id, kind="decided").first()
        right = fact.sanction is not None and fact.sanction.member_id == fact.member_id
        if fact.kind == FactKind.SUSPENDED:
            days = (fact.until - fact.day).days if fact.until else None
            right = right and decided is not None and (decided.starts_on, decided.days) == (fact.day, days)
        if not right:
            says = _("no es lo que decidió su sumario")
            yield Broken(_("asociado/a N.º %(n)s") % {"n": fact.member.number}, says)
