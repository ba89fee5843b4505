"""The history of the seats: picture, table, who has served and who never, where power concentrates."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from coop.council.models import Seat
from coop.council.pictures import history as past
from coop.council.pictures.concentration import THRESHOLDS, measure
from coop.council.pictures.downloads import spreadsheet
from coop.council.pictures.served import by_section
from coop.council.pictures.timeline import DECADE, decades, earliest
from coop.council.pictures.words import says
from coop.council.seats import codes_at
from coop.members.middleware import MemberRequest

WHOLE = "todo"


@require_safe
def history(request: MemberRequest) -> HttpResponse:
    """The last two decades and the running one; `?desde=todo` from the first term on."""
    now, found = timezone.now(), past.history()
    codes = codes_at(now)
    seats_now = frozenset(pk for pk, code in Seat.objects.values_list("pk", "code") if code in codes)
    whole = request.GET.get("desde") == WHOLE
    shown = decades(found, now, seats_now=seats_now, back=100 if whole else 2)
    names = {place.key: place.name for place in found.places}
    order = {place.key: number for number, place in enumerate(found.places)}
    turns = sorted(found.turns, key=lambda turn: (order[turn.seat], -turn.begins.timestamp()))
    power = measure(found, now)
    context = {
        "room": "council",
        "decades": shown,
        "before": shown and earliest(found) < shown[-1].first,
        "rows": list(_rows(found, turns, names)),
        "power": power,
        "signs": [says(sign) for sign in power.signs],
        "sections": by_section(found, now),
        "limits": THRESHOLDS,
        "share": int(THRESHOLDS.most_by_many * 100),
        "span": DECADE,
    }
    return render(request, "council/pictures_history.html", context)


@require_safe
def history_csv(request: MemberRequest) -> HttpResponse:
    response = HttpResponse(spreadsheet(past.history()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mandatos.csv"'
    return response


def _rows(
    found: past.History, turns: Iterable[past.Turn], names: Mapping[int, str]
) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Seat, who, which turn, both days and the decision, as texts: hundreds of rows on one page."""
    told: dict[date, str] = {}
    for turn in turns:
        first, last = turn.first_day, turn.last_day
        for day in (first, last):
            if day not in told:
                told[day] = str(date_format(day, "SHORT_DATE_FORMAT"))
        until = f"{told[last]} ({turn.ended})" if turn.how_ended else told[last]
        times = f" ×{turn.nth}" if turn.nth > 1 else ""
        who = found.people[turn.number].name
        yield names[turn.seat], who, times, told[first], until, turn.elected_by or "—"
