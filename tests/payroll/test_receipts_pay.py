"""A worker's receipt: explained, acknowledged, objected to, on paper; and the hour's value by resolution."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from assemblies.enums import Choice
from assemblies.errors import AssemblyNotOpen, NotPresent
from assemblies.models import Assembly
from coop.common.errors import NotAllowed
from coop.common.home import cards_for
from coop.common.money import money
from coop.documents import rendering
from coop.members.models import Member
from coop.record.models import Act, Entry
from coop.statute.models import PayUnit
from coop.statute.proposals import Proposal
from payroll.cards_pay import pay_cards
from payroll.domain import receipts, units
from payroll.enums import Answer, Question
from payroll.errors_pay import (
    AlreadyObjected,
    EmptyObjection,
    NoReceiptYet,
    ProposalAdopted,
    ProposalIsAnother,
    UnitTooLate,
    UnitUnchanged,
    UnitWorthNothing,
)
from payroll.models import PayRun, Payslip, ReceiptMark
from payroll.receipt import facts_of, receipt_of
from tests.payroll.paying import PAY_DAY, UNIT, PayDesk, same_hours
from tests.support import people
from tests.support.desk import Desk
from tests.support.people import Instants

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)


@pytest.fixture
def pay(treasurer: Member, secretary: Member) -> PayDesk:
    return PayDesk(treasurer, secretary)


@pytest.fixture
def run(pay: PayDesk, members: list[Member]) -> PayRun:
    """Number 4 was ill a day and took an advance; number 5 took more than they are paid."""
    pay.set_unit()
    rows = [(4, "172,00", "4,00", "0,00", "120.500,00"), (5, "10,00", "", "", "200.000,00")]
    others = [one for one in members if one.number not in (4, 5)]
    sheet = pay.bring([*rows, *same_hours(others)])
    pay.answer(sheet, 5, Question.ADVANCE, Answer.AS_IS)
    return pay.approve(pay.prepare(sheet))


def squeezed(text: str) -> str:
    """Without the spaces and breaks that lines of print put in."""
    return "".join(text.split())


def slip(run: PayRun, number: int) -> Payslip:
    return run.slips.select_related("run").get(number=number)


class TestExplained:
    def test_every_line_is_told_and_they_sum_to_the_net(self, run: PayRun) -> None:
        for one in run.slips.all():
            told = receipt_of(one, run)
            assert sum(line.cents for line in told.all_lines) == one.net
            assert sum(line.cents for line in told.lines) == one.gross
        told = receipt_of(slip(run, 4), run)
        assert [line.text for line in told.all_lines] == [
            f"172,00 horas de trabajo × {money(UNIT)}",
            f"4,00 horas de enfermedad × {money(UNIT)}",
            "Adelanto de octubre de 2026",
        ]
        assert told.lines[0].note == "La hora vale eso desde el 01/01/2026, por la resolución 1/2026."
        assert told.lines[1].note == "Se pagan como las trabajadas: reglamento interno."
        assert told.net == 176 * UNIT - 12_050_000
        assert told.words == "un millón trescientos veintidós mil setecientos pesos"

    def test_what_did_not_fit_is_said(self, run: PayRun) -> None:
        told = receipt_of(slip(run, 5), run)
        assert told.net == 0
        assert "se descuenta lo que entra" in told.deductions[0].note
        said = f"Quedan {money(20_000_000 - 10 * UNIT)} de adelantos por descontar en los meses que siguen."
        assert said in told.notes

    def test_the_odd_cent_is_explained(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit(100_001)
        made = pay.paid(same_hours(members, "176,01"))
        assert any("sorteo" in note for note in receipt_of(made.slips.all()[0], made).notes)

    def test_the_register_is_not_read_again(self, run: PayRun) -> None:
        before = facts_of(slip(run, 4), run, DAY)
        Member.objects.filter(number=4).update(family_name="Otro", given_names="Nombre")
        assert facts_of(slip(run, 4), run, DAY) == before

    def test_it_speaks_english_too(self, run: PayRun) -> None:
        with translation.override("en"):
            assert receipt_of(slip(run, 4), run).words.startswith("one million three hundred")

    def test_the_page_shows_it_in_figures_and_words(self, run: PayRun, member: Member) -> None:
        page = (
            people.client_of(member).get(reverse("payroll:receipt", args=[slip(run, 4).pk])).content.decode()
        )
        assert money(176 * UNIT - 12_050_000) in page
        assert "Un millón trescientos veintidós mil setecientos pesos." in page

    def test_a_member_never_sees_what_another_owes(
        self, run: PayRun, member: Member, members: list[Member]
    ) -> None:
        url = reverse("payroll:run", args=[run.pk])
        page = people.client_of(members[5]).get(url).content.decode()
        assert money(176 * UNIT) in page
        assert "Queda debiendo" not in page
        secrets = {money(slip(run, 5).owed), money(12_050_000), money(slip(run, 4).net), "as_is", "así fue"}
        assert [one for one in secrets if one in page and one != money(run.owed)] == []
        officers = people.client_of(Member.objects.get(number=2)).get(url).content.decode()
        assert money(slip(run, 4).net) in officers
        assert "así fue" in officers


class TestMarks:
    def test_seen_once_and_stamped(self, run: PayRun, member: Member) -> None:
        browser = people.client_of(member)
        url = reverse("payroll:see_receipt", args=[slip(run, 4).pk])
        for _ in range(2):
            assert browser.post(url, follow=True).content.decode().count("Visto") >= 1
        assert ReceiptMark.objects.count() == 1

    def test_nobody_sees_for_another(self, run: PayRun, members: list[Member]) -> None:
        with pytest.raises(Payslip.DoesNotExist):
            receipts.see(payslip_id=slip(run, 4).pk, by=members[5].actor, at=PAY_DAY)

    def test_an_objection_reaches_the_treasurer_and_nobody_else(
        self, run: PayRun, member: Member, treasurer: Member, members: list[Member], secretary: Member
    ) -> None:
        now = timezone.now()
        receipts.object_to(payslip_id=slip(run, 4).pk, text="Falté un día menos", by=member.actor, at=now)
        assert any("objeción" in card.title for card in cards_for(treasurer.pk, now))
        for other in (secretary, members[5]):
            assert not any("objeción" in card.title for card in cards_for(other.pk, now))
        url = reverse("payroll:run", args=[run.pk])
        assert "Falté un día menos" in people.client_of(treasurer).get(url).content.decode()
        for other in (secretary, members[5]):
            assert "Falté un día menos" not in people.client_of(other).get(url).content.decode()

    def test_an_objection_says_what_and_is_made_once(self, run: PayRun, member: Member) -> None:
        key = slip(run, 4).pk
        with pytest.raises(EmptyObjection):
            receipts.object_to(payslip_id=key, text=" \u200b ", by=member.actor, at=PAY_DAY)
        receipts.object_to(payslip_id=key, text="No cierra", by=member.actor, at=PAY_DAY)
        receipts.object_to(payslip_id=key, text="No cierra", by=member.actor, at=PAY_DAY)
        with pytest.raises(AlreadyObjected):
            receipts.object_to(payslip_id=key, text="Otra cosa", by=member.actor, at=PAY_DAY)


class TestOnPaper:
    def test_the_receipt_is_frozen_once_with_what_the_page_says(self, run: PayRun, member: Member) -> None:
        one = receipts.freeze_receipt(payslip_id=slip(run, 4).pk, by=member.actor, at=PAY_DAY)
        again = receipts.freeze_receipt(payslip_id=slip(run, 4).pk, by=member.actor, at=PAY_DAY)
        assert one == again
        assert one.facts["net"] == money(176 * UNIT - 12_050_000)
        assert [line["amount"] for line in one.facts["lines"]][-1] == money(-12_050_000)
        assert one.facts["approved"] == "03/11/2026"

    def test_the_papers_text_is_what_was_frozen(self, run: PayRun, members: list[Member]) -> None:
        for number in (4, 5):
            one = receipts.freeze_receipt(
                payslip_id=slip(run, number).pk, by=members[number - 1].actor, at=PAY_DAY
            )
            told = [
                one.facts[name] for name in ("name", "tax_number", "net", "words", "approved", "run_sha256")
            ]
            told += [text for line in one.facts["lines"] for text in line.values()] + one.facts["notes"]
            pages = PdfReader(io.BytesIO(rendering.draw(one, [one.facts]))).pages
            assert len(pages) == 1
            printed = squeezed(pages[0].extract_text())
            assert [text for text in told if squeezed(text) not in printed] == []

    def test_all_receipts_are_one_document_in_the_order_of_names(
        self, run: PayRun, secretary: Member
    ) -> None:
        document = receipts.freeze_receipts(run_id=run.pk, by=secretary.actor, at=PAY_DAY)
        names = [facts["name"] for part in document.parts.order_by("position") for facts in part.facts]
        assert names == list(run.slips.order_by("sort_name").values_list("name", flat=True))

    def test_only_officers_ask_for_all_of_them(self, run: PayRun, members: list[Member]) -> None:
        with pytest.raises(NotAllowed):
            receipts.freeze_receipts(run_id=run.pk, by=members[5].actor, at=PAY_DAY)

    def test_before_the_approval_there_is_none(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        waiting = pay.prepare(pay.bring(same_hours(members)))
        with pytest.raises(NoReceiptYet):
            receipts.freeze_receipts(run_id=waiting.pk, by=pay.second.actor, at=PAY_DAY)


class TestCards:
    def test_who_is_told_what(
        self, pay: PayDesk, members: list[Member], member: Member, president: Member
    ) -> None:
        now = timezone.now()
        pay.at = now
        pay.set_unit()
        waiting = pay.prepare(pay.bring(same_hours(members)))

        def told(who: Member) -> set[str]:
            return {card.action for card in cards_for(who.pk, now) if "/cuentas/" in card.url}

        assert told(president) == told(pay.second) == {"Revisar y aprobar"}
        assert told(pay.treasurer) == {"Ver"}
        assert told(member) == set()
        pay.approve(waiting)
        for who in (president, pay.treasurer, member):
            assert "Ver el recibo" in told(who)
        receipts.see(payslip_id=slip(waiting, 4).pk, by=member.actor, at=now)
        assert told(member) == set()


class TestTheUnit:
    def draft(self, treasurer: Member, cents: int = 900_000, since: date = date(2026, 11, 1)) -> object:
        return units.draft(
            cents=cents, holds_from=since, why="Por la inflación", by=treasurer.actor, at=Instants.convening
        )

    def test_an_assembly_sets_it_and_the_payslip_cites_it(
        self, desk: Desk, session: Assembly, members: list[Member], pay: PayDesk
    ) -> None:
        made = self.draft(pay.treasurer, since=date(2026, 10, 1))
        item = session.items.get(position=2)
        moved = units.put(
            proposal_id=made.pk,
            item_id=item.pk,
            mover=pay.treasurer,
            by=pay.treasurer.actor,
            at=Instants.moving,
        )
        assert (moved.title, moved.text) == (
            "Valor de la hora: $ 9.000,00 desde el 01/10/2026",
            "Por la inflación",
        )
        poll = desk.open_poll(desk.second(moved, members[4]))
        for voter in members[:5]:
            desk.vote(poll, voter, Choice.YES)
        closed = desk.close_poll(poll)
        unit = PayUnit.objects.get()
        assert (unit.cents_per_hour, unit.holds_from, unit.resolution) == (
            900_000,
            date(2026, 10, 1),
            closed.resolution,
        )
        assert Entry.objects.get(act=Act.PAY_UNIT_SET).facts == {
            "cents": 900_000,
            "holds_from": "2026-10-01",
            "resolution": str(closed.resolution),
        }
        paid = pay.paid(same_hours(members))
        assert str(closed.resolution) in receipt_of(slip(paid, 4), paid).lines[0].note

    def test_a_rejected_proposal_sets_nothing(
        self, desk: Desk, session: Assembly, members: list[Member], treasurer: Member
    ) -> None:
        made = self.draft(treasurer)
        item = session.items.get(position=2)
        moved = units.put(
            proposal_id=made.pk, item_id=item.pk, mover=treasurer, by=treasurer.actor, at=Instants.moving
        )
        poll = desk.open_poll(desk.second(moved, members[4]))
        desk.vote(poll, members[4], Choice.NO)
        desk.close_poll(poll)
        assert PayUnit.objects.count() == 0

    def test_it_is_moved_in_an_open_assembly_by_who_is_there(
        self, desk: Desk, assembly: Assembly, members: list[Member], treasurer: Member
    ) -> None:
        made = self.draft(treasurer)
        item = assembly.items.get(position=2)
        put = {"proposal_id": made.pk, "item_id": item.pk, "mover": treasurer, "by": treasurer.actor}
        with pytest.raises(AssemblyNotOpen):
            units.put(**put, at=Instants.moving)
        desk.arrive(assembly, [one for one in members if one != treasurer])
        desk.open(assembly)
        with pytest.raises(NotPresent):
            units.put(**put, at=Instants.moving)

    def test_only_who_keeps_the_accounts_drafts(self, president: Member) -> None:
        with pytest.raises(NotAllowed):
            self.draft(president)

    def test_a_day_that_is_paid_already_is_too_late(self, run: PayRun, treasurer: Member) -> None:
        with pytest.raises(UnitTooLate, match="31/10/2026"):
            self.draft(treasurer, since=date(2026, 10, 31))
        assert self.draft(treasurer, since=date(2026, 11, 1)).pk

    def test_it_is_worth_something_and_something_else_than_now(self, run: PayRun, treasurer: Member) -> None:
        with pytest.raises(UnitWorthNothing):
            self.draft(treasurer, 0)
        with pytest.raises(UnitUnchanged):
            self.draft(treasurer, UNIT)

    def test_a_proposal_with_other_facts_is_not_voted(self, treasurer: Member) -> None:
        made = self.draft(treasurer)
        forged = {**made.facts, "cents": 1}
        for other in (
            Proposal("pay_unit", made.pk, made.sha256, forged),
            Proposal("pay_unit", made.pk + 1, made.sha256, made.facts),
            Proposal("pay_unit", made.pk, "0" * 64, made.facts),
        ):
            with pytest.raises(ProposalIsAnother):
                units.check(other, PAY_DAY)

    def test_what_was_adopted_is_not_moved_again(
        self, desk: Desk, session: Assembly, members: list[Member], pay: PayDesk
    ) -> None:
        adopted = pay.set_unit()
        item = session.items.get(position=2)
        with pytest.raises(ProposalAdopted, match=str(adopted.resolution)):
            units.put(
                proposal_id=adopted.resolution.proposal_id,
                item_id=item.pk,
                mover=pay.treasurer,
                by=pay.treasurer.actor,
                at=Instants.moving,
            )

    def test_between_motion_and_vote_a_paid_month_stops_the_poll(
        self, desk: Desk, session: Assembly, members: list[Member], pay: PayDesk
    ) -> None:
        pay.set_unit()
        made = self.draft(pay.treasurer, since=date(2026, 10, 1))
        item = session.items.get(position=2)
        moved = units.put(
            proposal_id=made.pk,
            item_id=item.pk,
            mover=pay.treasurer,
            by=pay.treasurer.actor,
            at=Instants.moving,
        )
        seconded = desk.second(moved, members[4])
        pay.paid(same_hours(members))
        with pytest.raises(UnitTooLate):
            desk.open_poll(seconded)

    def test_the_page_drafts_and_moves_it(
        self, desk: Desk, treasurer: Member, members: list[Member], cooperative: object
    ) -> None:
        browser = people.client_of(treasurer)
        typed = {"cents": "9.000,00", "holds_from": "2026-12-01", "why": ""}
        page = browser.post(reverse("payroll:draft_unit"), typed, follow=True)
        assert page.status_code == 200
        assert "no hay ninguna asamblea abierta" in page.content.decode()
        bad = browser.post(reverse("payroll:draft_unit"), {"cents": "9000.00", "holds_from": "2026-12-01"})
        assert bad.status_code == 422


@pytest.mark.parametrize(("days", "shown"), [(1, True), (100, True), (179, True), (181, False)])
def test_a_receipt_waits_half_a_year_to_be_seen(
    pay: PayDesk, members: list[Member], days: int, shown: bool
) -> None:
    pay.set_unit()
    run = pay.paid(same_hours(members))
    titles = [card.title for card in pay_cards(members[5].pk, run.approved_at + timedelta(days=days))]
    assert ("Tu recibo de octubre de 2026" in titles) is shown


def test_only_who_may_approve_is_called_to(pay: PayDesk, members: list[Member]) -> None:
    pay.set_unit()
    pay.prepare(pay.bring(same_hours(members)))
    readers = [people.client_of(one) for one in (pay.treasurer, pay.second)]
    pages = [reader.get(reverse("payroll:accounts")).content.decode() for reader in readers]
    assert ["sheet call" in page for page in pages] == [False, True]
