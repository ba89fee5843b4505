"""Whoever would be paid twice, pay themselves, or read what is not theirs: each trick, as it is tried."""

import itertools
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coop.council.models import SeatCode
from coop.ledger import chart
from coop.ledger.domain import balance
from coop.ledger.models import Entry
from coop.members.errors import FileHasProblems
from coop.members.models import Member
from payroll import urls
from payroll.domain import approving, hours
from payroll.domain.receipts import freeze_receipt
from payroll.domain.seals import sealed
from payroll.enums import Answer, Question, RunState
from payroll.errors_pay import (
    AnswerIncomplete,
    MonthIsPaid,
    NotASecondPerson,
    NotWhatWasSeen,
    QuestionsOpen,
    RunIsStale,
    RunNotWaiting,
)
from payroll.models import HoursUpload, PayRun
from payroll.periods import Period
from tests.payroll.paying import OCTOBER, PAY_DAY, PayDesk, Row, hours_file, same_hours
from tests.support import people
from tests.support.together import at_once, others_than, succeeded

SEPTEMBER, AUGUST = Period(2026, 9), Period(2026, 8)


def everybody(members: list[Member]) -> list[Row]:
    """Number 4 took an advance."""
    return [*same_hours(members[:3]), (4, "176,00", "0,00", "0,00", "123.400,00"), *same_hours(members[4:])]


@pytest.fixture
def pay(treasurer: Member, secretary: Member) -> PayDesk:
    return PayDesk(treasurer, secretary)


# --- two at once ---


@pytest.mark.parametrize("attempt", range(4))
def test_a_debt_is_taken_off_once_though_two_months_are_approved_at_once(
    real_database: object, pay: PayDesk, members: list[Member], president: Member, attempt: int
) -> None:
    pay.set_unit(cents=100_000)
    rows = [(1, "10,00", "0,00", "0,00", "50.000,00"), *same_hours(members[1:], "10,00")]
    sheet = pay.bring(rows, AUGUST)
    pay.answer(sheet, members[0], Question.ADVANCE, Answer.AS_IS)
    pay.approve(pay.prepare(sheet))
    owed = balance(f"{chart.ADVANCES}.1")
    assert owed == 4_000_000
    waiting = [
        pay.prepare(pay.bring([(m.number, "40,00", "0,00", "0,00", "") for m in members], period))
        for period in (SEPTEMBER, OCTOBER)
    ]
    approvers = itertools.cycle([president, pay.second])
    outcomes = at_once(
        [lambda run=run, by=by: pay.approve(run, by=by) for run, by in zip(waiting, approvers, strict=False)]
    )
    assert others_than(RunIsStale, outcomes) == []
    assert (len(succeeded(outcomes)), balance(f"{chart.ADVANCES}.1")) == (1, 0)


@pytest.mark.parametrize("attempt", range(3))
def test_a_corrected_file_at_the_instant_of_the_approval_is_refused_in_words_or_withdraws_it(
    real_database: object, pay: PayDesk, members: list[Member], attempt: int
) -> None:
    pay.set_unit()
    run = pay.prepare(pay.bring(same_hours(members)))
    outcomes = at_once(
        [lambda: pay.approve(run), *[lambda h=h: pay.bring(same_hours(members, f"17{h},00")) for h in "123"]]
    )
    assert others_than([RunNotWaiting, MonthIsPaid], outcomes) == []
    run.refresh_from_db()
    assert (run.state == RunState.APPROVED) == (balance("5.1") == run.gross)
    assert balance("5.1") in (0, run.gross)


# --- the treasurer alone ---


@pytest.mark.django_db
def test_who_brought_the_hours_does_not_approve_from_another_seat(members: list[Member]) -> None:
    """The treasurer brings the hours, changes seat, and their follower prepares."""
    first, follower, second = members[2], members[4], members[1]
    change = PAY_DAY + timedelta(hours=1)
    people.give_seat(first, SeatCode.TREASURER, end=change)
    people.give_seat(first, SeatCode.MEMBER_1, first=change)
    people.give_seat(follower, SeatCode.TREASURER, first=change)
    people.give_seat(second, SeatCode.SECRETARY)
    pay = PayDesk(first, second)
    pay.set_unit()
    sheet = pay.bring(same_hours(members))
    pay.at, pay.treasurer = change, follower
    run = pay.prepare(sheet)
    for own in (first, follower):
        with pytest.raises(NotASecondPerson):
            pay.approve(run, by=own)
    assert pay.approve(run).state == RunState.APPROVED


@pytest.mark.django_db
def test_another_runs_seal_or_none_approves_nothing(pay: PayDesk, members: list[Member]) -> None:
    pay.set_unit()
    first = pay.prepare(pay.bring(same_hours(members)))
    pay.bring(same_hours(members, "160,00"))
    run = pay.prepare(hours.latest(OCTOBER))
    for sha256 in (first.sha256, "", run.sha256.upper(), run.sha256[:12], "0" * 64):
        with pytest.raises(NotWhatWasSeen):
            approving.approve(run_id=run.pk, sha256=sha256, by=pay.second.actor, at=PAY_DAY)
    with pytest.raises(RunNotWaiting):
        pay.approve(first)
    assert balance("5.1") == 0


@pytest.mark.django_db
def test_the_seal_that_all_may_read_does_not_confirm_a_guess_at_an_advance(
    pay: PayDesk, members: list[Member]
) -> None:
    """Everything else that it seals can be known: names, hours, unit; CUILs from the minutes' documents."""
    pay.set_unit()
    run = pay.prepare(pay.bring(everybody(members)))
    slips = list(run.slips.order_by("number"))
    salt, run.salt = run.salt, ""
    assert len(salt) == 32
    assert sealed(run, slips) != run.sha256
    run.salt = salt
    assert sealed(run, slips) == run.sha256
    shown = people.client_of(members[5]).get(reverse("payroll:run", args=[run.pk])).content.decode()
    assert (run.sha256 in shown, salt in shown) == (True, False)


# --- what is not theirs ---


@pytest.fixture
def paid(pay: PayDesk, members: list[Member]) -> PayRun:
    """Number 4 took an advance."""
    pay.set_unit()
    return pay.paid(everybody(members))


@pytest.mark.django_db
def test_no_page_tells_a_colleague_what_one_took(paid: PayRun, members: list[Member]) -> None:
    owner, colleague = people.client_of(members[3]), people.client_of(members[4])
    slip = paid.slips.get(number=4)
    document = freeze_receipt(payslip_id=slip.pk, by=members[3].actor, at=PAY_DAY)
    own = reverse("payroll:receipt", args=[slip.pk])
    assert "123.400,00" in owner.get(own).content.decode()
    hidden = [
        own,
        reverse("ledger:account", args=[f"{chart.ADVANCES}.4"]),
        reverse("ledger:account", args=[f"{chart.PAY_DUE}.4"]),
    ]
    assert [colleague.get(url).status_code for url in hidden] == [404] * 3
    for name in ("document", "state", "pdf"):
        assert colleague.get(reverse(f"documents:{name}", args=[document.pk])).status_code == 403
    refused = colleague.get(reverse("documents:document", args=[document.pk])).content.decode()
    for said in ("Águila", document.code, document.title, document.facts_sha256):
        assert said not in refused
    for url in (
        reverse("payroll:run", args=[paid.pk]),
        reverse("payroll:accounts"),
        reverse("payroll:receipts"),
        reverse("documents:verify", args=[document.code]),
        "/libros/actas/",
        "/",
    ):
        shown = colleague.get(url).content.decode()
        assert f"{slip.net // 100:,}".replace(",", ".") not in shown, url
        assert slip.tax_number not in shown, url
    # One person's alone is the group's sum, and nobody's name is beside it: said in docs/threats.md.
    entry = colleague.get(reverse("ledger:entry", args=[paid.entry_id])).content.decode()
    assert "Águila" not in entry


@pytest.mark.django_db
def test_what_is_ones_own_is_kept_by_no_cache(paid: PayRun, members: list[Member]) -> None:
    slip = paid.slips.get(number=4)
    browser = people.client_of(members[3])
    document = freeze_receipt(payslip_id=slip.pk, by=members[3].actor, at=PAY_DAY)
    for url in (
        reverse("payroll:receipt", args=[slip.pk]),
        reverse("payroll:receipts"),
        reverse("payroll:accounts"),
        reverse("payroll:run", args=[paid.pk]),
        reverse("ledger:mine"),
        reverse("documents:document", args=[document.pk]),
        reverse("documents:state", args=[document.pk]),
    ):
        said = browser.get(url)
        assert said.status_code == 200
        assert {"private", "no-store"} <= set(said.headers["Cache-Control"].split(", ")), url


@pytest.mark.django_db
def test_an_old_name_of_a_state_does_not_open_it_to_others(paid: PayRun, members: list[Member]) -> None:
    document = freeze_receipt(payslip_id=paid.slips.get(number=4).pk, by=members[3].actor, at=PAY_DAY)
    url = reverse("documents:state", args=[document.pk])
    tag = people.client_of(members[3]).get(url).headers["ETag"]
    assert people.client_of(members[4]).get(url, headers={"If-None-Match": tag}).status_code == 403


# --- files ---


@pytest.mark.django_db
def test_a_file_is_confirmed_by_who_looked_at_it_and_once(
    pay: PayDesk, members: list[Member], president: Member
) -> None:
    held = hours.keep_upload(
        content=hours_file(same_hours(members)),
        name="h.csv",
        period=OCTOBER,
        by=pay.treasurer.actor,
        at=PAY_DAY,
    )
    with pytest.raises(HoursUpload.DoesNotExist):
        hours.confirm_upload(key=held.key, by=president.actor, at=PAY_DAY)
    hours.confirm_upload(key=held.key, by=pay.treasurer.actor, at=PAY_DAY)
    with pytest.raises(HoursUpload.DoesNotExist):
        hours.confirm_upload(key=held.key, by=pay.treasurer.actor, at=PAY_DAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cell",
    [
        *(
            "NaN",
            "Infinity",
            "1e5",
            "-1",
            "-0,01",
            "1,760.00",
            "1.760.00",
            "١٧٦",
            "１７６",
            "1_760",
            "0x10",
            "=1+1",
        ),
        *(
            "\u0661\u0667\u0666",
            "\uff11\uff17\uff16",
            "9" * 30,
            "1" + "0" * 18,
            "745,00",
            "1,001",
            "+=5",
            "½",
            "1.76",
            "176,00\u202e",
        ),
    ],
)
def test_hours_that_are_none_are_refused_and_nothing_comes_in(
    pay: PayDesk, members: list[Member], cell: str
) -> None:
    content = hours_file([]) + f"\r\n1;{cell};0,00;0,00;".encode()
    seen = hours.preview(content=content, period=OCTOBER, at=PAY_DAY)
    assert seen.problems
    with pytest.raises(FileHasProblems):
        pay.bring(content)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + b"\x00" * 400,
        b"%PDF-1.7\n" + bytes(range(256)) * 9,
        b"\xff\xfe" + b"\x00\xd8" * 50,
        b"\x00" * 5000,
        b";" * 500_000,
        b"\n" * 500_000,
        b'"' * 300_001,
        b"N\xb0 Socio;N\xb0 Socio;Horas trabajadas\r\n1;2;3",
        hours_file([(n, "1,00", "", "", "") for n in range(1, 9000)]),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(pay: PayDesk, content: bytes) -> None:
    browser = people.client_of(pay.treasurer)
    sent = {"period": "2026-10", "file": SimpleUploadedFile("horas.csv", content)}
    said = browser.post(reverse("payroll:import_hours"), sent)
    assert said.status_code == 422
    assert not HoursUpload.objects.exists()


@pytest.mark.django_db
def test_nobody_is_in_a_file_twice_however_their_number_is_written(
    pay: PayDesk, members: list[Member]
) -> None:
    content = hours_file([]) + b"".join(
        f"\r\n{number};176,00;0,00;0,00;".encode() for number in ("4", "04", "4,0", "0004")
    )
    found = hours.preview(content=content, period=OCTOBER, at=PAY_DAY)
    assert [problem.row for problem in found.problems if problem.kind == "duplicate number"] == [3, 4, 5]


@pytest.mark.django_db
def test_a_ghost_is_paid_only_with_a_reason_that_the_approver_reads(
    pay: PayDesk, members: list[Member]
) -> None:
    gone = members[6]
    Member.objects.filter(pk=gone.pk).update(left_on=date(2026, 5, 1))
    pay.set_unit()
    sheet = pay.bring(same_hours(members))
    with pytest.raises(QuestionsOpen):
        pay.prepare(sheet)
    for answer in (Answer.AS_IS, Answer.HOURS, Answer.NONE):
        with pytest.raises(AnswerIncomplete):
            pay.answer(sheet, gone, Question.OUTSIDE, answer, reason=" \u200b ")
    pay.answer(sheet, gone, Question.OUTSIDE, Answer.AS_IS, reason="Horas de mayo")
    run = pay.prepare(sheet)
    shown = people.client_of(pay.second).get(reverse("payroll:run", args=[run.pk])).content.decode()
    assert "Horas de mayo" in shown


# --- forms of other houses ---


@pytest.mark.django_db
def test_every_act_on_money_wants_the_token_of_our_own_page(paid: PayRun, members: list[Member]) -> None:
    before = Entry.objects.count()
    browser = people.client_of(members[2], enforce_csrf_checks=True)
    numbers = {
        "sheet_id": paid.sheet_id,
        "run_id": paid.pk,
        "payslip_id": 1,
        "proposal_id": 1,
        "document_id": 1,
    }
    numbers |= {"key": "00000000-0000-0000-0000-000000000000"}
    names = [pattern.name for pattern in urls.urlpatterns]
    for name in names:
        wanted = [key for key in numbers if f":{key}>" in str(_pattern(name))]
        url = reverse(f"payroll:{name}", args=[numbers[key] for key in wanted])
        assert browser.post(url).status_code in (403, 405), name
    assert browser.post(reverse("documents:retry", args=[1])).status_code == 403
    assert Client(enforce_csrf_checks=True).post("/verificar/abcd-efgh-ijkl-mnop/").status_code == 403
    assert Entry.objects.count() == before


def _pattern(name: str) -> object:
    return next(pattern.pattern for pattern in urls.urlpatterns if pattern.name == name)
