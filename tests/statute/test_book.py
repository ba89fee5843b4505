"""The paper book: entered by one, confirmed by another, numbered within its year."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from coop.common.errors import NotAllowed
from coop.common.spreadsheet import FileRefused
from coop.powers import system
from coop.record.models import Act, Entry
from coop.statute import book, domain, proposals
from coop.statute import book_errors as errors
from coop.statute.book_confirming import confirm_page
from coop.statute.models import BookLine, BookPage, LineState, Matter, Resolution, Source
from coop.statute.proposals import Kind, Proposal
from tests.support.book import confirm, copied, paper_resolution, seen
from tests.support.raw import refused, refused_rows, try_to_ignore_triggers

pytestmark = pytest.mark.django_db
DAY = date(2006, 4, 12)
HEADER = "Fecha;Materia;Título;Texto;Acta;Folio;Sí;No;Abstenciones"
FACTS = {"shown": {"paragraphs": ["Rige otra cosa"], "tables": []}}
DRAFT = Proposal(kind="test", id=9, sha256=proposals.seal(FACTS), facts=FACTS)


def entered(by, title="Comprar un torno", day=DAY, **values):
    return book.enter(line=copied(day, title, **values), by=by.actor, at=timezone.now())


def file(*rows, header=HEADER):
    return "\r\n".join([header, *rows]).encode("cp1252")


def enter_file(content, by=None):
    return book.enter_file(
        content=content, name="libro.csv", by=by.actor if by else system(), at=timezone.now()
    )


@pytest.fixture
def draft(monkeypatch):
    """A sealed proposal that a resolution of the book may name, and what its adoption brings about."""
    carried = []
    kind = Kind(
        page=lambda number: f"/{number}/",
        check=lambda proposal, at: None,
        matter=Matter.MERGER.value,
        sealed=lambda: [(DRAFT, "La fusión")],
    )
    monkeypatch.setattr(proposals, "_kinds", {"test": kind})
    monkeypatch.setattr(
        domain,
        "_handlers",
        {Matter.MERGER.value: [lambda made, by, at: carried.append((str(made), by.name))]},
    )
    return carried


def test_a_line_of_the_book_is_a_resolution_only_once_a_second_person_confirms(president, secretary):
    line = entered(secretary)
    assert not Resolution.objects.exists()
    (made,) = confirm(line, confirmed_by=president)
    assert (str(made), made.source, made.paper) == ("1/2006", Source.PAPER, line)
    assert timezone.localtime(made.adopted_at).isoformat() == "2006-04-12T12:00:00-03:00"


def test_it_is_numbered_in_the_year_of_the_book_and_not_in_this_one(president, secretary):
    made = [
        str(paper_resolution(day, title, by=secretary, confirmed_by=president))
        for day, title in ((DAY, "Una"), (date(2010, 1, 1), "Otra"), (DAY, "Tercera"))
    ]
    assert made == ["1/2006", "1/2010", "2/2006"]


def test_a_page_is_numbered_by_day_whatever_the_order_of_copying(president, secretary):
    for day in (date(2006, 9, 1), date(2006, 2, 1), date(2006, 5, 1)):
        line = entered(secretary, f"Del {day}", day)
    assert [made.adopted_at.month for made in confirm(line, confirmed_by=president)] == [2, 5, 9]


def test_nobody_confirms_what_they_copied(secretary):
    """Not even who holds the other power as well, from another seat."""
    line = entered(secretary)
    with pytest.raises(errors.OwnLines):
        confirm(line, confirmed_by=secretary)
    assert not Resolution.objects.exists()


def test_only_the_secretary_copies_and_only_the_council_confirms(president, secretary, member):
    with pytest.raises(NotAllowed):
        entered(president)
    with pytest.raises(NotAllowed):
        confirm(entered(secretary), confirmed_by=member)


def test_the_server_copies_and_never_confirms(president, secretary):
    """While no seat was ever held, what it copied waits; then any of the council may confirm it."""
    line = book.enter(line=copied(DAY, "Primera asamblea"), by=system(), at=timezone.now())
    with pytest.raises(NotAllowed):
        confirm_page(page_id=line.page_id, seen=seen(line.page), by=system(), at=timezone.now())
    assert str(confirm(line, confirmed_by=secretary)[0]) == "1/2006"


def test_what_changed_after_it_was_read_is_not_confirmed(president, secretary):
    line = entered(secretary)
    read = seen(line.page)
    entered(secretary, "Otra más")
    with pytest.raises(errors.PageChanged):
        confirm_page(page_id=line.page_id, seen=read, by=president.actor, at=timezone.now())
    assert not Resolution.objects.exists()


def test_a_line_that_does_not_match_the_book_goes_back_and_the_others_go_on(president, secretary):
    wrong, right = entered(secretary, "Con un error"), entered(secretary, "Bien")
    with pytest.raises(errors.ReturnNeedsAReason):
        book.give_back(line_id=wrong.pk, remark="  ", by=president.actor, at=timezone.now())
    book.give_back(line_id=wrong.pk, remark="Es del 13", by=president.actor, at=timezone.now())
    assert [made.title for made in confirm(right, confirmed_by=president)] == ["Bien"]
    corrected = copied(DAY + timedelta(days=1), "Con un error")
    book.correct(line_id=wrong.pk, line=corrected, by=secretary.actor, at=timezone.now())
    assert [str(made) for made in confirm(wrong, confirmed_by=president)] == ["2/2006"]


def test_what_was_dropped_stays_to_be_seen_and_is_never_confirmed(president, secretary):
    line = entered(secretary)
    book.drop(line_id=line.pk, by=secretary.actor, at=timezone.now())
    with pytest.raises(errors.NothingToConfirm):
        confirm(line, confirmed_by=president)
    with pytest.raises(errors.LineAlreadyDecided):
        book.correct(line_id=line.pk, line=copied(DAY, "x"), by=secretary.actor, at=timezone.now())
    assert BookLine.objects.get().state == LineState.DROPPED


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"title": "​  "}, errors.LineNeedsWords),
        ({"adopted_by": " "}, errors.LineNeedsWords),
        ({"day": date(2199, 1, 1)}, errors.DayStillToCome),
        ({"tally": (0, 3, 1)}, errors.NotAdoptedThen),
        ({"proposal": DRAFT}, errors.ProposalNotWaiting),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(secretary, values, error):
    with pytest.raises(error):
        entered(secretary, **values)
    assert not BookLine.objects.exists()
    assert not BookPage.objects.exists()


def test_the_same_resolution_is_copied_once(president, secretary):
    line = entered(secretary)
    with pytest.raises(errors.AlreadyInTheBook):
        entered(secretary, "comprar un TORNO")
    confirm(line, confirmed_by=president)
    with pytest.raises(errors.AlreadyInTheBook):
        entered(secretary, "Comprar  un  torno")


def test_a_line_that_names_a_sealed_draft_carries_it_out_when_it_is_confirmed(president, secretary, draft):
    line = entered(secretary, matter=Matter.MERGER, proposal=DRAFT)
    plain = entered(secretary, "Otra fusión", matter=Matter.MERGER)
    assert draft == []
    confirm(plain, confirmed_by=president)
    assert draft == [("1/2006", president.name)]
    assert line.proposal_sha256 == Resolution.objects.get(paper=line).proposal_sha256 == DRAFT.sha256


def test_one_page_carries_out_one_draft(president, secretary, draft):
    entered(secretary, matter=Matter.MERGER, proposal=DRAFT)
    line = entered(secretary, "Otra vez", matter=Matter.MERGER, proposal=DRAFT)
    with pytest.raises(errors.OneDraftAtATime):
        confirm(line, confirmed_by=president)
    assert (draft, Resolution.objects.count()) == ([], 0)


def test_a_draft_that_waits_no_longer_stops_the_page(president, secretary, draft, monkeypatch):
    line = entered(secretary, matter=Matter.MERGER, proposal=DRAFT)
    monkeypatch.setattr(proposals, "_kinds", {})
    with pytest.raises(errors.ProposalNotWaiting):
        confirm(line, confirmed_by=president)
    assert not Resolution.objects.exists()
    assert BookLine.objects.get().state == LineState.WAITING


def test_copying_and_confirming_are_on_the_record(president, secretary):
    line = entered(secretary, text="Todo el texto.", folio="12", tally=(30, 4, 2))
    confirm(line, confirmed_by=president)
    copied_act, confirmed_act = Entry.objects.filter(
        act__in=[Act.RESOLUTIONS_ENTERED, Act.RESOLUTIONS_CONFIRMED]
    )
    assert (copied_act.facts["lines"], copied_act.facts["title"]) == (1, "Comprar un torno")
    (told,) = confirmed_act.facts["resolutions"]
    assert (told["resolution"], told["folio"], told["day"], told["tally"]) == (
        "1/2006",
        "12",
        "2006-04-12",
        {"yes": 30, "no": 4, "abstain": 2},
    )


# --- the spreadsheet ---


def test_a_file_goes_in_by_day_in_pages_of_twenty_five(secretary, president):
    rows = [
        f"{day:02}/03/2007;;Decisión {day} del mes {m};;Acta {m};;;;" for m in (1, 2) for day in range(1, 29)
    ]
    done = enter_file(file(*rows), secretary)
    assert (done.new, [page.lines.count() for page in done.pages]) == (56, [25, 25, 6])
    made = confirm(done.pages[0].lines.first(), confirmed_by=president)
    assert [resolution.number for resolution in made] == list(range(1, 26))
    assert Entry.objects.filter(act=Act.RESOLUTIONS_ENTERED).count() == 1


def test_the_same_file_again_changes_nothing(secretary, president):
    content = file("12/04/2006;;Una;;Acta 1;;;;", "13/04/2006;;Otra;;Acta 1;;;;")
    done = enter_file(content, secretary)
    assert (done.new, enter_file(content, secretary).unchanged) == (2, 2)
    confirm(done.pages[0].lines.first(), confirmed_by=president)
    assert (enter_file(content).new, BookPage.objects.count()) == (0, 1)


def test_every_error_of_a_file_is_said_at_once_and_nothing_goes_in(secretary):
    content = file(
        "31/02/2006;;Una;;Acta 1;;;;",
        "12/04/2199;;Dos;;Acta 1;;;;",
        "12/04/2006;asunto raro;Tres;;Acta 1;;;;",
        "12/04/2006;;;;Acta 1;;;;",
        "12/04/2006;;=SUM(A1);;Acta 1;;;;",
        "12/04/2006;;Seis;;;;;;",
        "12/04/2006;;Siete;;Acta 1;;0;3;",
        "12/04/2006;;Ocho;;Acta 1;;;3;",
        "12/04/2006;;Nueve;;Acta 1;;;;",
        "12/04/2006;;  NUEVE ;;Acta 2;;;;",
    )
    seen_file, _new = book.preview(content=content, at=timezone.now())
    assert [(problem.row, problem.column, problem.kind) for problem in seen_file.problems] == [
        (2, "Fecha", "no such date"),
        (3, "Fecha", "still to come"),
        (4, "Materia", "no such matter"),
        (5, "Título", "empty"),
        (6, "Título", "formula"),
        (7, "Acta", "empty"),
        (8, "Sí", "not adopted"),
        (9, "Sí", "count without a yes"),
        (11, "Título", "repeated"),
    ]
    with pytest.raises(errors.BookFileHasProblems, match="9 errores"):
        enter_file(content, secretary)
    assert not BookLine.objects.exists()


def test_a_file_that_is_no_spreadsheet_is_refused(secretary):
    with pytest.raises(FileRefused):
        enter_file(b"%PDF-1.7 no", secretary)


def test_a_member_loads_no_file(member, cooperative):
    with pytest.raises(NotAllowed):
        enter_file(file("12/04/2006;;Una;;Acta 1;;;;"), member)


def test_every_matter_can_be_written_as_the_screen_shows_it(secretary):
    rows = [f"12/04/2006;{label};Decisión {value};;Acta;;;;" for value, label in Matter.choices]
    enter_file(file(*rows), secretary)
    assert set(BookLine.objects.values_list("matter", flat=True)) == set(Matter.values)


# --- the database ---


def test_database_refuses_a_line_confirmed_by_who_wrote_it(president, secretary):
    line = entered(secretary)
    refused(
        "UPDATE statute_bookline SET state = 'confirmed', decided_by_number = %s, decided_at = now()",
        [secretary.number],
        match="book_line_is_confirmed_by_a_second_person",
    )
    refused(
        "UPDATE statute_bookline SET state = 'confirmed'",
        match="book_line_is_confirmed_by_a_second_person",
    )
    assert line.page.lines.get().state == LineState.WAITING


def test_database_refuses_a_line_that_is_born_confirmed(secretary):
    page = entered(secretary).page
    born = BookLine(
        page=page,
        position=2,
        day=DAY,
        matter=Matter.RECALL,
        title="x",
        adopted_by="x",
        state=LineState.CONFIRMED,
        entered_at=timezone.now(),
        decided_by_number=7,
        decided_at=timezone.now(),
    )
    refused_rows(born, match="waits for a second person")


@pytest.mark.parametrize(
    "change",
    ["title = 'Otra cosa'", "matter = 'recall'", "text = 'x'", "adopted_by = 'x'", "day = '2006-04-13'"],
)
def test_database_refuses_a_paper_resolution_that_is_not_what_was_confirmed(president, secretary, change):
    line = entered(secretary)
    confirm(line, confirmed_by=president)
    refused(f"UPDATE statute_bookline SET {change}", match="Cannot update")
    other = entered(secretary, "Otra")
    forged = Resolution(
        year=2006,
        number=2,
        adopted_at=timezone.now(),
        matter=other.matter,
        title=other.title,
        adopted_by=other.adopted_by,
        tally={},
        source=Source.PAPER,
        paper=other,
    )
    refused_rows(forged, match="not what a second person confirmed")


def test_database_refuses_a_paper_resolution_without_its_line(secretary):
    forged = Resolution(
        year=2006,
        number=1,
        adopted_at=timezone.now(),
        matter="recall",
        title="x",
        adopted_by="x",
        tally={},
        source=Source.PAPER,
    )
    refused_rows(forged, match="resolution_of_the_paper_book_names_its_line")


def test_database_deletes_no_line_and_no_page(secretary):
    entered(secretary)
    try_to_ignore_triggers("statute_bookline", "statute_bookpage")
    refused("DELETE FROM statute_bookline", match="permission denied")
    refused("DELETE FROM statute_bookpage", match="permission denied")
    refused("UPDATE statute_bookpage SET file_name = 'x'", match="permission denied")
    refused("UPDATE statute_bookline SET page_id = 1", match="permission denied")
