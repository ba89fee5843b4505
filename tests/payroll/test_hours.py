"""A month's hours: the file, its questions, the command, the browser."""

import contextlib
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from coop.common.spreadsheet import FileRefused
from coop.council.models import SeatCode
from coop.members.errors import FileHasProblems
from coop.members.importing import import_register
from coop.members.models import Member
from coop.powers import system
from payroll.domain.month import Month
from payroll.enums import Answer, Question
from payroll.errors_pay import AnswerIncomplete, MonthToCome, MoreThanTheMonth, NoSuchQuestion
from payroll.hours_file import read_hours
from payroll.models import HoursAnswer, HoursLine, HoursSheet, HoursUpload, PayRun
from payroll.periods import Period, read_period
from tests.payroll.paying import OCTOBER, PAY_DAY, PayDesk, hours_file, same_hours
from tests.support import people

DATA = Path(__file__).parent.parent / "data"
SEPTEMBER = Period(2026, 9)
EXPECTED = json.loads((DATA / "horas-con-errores.expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def town(cooperative: object) -> PayDesk:
    """The 84 of the sample register; the treasurer and a second person are two of them."""
    import_register(content=(DATA / "padron.csv").read_bytes(), by=system(), at=PAY_DAY)
    treasurer, second = Member.objects.get(number=1), Member.objects.get(number=2)
    people.give_seat(treasurer, SeatCode.TREASURER)
    people.give_seat(second, SeatCode.SECRETARY)
    return PayDesk(treasurer, second)


def problems(
    content: bytes, period: Period = OCTOBER, members: range = range(1, 85)
) -> list[tuple[int, str, str]]:
    found = read_hours(content, period=period, members=members).problems
    return [(one.row, one.column, one.kind) for one in found]


def run_command(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_hours", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


class TestTheFile:
    @pytest.mark.parametrize("name", ["horas-2026-09.csv", "horas-2026-10.csv"])
    def test_a_sample_month_has_no_problem(self, name: str) -> None:
        content = (DATA / name).read_bytes()
        assert problems(content) == []
        assert len(read_hours(content, period=OCTOBER, members=range(1, 85)).rows) == 75

    def test_a_spoiled_month_has_exactly_the_expected_problems(self) -> None:
        found = problems((DATA / "horas-con-errores.csv").read_bytes())
        assert found == [(one["row"], one["column"], one["kind"]) for one in EXPECTED]

    @pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
    def test_utf_8_and_cp1252_say_the_same(self, encoding: str) -> None:
        text = (DATA / "horas-2026-10.csv").read_text(encoding="cp1252")
        rows = read_hours(text.encode(encoding), period=OCTOBER, members=range(1, 85)).rows
        assert (rows[0].number, rows[0].worked, rows[0].advance) == (1, 17750, 12050050)

    @pytest.mark.parametrize(
        ("cells", "problem"),
        [
            (("744,01", "", "", ""), ("Horas trabajadas", "more hours than the month has")),
            (("400,00", "300,00", "100,00", ""), ("Horas trabajadas", "more hours than the month has")),
            (("0", "", "800", ""), ("Horas vacaciones", "more hours than the month has")),
            (("8,005", "", "", ""), ("Horas trabajadas", "too many decimals")),
            (("8.5", "", "", ""), ("Horas trabajadas", "not a number")),
            (("8", "", "", "-1"), ("Adelanto", "negative")),
            (("8", "", "", "10.000.000.001,00"), ("Adelanto", "too large")),
            (("=1+1", "", "", ""), ("Horas trabajadas", "not a number")),
        ],
    )
    def test_a_bad_cell_is_named(self, cells: tuple[str, str, str, str], problem: tuple[str, str]) -> None:
        assert problems(hours_file([(1, *cells)])) == [(2, *problem)]

    def test_february_has_fewer_hours_than_october(self) -> None:
        content = hours_file([(1, "744,00", "", "", "")])
        assert problems(content, OCTOBER) == []
        assert problems(content, Period(2026, 2)) != []

    def test_a_missing_column_is_one_problem(self) -> None:
        assert problems(b"N\xb0 Socio;Horas trabajadas\r\n1;8,00") == [
            (1, "Horas enfermedad", "missing column"),
            (1, "Horas vacaciones", "missing column"),
            (1, "Adelanto", "missing column"),
        ]

    def test_what_is_no_spreadsheet_is_refused(self) -> None:
        for content in (b"", b"PK\x03\x04junk", b"%PDF-1.4", b"hola"):
            with pytest.raises(FileRefused):
                read_hours(content, period=OCTOBER, members=range(9))

    @given(st.binary(max_size=400))
    def test_whatever_the_bytes_it_answers_or_refuses(self, content: bytes) -> None:
        with contextlib.suppress(FileRefused):
            read_hours(b"N\xb0 Socio;Horas\r\n" + content, period=OCTOBER, members=range(9))

    @given(st.integers(0, 74400), st.integers(0, 10**12))
    def test_hours_and_cents_come_back_to_the_hundredth(self, hours: int, cents: int) -> None:
        written = (f"{hours // 100},{hours % 100:02d}", "", "", f"{cents // 100},{cents % 100:02d}")
        row = read_hours(hours_file([(1, *written)]), period=OCTOBER, members={1}).rows[0]
        assert (row.worked, row.advance) == (hours, cents)

    @pytest.mark.parametrize("text", ["2026-13", "10-2026", "2026/10", "", "octubre", "1999-12", "2026-1"])
    def test_what_is_no_month_is_said(self, text: str) -> None:
        with pytest.raises(Exception, match="no es un mes"):
            read_period(text)


@pytest.mark.django_db
class TestQuestions:
    def test_october_forgets_one_and_two_joined(self, town: PayDesk) -> None:
        town.set_unit()
        sheet = town.bring((DATA / "horas-2026-09.csv").read_bytes(), SEPTEMBER)
        assert [(one.person.number, one.question) for one in Month(sheet).questions] == [(81, Question.LEFT)]
        town.answer(sheet, 81, Question.LEFT, Answer.AS_IS, "")
        town.approve(town.prepare(sheet))
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        assert [(one.person.number, one.question) for one in Month(sheet).questions] == [
            (43, Question.MISSING),
            (83, Question.JOINED),
            (84, Question.JOINED),
        ]

    def test_typed_hours_are_paid_instead_of_the_files(self, town: PayDesk) -> None:
        town.set_unit()
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        town.answer(sheet, 43, Question.MISSING, Answer.HOURS, "se olvidó", (16000, 800, 0))
        town.answer(sheet, 83, Question.JOINED, Answer.AS_IS, "")
        town.answer(sheet, 84, Question.JOINED, Answer.HOURS, "eran menos", (8000, 0, 0))
        run = town.prepare(sheet)
        paid = dict(run.slips.values_list("number", "paid"))
        assert (paid[43], paid[83], paid[84], len(paid)) == (16800, 8800, 8000, 76)

    def test_answering_again_replaces_and_keeps_the_history(self, town: PayDesk) -> None:
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        town.answer(sheet, 43, Question.MISSING, Answer.HOURS, "se olvidó", (16000, 0, 0))
        town.answer(sheet, 43, Question.MISSING, Answer.NONE, "estuvo de viaje")
        given = next(one.given for one in Month(sheet).questions if one.person.number == 43)
        assert given is not None
        assert given.answer == Answer.NONE
        assert HoursAnswer.objects.count() == 2
        assert 43 not in {line.number for line in Month(sheet).lines}

    def test_who_was_not_on_the_register_is_a_question_not_a_crash(self, town: PayDesk) -> None:
        town.set_unit()
        gone = Member.objects.filter(left_on__lt=date(2026, 10, 1)).order_by("number")[0]
        sheet = town.bring([*same_hours(Member.objects.on_register(date(2026, 10, 1))), *same_hours([gone])])
        asked = {one.question for one in Month(sheet).questions if one.person.number == gone.number}
        assert asked == {Question.OUTSIDE}
        town.answer(sheet, gone, Question.OUTSIDE, Answer.NONE, "no trabajó")
        assert gone.number not in {line.number for line in Month(sheet).lines}

    def test_no_hours_keeps_the_advance_that_was_taken(self, town: PayDesk) -> None:
        sheet = town.bring([(1, "0,00", "", "", "500,00")])
        town.answer(sheet, 1, Question.MISSING, Answer.NONE, "licencia")
        line = next(one for one in Month(sheet).lines if one.number == 1)
        assert (line.hours, line.taken) == (0, 50_000)

    def test_a_short_month_for_everybody_is_no_question(self, town: PayDesk) -> None:
        everybody = list(Member.objects.on_register(date(2026, 10, 31)))
        there = list(Member.objects.on_register(date(2026, 9, 1)).filter(left_on__isnull=True))
        town.set_unit()
        first = town.bring([*same_hours(there), (81, "80,00", "", "", "")], SEPTEMBER)
        town.answer(first, 81, Question.LEFT, Answer.AS_IS)
        town.approve(town.prepare(first))
        rows = same_hours([one for one in everybody if one.number not in (5, 83, 84)], "88,00")
        sheet = town.bring([*rows, (5, "176,00", "", "", ""), *same_hours([], "")])
        far = {one.person.number for one in Month(sheet).questions if one.question == Question.FAR}
        assert far == {5}

    @pytest.mark.parametrize(
        ("answer", "reason", "worked"),
        [
            (Answer.AS_IS, "sí", None),
            (Answer.NONE, "", None),
            (Answer.HOURS, "sí", None),
            (Answer.HOURS, "", (100, 0, 0)),
            (Answer.NONE, "sí", (100, 0, 0)),
        ],
    )
    def test_half_an_answer_is_refused(
        self, town: PayDesk, answer: Answer, reason: str, worked: tuple[int, int, int] | None
    ) -> None:
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        with pytest.raises(AnswerIncomplete):
            town.answer(sheet, 43, Question.MISSING, answer, reason, worked)

    def test_typed_hours_fit_into_the_month(self, town: PayDesk) -> None:
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        with pytest.raises(MoreThanTheMonth, match="745 horas no entran"):
            town.answer(sheet, 43, Question.MISSING, Answer.HOURS, "sí", (74400, 100, 0))

    def test_what_was_not_asked_is_not_answered(self, town: PayDesk) -> None:
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        with pytest.raises(NoSuchQuestion):
            town.answer(sheet, 2, Question.MISSING, Answer.NONE)

    def test_all_or_nothing(self, town: PayDesk) -> None:
        with pytest.raises(FileHasProblems, match="6 errores"):
            town.bring((DATA / "horas-con-errores.csv").read_bytes())
        assert (HoursSheet.objects.count(), HoursLine.objects.count()) == (0, 0)

    def test_hours_of_a_month_to_come_are_refused(self, town: PayDesk) -> None:
        with pytest.raises(MonthToCome):
            town.bring(same_hours([town.treasurer]), Period(2026, 12))


@pytest.mark.django_db
class TestTheCommand:
    """Its clock is the real one: the sample months may still be to come for it, so it is given last month."""

    @pytest.fixture
    def month(self) -> Period:
        return Period.of(timezone.localdate()).before

    def test_json_lists_exactly_the_errors_of_a_spoiled_file(self, town: PayDesk, month: Period) -> None:
        out, file = io.StringIO(), str(DATA / "horas-con-errores.csv")
        with pytest.raises(SystemExit) as end:
            call_command("import_hours", file, "--period", str(month), "--json", stdout=out)
        assert end.value.code == 1
        told = json.loads(out.getvalue())
        assert [{key: one[key] for key in ("row", "column", "kind")} for one in told] == EXPECTED

    def test_it_takes_the_hours_in_for_who_keeps_the_accounts(self, town: PayDesk, month: Period) -> None:
        said = run_command(DATA / "horas-2026-10.csv", "--period", month)
        assert "responde" in said
        assert "Personas: 75." in said
        sheet = HoursSheet.objects.get()
        assert (sheet.by, sheet.came_by, sheet.lines.count()) == (town.treasurer, "command", 75)
        assert PayRun.objects.count() == 0

    def test_by_names_who_answers_and_must_keep_the_accounts(self, town: PayDesk, month: Period) -> None:
        with pytest.raises(CommandError, match="Hoy no tenés un cargo"):
            run_command(DATA / "horas-2026-10.csv", "--period", month, "--by", 2)
        with pytest.raises(CommandError, match="9999"):
            run_command(DATA / "horas-2026-10.csv", "--period", month, "--by", 9999)
        run_command(DATA / "horas-2026-10.csv", "--period", month, "--by", 1)
        assert HoursSheet.objects.get().by == town.treasurer

    def test_when_nobody_keeps_the_accounts_it_asks_who_answers(
        self, cooperative: object, month: Period
    ) -> None:
        import_register(content=(DATA / "padron.csv").read_bytes(), by=system(), at=PAY_DAY)
        with pytest.raises(CommandError, match="--by"):
            run_command(DATA / "horas-2026-10.csv", "--period", month)

    def test_a_dry_run_changes_nothing(self, town: PayDesk, month: Period) -> None:
        assert "no se guardó nada" in run_command(DATA / "horas-2026-10.csv", "--period", month, "--dry-run")
        told = json.loads(run_command(DATA / "horas-2026-10.csv", "--period", month, "--dry-run", "--json"))
        assert (told["members"], told["period"]) == (75, str(month))
        assert HoursSheet.objects.count() == 0

    def test_a_month_that_is_none_is_said(self, town: PayDesk) -> None:
        with pytest.raises(CommandError, match="no es un mes"):
            run_command(DATA / "horas-2026-10.csv", "--period", "10/2026")


@pytest.mark.django_db
class TestTheBrowser:
    @pytest.fixture
    def month(self) -> Period:
        return Period.of(timezone.localdate()).before

    @pytest.fixture
    def client(self, town: PayDesk) -> Client:
        return people.client_of(town.treasurer)

    def send(self, client: Client, name: str, month: Period) -> object:
        file = SimpleUploadedFile(name, (DATA / name).read_bytes())
        return client.post(reverse("payroll:import_hours"), {"period": str(month), "file": file})

    def test_a_good_file_is_shown_first_and_taken_in_when_confirmed(
        self, client: Client, month: Period
    ) -> None:
        seen = self.send(client, "horas-2026-10.csv", month)
        assert seen.status_code == 200
        assert HoursSheet.objects.count() == 0
        key = HoursUpload.objects.get().key
        done = client.post(reverse("payroll:confirm_hours", args=[key]), follow=True)
        assert "cargadas" in done.content.decode()
        assert HoursSheet.objects.get().lines.count() == 75
        assert HoursUpload.objects.count() == 0
        again = client.post(reverse("payroll:confirm_hours", args=[key]), follow=True)
        assert "ya se cargó" in again.content.decode()

    def test_a_spoiled_file_shows_every_problem_and_keeps_nothing(
        self, client: Client, month: Period
    ) -> None:
        seen = self.send(client, "horas-con-errores.csv", month)
        assert seen.status_code == 422
        assert "Hay 6 errores" in seen.content.decode()
        assert HoursUpload.objects.count() == 0

    def test_somebody_elses_upload_is_not_confirmed(
        self, client: Client, town: PayDesk, month: Period
    ) -> None:
        self.send(client, "horas-2026-10.csv", month)
        upload = HoursUpload.objects.get()
        HoursUpload.objects.create(
            by=town.second, at=timezone.now(), period=upload.period, name="x", content=upload.content
        )
        other = HoursUpload.objects.get(by=town.second)
        client.post(reverse("payroll:confirm_hours", args=[other.key]))
        assert HoursSheet.objects.count() == 0

    def test_questions_are_answered_in_the_page(self, client: Client, town: PayDesk) -> None:
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        url = reverse("payroll:answer", args=[sheet.pk])
        half = client.post(url, {"missing-43-answer": "hours", "missing-43-reason": "x"})
        assert half.status_code == 422
        assert HoursAnswer.objects.count() == 0
        typed = {
            "missing-43-answer": "hours",
            "missing-43-worked": "160,50",
            "missing-43-reason": "la olvidaron",
            "joined-83-answer": "as_is",
            "joined-83-reason": "",
        }
        assert client.post(url, typed).status_code == 302
        given = HoursAnswer.objects.get(member__number=43)
        assert (given.hours, given.reason, HoursAnswer.objects.count()) == ((16050, 0, 0), "la olvidaron", 2)

    def test_an_answer_can_be_changed_until_the_run_is_prepared(self, client: Client, town: PayDesk) -> None:
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        town.answer(sheet, 43, Question.MISSING, Answer.NONE)
        url = reverse("payroll:hours", args=[sheet.pk])
        assert 'name="missing-43-answer"' not in client.get(url).content.decode()
        changing = client.get(f"{url}?cambiar=missing-43").content.decode()
        assert 'name="missing-43-answer"' in changing

    def test_an_answer_that_is_changed_stands_as_it_was_typed(self, client: Client, town: PayDesk) -> None:
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        town.answer(sheet, 43, Question.MISSING, Answer.HOURS, "la olvidaron", (16050, 0, 0))
        url = reverse("payroll:hours", args=[sheet.pk])
        form = client.get(f"{url}?cambiar=missing-43").context["forms"][0]
        assert (form["answer"].value(), form["reason"].value()) == (Answer.HOURS, "la olvidaron")
        assert (form["worked"].value(), form["sick"].value()) == ("160,50", "0,00")

    def test_it_leads_to_the_prepared_run(self, client: Client, town: PayDesk) -> None:
        town.set_unit()
        sheet = town.bring((DATA / "horas-2026-10.csv").read_bytes())
        for number, question, answer in (
            (43, Question.MISSING, Answer.NONE),
            (83, Question.JOINED, Answer.AS_IS),
            (84, Question.JOINED, Answer.AS_IS),
        ):
            town.answer(sheet, number, question, answer)
        page = client.get(reverse("payroll:hours", args=[sheet.pk])).content.decode()
        assert "Preparar la liquidación" in page
        done = client.post(reverse("payroll:prepare", args=[sheet.pk]), follow=True).content.decode()
        assert "La tiene que aprobar otra persona" in done
        assert "así fue" in done
