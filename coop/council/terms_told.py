"""What the record keeps of a term, and how it is told from that alone."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.council.models import Basis, HowEnded, Term, seat_name
from coop.record.models import Act
from coop.record.telling import Facts, Tell
from coop.statute.proposals import seal


def begun(term: Term) -> dict[str, Any]:
    """As it began, whatever became of it; `fills` is the key of the term whose rest it is."""
    return {
        **_whose(term),
        "since": _iso(term.during.lower),
        "until": _iso(term.would_have_ended or term.during.upper),
        "basis": str(term.basis),
        "resolution": str(term.resolution or ""),
        "fills": term.fills_id,
    }


def ended(term: Term, since: datetime | None) -> dict[str, Any]:
    """Of a term cut short; `ended` is empty for one that never began, `since` when it would have."""
    return {
        **_whose(term),
        "since": _iso(since),
        "how": str(term.how_ended),
        "ended": _iso(term.during.upper),
        "would_have_ended": _iso(term.would_have_ended),
        "resolution": str(term.ended_resolution or ""),
        # Of the paper that was named: the page shows it, here is only its code.
        "note_sha256": hashlib.sha256(term.ended_note.encode()).hexdigest() if term.ended_note else "",
    }


def sealed(terms: Iterable[Term], since: Mapping[int, str] | None = None) -> str:
    """SHA-256 of what a file brought. `since`: of terms that never began, when they would have."""
    return seal({"terms": [_line(term, (since or {}).get(term.pk, "")) for term in terms]})


def _line(term: Term, since: str) -> list[object]:
    days = (since or _iso(term.during.lower), _iso(term.would_have_ended or term.during.upper))
    return [term.pk, term.seat.code, term.member.number, *days, term.elected_by]


def _whose(term: Term) -> dict[str, Any]:
    return {
        "term": term.pk,
        "seat": term.seat.code,
        "called": term.seat.name,
        "number": term.member.number,
        "name": term.member.name,
    }


def _iso(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""


def _shown(iso: str) -> str:
    at = parse_datetime(iso)
    if at is None:
        return ""
    here = localtime(at)
    midnight = (here.hour, here.minute) == (0, 0)
    return date_format(here, "SHORT_DATE_FORMAT" if midnight else "SHORT_DATETIME_FORMAT")


def _last(iso: str) -> str:
    """The last day, for what ends at a midnight: as pages tell it, days belong to the term whole."""
    at = parse_datetime(iso)
    if at is None:
        return ""
    before = localtime(at) - timedelta(microseconds=1)
    whole = localtime(at).time() == time.min
    return date_format(before, "SHORT_DATE_FORMAT") if whole else _shown(iso)


def _names(facts: Facts) -> dict[str, str]:
    return {
        "name": facts["name"],
        "seat": facts["called"] or seat_name(facts["seat"]),
        "resolution": facts["resolution"],
    }


def tell_begun(facts: Facts) -> str:
    told = _names(facts) | {"since": _shown(facts["since"]), "until": _last(facts["until"])}
    if facts["basis"] == Basis.ALTERNATE:
        return _("%(name)s, suplente, pasó a cubrir %(seat)s desde el %(since)s, hasta el %(until)s.") % told
    if facts["basis"] == Basis.AUDITOR:
        return (
            _("La sindicatura nombró a %(name)s en %(seat)s desde el %(since)s, hasta la próxima asamblea.")
            % told
        )
    return (
        _("%(name)s ocupa %(seat)s desde el %(since)s hasta el %(until)s, por la resolución %(resolution)s.")
        % told
    )


def tell_ended(facts: Facts) -> str:
    how = str(HowEnded(facts["how"]).label)
    told = _names(facts) | {"at": _last(facts["ended"]), "how": how}
    if not facts["ended"]:
        return _("El mandato de %(name)s en %(seat)s no llegó a empezar: %(how)s.") % told
    if facts["resolution"]:
        return (
            _("El mandato de %(name)s en %(seat)s termina el %(at)s: %(how)s. Resolución %(resolution)s.")
            % told
        )
    return _("El mandato de %(name)s en %(seat)s termina el %(at)s: %(how)s.") % told


TOLD: dict[Act, Tell] = {
    Act.TERM_BEGUN: tell_begun,
    Act.TERM_ENDED: tell_ended,
}
