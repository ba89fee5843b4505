"""Accounts where people are paid, and who confirms a change."""

import pytest

from coop.common.errors import NotAllowed
from coop.common.proof import proofs
from coop.members.models import Member
from coop.record.models import Act, Entry
from coop.shares import banks
from coop.shares import errors_bank as errors
from coop.shares.domain import bank
from coop.shares.enums import ChangeState, Method
from coop.shares.models import BankChange, PaymentMethod
from tests.shares.sharing import CBU, CVU, NOW, OTHER
from tests.support.raw import refused, refused_rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "account", "name"),
    [
        ("2850590940090418135201", CBU, "Banco Macro"),
        (" 28505909 4009.0418-135201 ", CBU, "Banco Macro"),
        (OTHER, OTHER, "Banco de la Nación Argentina"),
        (CVU, CVU, "billetera virtual (CVU)"),
    ],
)
def test_an_account_is_22_figures_that_add_up_and_its_bank_is_named(written, account, name):
    assert banks.parse_account(written) == account
    assert banks.bank_of(account) == name
    assert banks.shown(account) == f"{name} …{account[-4:]}"


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("perro.gato.loro", errors.AliasRefused),
        ("", errors.AliasRefused),
        ("٢٨٥٠٥٩٠٩٤٠٠٩٠٤١٨١٣٥٢٠١", errors.AliasRefused),
        ("285059094009041813520", errors.WrongLength),
        ("2850590940090418135202", errors.WrongDigits),
        ("2850590490090418135201", errors.WrongDigits),
    ],
)
def test_an_alias_or_a_wrong_figure_is_refused_and_says_why(written, error):
    with pytest.raises(error) as refused_:
        banks.parse_account(written)
    assert str(refused_.value)


def test_a_bank_without_a_name_is_called_by_its_code():
    assert banks.bank_of("999" + "0" * 19) == "banco 999"


def ask(member: Member, account: str = CBU, by: Member | None = None) -> BankChange:
    return bank.ask(member_id=member.pk, account=account, by=(by or member).actor, at=NOW)


def second(change: BankChange, by: Member) -> BankChange:
    return bank.confirm_second(change_id=change.pk, by=by.actor, at=NOW)


def test_a_change_holds_once_its_owner_and_a_second_person_confirmed(member, treasurer, president):
    change = ask(member, by=treasurer)
    assert change.own_at is None
    change = second(change, president)
    member.refresh_from_db()
    assert (change.state, member.bank_account) == (ChangeState.WAITING, "")
    change = bank.confirm_own(change_id=change.pk, by=member.actor, at=NOW)
    member.refresh_from_db()
    assert (change.state, member.bank_account) == (ChangeState.DONE, CBU)
    told = Entry.objects.get(act=Act.BANK_CHANGED)
    assert told.facts["confirmed_by"] == president.name
    assert CBU not in told.sealed
    assert CBU[-4:] not in told.sealed


def test_who_asked_and_whose_it_is_do_not_confirm_as_second(member, treasurer, president, secretary):
    change = ask(member, by=treasurer)
    with pytest.raises(errors.NotASecondPerson):
        second(change, treasurer)
    own = ask(president)
    with pytest.raises(errors.NotASecondPerson):
        second(own, president)
    with pytest.raises(NotAllowed):
        second(own, member)
    second(own, secretary)
    president.refresh_from_db()
    assert president.bank_account == CBU


def test_only_the_owner_confirms_as_owner_and_once(member, members, treasurer):
    change = ask(member, by=treasurer)
    with pytest.raises(errors.OwnConfirmationOnly):
        bank.confirm_own(change_id=change.pk, by=members[4].actor, at=NOW)
    bank.confirm_own(change_id=change.pk, by=member.actor, at=NOW)
    with pytest.raises(errors.AlreadyConfirmed):
        bank.confirm_own(change_id=change.pk, by=member.actor, at=NOW)


def test_nobody_asks_for_somebody_else_without_the_books_or_the_register(member, members, president):
    with pytest.raises(errors.NotYours):
        ask(member, by=members[4])
    with pytest.raises(errors.NotYours):
        ask(member, by=president)


def test_one_change_waits_at_a_time_and_a_dropped_one_leaves_nothing(member, president):
    change = ask(member)
    with pytest.raises(errors.ChangeWaits):
        ask(member, OTHER)
    with pytest.raises(errors.WhyMissing):
        bank.drop(change_id=change.pk, why=" ", by=member.actor, at=NOW)
    bank.drop(change_id=change.pk, why="Me equivoqué", by=member.actor, at=NOW)
    with pytest.raises(errors.NotWaiting):
        second(change, president)
    second(ask(member, OTHER), president)
    with pytest.raises(errors.SameAccount):
        ask(member, OTHER)


def test_an_account_from_the_register_file_does_not_replace_a_confirmed_one(member, president):
    second(ask(member), president)
    Member.objects.filter(pk=member.pk).update(bank_account=OTHER)
    assert bank.how_paid([member.pk])[member.pk].account == CBU


def test_how_one_is_paid_is_ones_own_choice_or_the_treasurers(member, treasurer, president):
    with pytest.raises(errors.NoAccount):
        bank.choose_method(member_id=member.pk, method=Method.BANK, by=member.actor, at=NOW)
    second(ask(member), president)
    for wrong in ({}, {"cents": 1, "percent": 5}, {"percent": 100}, {"cents": 0}):
        with pytest.raises(errors.SplitOutOfRange):
            bank.choose_method(member_id=member.pk, method=Method.SPLIT, by=member.actor, at=NOW, **wrong)
    with pytest.raises(errors.NotYours):
        bank.choose_method(member_id=member.pk, method=Method.CASH, by=president.actor, at=NOW)
    bank.choose_method(member_id=member.pk, method=Method.SPLIT, percent=40, by=treasurer.actor, at=NOW)
    assert bank.how_paid([member.pk])[member.pk].to_bank(1000) == 400
    bank.choose_method(member_id=member.pk, method=Method.SPLIT, percent=40, by=member.actor, at=NOW)
    assert PaymentMethod.objects.count() == 1


# --- going round Python ---


def test_database_refuses_a_second_person_who_is_the_first(member, treasurer, president):
    change = ask(member, by=treasurer)
    for who in (member, treasurer):
        refused(
            "UPDATE shares_bankchange SET second_by_id = %s, second_at = now() WHERE id = %s",
            [who.pk, change.pk],
            match="bank_change_has_a_second_person",
        )
    refused(
        "UPDATE shares_bankchange SET state = 'done', second_by_id = %s, second_at = now() WHERE id = %s",
        [president.pk, change.pk],
        match="bank_change_is_confirmed_by_both",
    )
    refused("UPDATE shares_bankchange SET new = %s", [OTHER], match="denied")
    refused("DELETE FROM shares_bankchange", match="denied")
    second(change, president)
    refused("UPDATE shares_bankchange SET second_by_id = NULL, second_at = NULL", match="confirmed stays")


def test_database_refuses_a_change_that_begins_confirmed(member, treasurer, president):
    values = {"member": member, "new": CBU, "asked_at": NOW, "asked_by": treasurer}
    refused_rows(BankChange(**values, own_at=NOW), match="begins waiting")
    refused_rows(
        BankChange(**values, own_at=NOW, second_by=president, second_at=NOW, state="done"),
        match="begins waiting",
    )
    refused_rows(BankChange(**{**values, "new": "123"}), match="bank_account_has_22_digits")
    ask(member)
    refused_rows(BankChange(**values), match="bank_change_one_at_a_time")


def test_a_decided_change_stays(member, president):
    change = second(ask(member), president)
    for field in ("own_at = now()", "state = 'waiting'", "dropped_why = 'x'"):
        refused(f"UPDATE shares_bankchange SET {field} WHERE id = {change.pk}", match="Cannot update|stays")


def test_the_proof_finds_what_was_confirmed_whole(member, president):
    second(ask(member), president)
    assert {one.name: one.run().broken for one in proofs() if one.name in ("bank", "shares", "refunds")} == {
        "bank": None,
        "shares": None,
        "refunds": None,
    }
