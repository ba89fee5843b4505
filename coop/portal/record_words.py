"""Each act of the record as a sentence, told from its facts alone and from the titles they point at."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assemblies.models import Assembly, Motion
from coop.members.models import Member
from coop.portal import record_accounts
from coop.record.models import Act, Entry
from coop.record.telling import teller
from coop.statute.models import Matter

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """What the facts' keys stand for: motion titles, assemblies, members by number."""

    motions: Mapping[int, str]
    assemblies: Mapping[int, str]
    members: Mapping[int, str]

    def motion(self, facts: Facts) -> str:
        return str(facts.get("title") or self.motions.get(facts.get("motion", 0), "…"))

    def assembly(self, facts: Facts) -> str:
        return self.assemblies.get(facts.get("assembly", 0), _("la asamblea"))

    def member(self, number: Any) -> str:
        return self.members.get(number, _("N.º %(number)s") % {"number": number})


@dataclass(frozen=True, slots=True)
class Line:
    entry: Entry
    sentence: str
    who: str

    @property
    def code(self) -> str:
        """The first twelve characters of the control code."""
        return self.entry.sha256[:12]


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Three queries for a page, however long."""
    page = list(entries)
    names = _names(page)
    return [Line(entry=entry, sentence=_sentence(entry, names), who=_who(entry)) for entry in page]


def sentences(entries: Iterable[Entry]) -> list[str]:
    """Registered in `coop.record.telling`, for rooms below that show acts."""
    return [line.sentence for line in lines(entries)]


def _who(entry: Entry) -> str:
    if entry.actor_number is None:
        return _("Administración técnica")
    return f"{entry.actor_name}, {_('N.º %(number)s') % {'number': entry.actor_number}}"


def _names(entries: list[Entry]) -> Names:
    def keys(*facts: str) -> set[int]:
        found = (entry.facts.get(fact) for entry in entries for fact in facts)
        return {key for key in found if isinstance(key, int)}

    called = Assembly.objects.filter(pk__in=keys("assembly"))
    people = Member.objects.filter(number__in=keys("mover", "seconder", "member"))
    return Names(
        motions=dict(Motion.objects.filter(pk__in=keys("motion")).values_list("pk", "title")),
        assemblies={assembly.pk: _assembly_name(assembly) for assembly in called},
        members={member.number: member.name for member in people},
    )


def _assembly_name(assembly: Assembly) -> str:
    names = {
        "kind": str(assembly.get_kind_display()).lower(),
        "day": date_format(localtime(assembly.starts_at), "SHORT_DATE_FORMAT"),
    }
    return _("la %(kind)s del %(day)s") % names


def _sentence(entry: Entry, names: Names) -> str:
    """The label of the act when its facts are not those we know: an old entry is never an error."""
    tell = TOLD.get(entry.act)
    told_there = teller(entry.act)
    try:
        if told_there:
            return told_there(entry.facts)
        return tell(entry.facts, names) if tell else str(entry.get_act_display())
    except (KeyError, TypeError, ValueError):
        return str(entry.get_act_display())


def _register_imported(facts: Facts, names: Names) -> str:
    return ngettext(
        "Cargó la planilla del registro: %(new)d persona nueva, %(changed)d con cambios, "
        "%(unchanged)d sin cambios.",
        "Cargó la planilla del registro: %(new)d personas nuevas, %(changed)d con cambios, "
        "%(unchanged)d sin cambios.",
        facts["new"],
    ) % {key: facts[key] for key in ("new", "changed", "unchanged")}


def _terms_imported(facts: Facts, names: Names) -> str:
    return ngettext("Asentó %(n)d mandato.", "Asentó %(n)d mandatos.", facts["new"]) % {"n": facts["new"]}


def _access_given(facts: Facts, names: Names) -> str:
    told = {"name": facts["name"], "number": facts["member"]}
    if facts.get("way") == "command line":
        return _("Le puso una clave, desde el servidor, a %(name)s, N.º %(number)s.") % told
    return _("Entregó una clave de ingreso a %(name)s, N.º %(number)s.") % told


def _convened(facts: Facts, names: Names) -> str:
    starts = localtime(datetime.fromisoformat(facts["starts_at"]))
    items = len(facts["agenda"])
    told = {"when": date_format(starts, "SHORT_DATETIME_FORMAT"), "place": facts["place"], "n": items}
    return (
        ngettext(
            "Convocó a asamblea de trabajo para el %(when)s en %(place)s, con %(n)d punto.",
            "Convocó a asamblea de trabajo para el %(when)s en %(place)s, con %(n)d puntos.",
            items,
        )
        % told
    )


def _opened(facts: Facts, names: Names) -> str:
    told = {"assembly": names.assembly(facts)} | {key: facts[key] for key in ("present", "on_register")}
    sentence = ngettext(
        "Abrió %(assembly)s con %(present)d presente de %(on_register)d; %(quorum)s.",
        "Abrió %(assembly)s con %(present)d presentes de %(on_register)d; %(quorum)s.",
        facts["present"],
    )
    return sentence % (told | {"quorum": _quorum(facts["required"])})


def _quorum(required: int) -> str:
    if required <= 1:
        return _("alcanzaba cualquier número")
    return _("el quórum pedía %(required)d") % {"required": required}


def _closed(facts: Facts, names: Names) -> str:
    left = facts["without_a_vote"]
    told = {"assembly": names.assembly(facts), "titles": "; ".join(f"«{title}»" for title in left)}
    if left:
        return _("Levantó %(assembly)s. Quedó sin votar: %(titles)s.") % told
    return _("Levantó %(assembly)s.") % told


def _attendance(facts: Facts, names: Names) -> str:
    told = {"name": facts["name"], "number": facts["member"], "assembly": names.assembly(facts)}
    if facts["present"]:
        return _("Anotó presente a %(name)s, N.º %(number)s, en %(assembly)s.") % told
    return _("Anotó que se retiró %(name)s, N.º %(number)s, de %(assembly)s.") % told


def _moved(facts: Facts, names: Names) -> str:
    told = {"title": names.motion(facts), "mover": names.member(facts["mover"])}
    return _("%(mover)s mocionó «%(title)s».") % told


def _seconded(facts: Facts, names: Names) -> str:
    told = {"title": names.motion(facts), "seconder": names.member(facts["seconder"])}
    return _("%(seconder)s apoyó «%(title)s».") % told


def _withdrawn(facts: Facts, names: Names) -> str:
    return _("Se retiró la moción «%(title)s».") % {"title": names.motion(facts)}


def _poll_opened(facts: Facts, names: Names) -> str:
    told = {
        "title": names.motion(facts),
        "present": facts["present"],
        "quorum": _quorum(facts["quorum"]),
    }
    sentence = ngettext(
        "Abrió la votación de «%(title)s» con %(present)d presente; %(quorum)s.",
        "Abrió la votación de «%(title)s» con %(present)d presentes; %(quorum)s.",
        facts["present"],
    )
    return sentence % told


def _poll_closed(facts: Facts, names: Names) -> str:
    told = {"title": names.motion(facts)} | {key: facts["tally"][key] for key in ("yes", "no", "abstain")}
    abstained = ngettext("%(n)d abstención", "%(n)d abstenciones", told["abstain"]) % {"n": told["abstain"]}
    verdict = _("Aprobada") if facts["adopted"] else _("Rechazada")
    sentence = _("Cerró la votación de «%(title)s»: %(yes)d SÍ, %(no)d NO, %(abstained)s. %(verdict)s.")
    return sentence % (told | {"abstained": abstained, "verdict": verdict})


def _adopted(facts: Facts, names: Names) -> str:
    told = {key: facts[key] for key in ("resolution", "title", "adopted_by")}
    matter = dict(Matter.choices).get(facts["matter"], facts["matter"])
    return _("Quedó aprobada la resolución %(resolution)s (%(matter)s): «%(title)s». %(adopted_by)s.") % (
        told | {"matter": str(matter)}
    )


def _signers_named(facts: Facts, names: Names) -> str:
    told = {"names": ", ".join(facts["names"]), "assembly": names.assembly(facts)}
    return _("Anotó quiénes firman el acta de %(assembly)s: %(names)s.") % told


def _minutes_closed(facts: Facts, names: Names) -> str:
    told = {"number": facts["minutes"], "assembly": names.assembly(facts)}
    return _("Cerró el acta N.º %(number)s, de %(assembly)s.") % told


def _without_names(tell: Callable[[Facts], str]) -> Callable[[Facts, Names], str]:
    return lambda facts, names: tell(facts)


TOLD: Mapping[str, Callable[[Facts, Names], str]] = {
    Act.REGISTER_IMPORTED: _register_imported,
    Act.TERMS_IMPORTED: _terms_imported,
    Act.ACCESS_GIVEN: _access_given,
    Act.ASSEMBLY_CONVENED: _convened,
    Act.ASSEMBLY_OPENED: _opened,
    Act.ASSEMBLY_CLOSED: _closed,
    Act.ATTENDANCE_MARKED: _attendance,
    Act.MOTION_MOVED: _moved,
    Act.MOTION_SECONDED: _seconded,
    Act.MOTION_WITHDRAWN: _withdrawn,
    Act.POLL_OPENED: _poll_opened,
    Act.POLL_CLOSED: _poll_closed,
    Act.RESOLUTION_ADOPTED: _adopted,
    Act.SIGNERS_NAMED: _signers_named,
    Act.MINUTES_CLOSED: _minutes_closed,
    Act.PAY_RUN_PREPARED: _without_names(record_accounts.prepared),
    Act.PAY_RUN_WITHDRAWN: _without_names(record_accounts.withdrawn),
    Act.PAY_RUN_APPROVED: _without_names(record_accounts.approved),
    Act.PAY_UNIT_SET: _without_names(record_accounts.pay_unit_set),
    Act.SURPLUS_PROPOSED: _without_names(record_accounts.surplus_proposed),
    Act.SURPLUS_DISTRIBUTED: _without_names(record_accounts.surplus_distributed),
    Act.ENTRY_REVERSED: _without_names(record_accounts.entry_reversed),
}
