"""What is frozen stays as it was, is numbered without gaps, and is asked for once."""

import pytest
from django.db import transaction

from coop.documents import codes
from coop.documents.domain import PER_PART, find, freeze, next_number
from coop.documents.models import Document
from coop.members.models import Member
from tests.documents.support import KIND, PARTED, frozen

pytestmark = pytest.mark.django_db


def test_a_document_keeps_its_facts_and_whose_it_is(member: Member) -> None:
    document = Document.objects.get(pk=frozen(member).pk)
    assert document.facts == {"text": "Se resuelve comprar la prensa."}
    assert document.facts_sha256 == codes.seal(document.facts)
    assert (document.house, document.language) == ("Cooperativa de Trabajo La Chimenea", "es-ar")
    assert (document.by_number, document.by_name, document.state) == (member.number, member.name, "queued")
    assert find(KIND.name, "1") == document


def test_the_same_key_gives_the_document_that_is_there(member: Member) -> None:
    first = frozen(member)
    assert frozen(member, facts={"text": "otra cosa"}) == first
    assert Document.objects.count() == 1
    assert first.parts.count() == 1


def test_one_key_may_be_used_by_two_kinds(member: Member) -> None:
    assert frozen(member) != frozen(member, kind=PARTED.name)


def test_parts_are_made_by_the_handful_and_sealed_with_the_document(member: Member, at: type) -> None:
    facts = [{"text": f"Recibo {number}"} for number in range(PER_PART + 1)]
    document = frozen(member, parts=facts)
    assert [part.facts for part in document.parts.all()] == [facts[:PER_PART], facts[PER_PART:]]
    assert document.progress == (0, 2)
    assert document.facts_sha256 == codes.seal(document.facts, facts) != codes.seal(document.facts)


def test_a_float_is_no_fact(member: Member) -> None:
    for facts in ({"hours": 7.5}, {"rows": [{"cents": [1.0]}]}):
        with pytest.raises(TypeError, match="floats"):
            frozen(member, facts=facts)


def test_a_kind_that_nobody_registered_is_a_programmers_mistake(member: Member) -> None:
    with pytest.raises(KeyError):
        frozen(member, kind="unheard of")


def test_a_series_is_numbered_from_its_first_number_on(member: Member) -> None:
    assert next_number("recibos") == 1
    frozen(member, key="41", series="actas", number=41)
    assert next_number("actas") == 42
    frozen(member, key="42", series="actas", number=42)
    assert next_number("recibos") == 1


def test_two_documents_with_the_same_facts_have_codes_of_their_own(member: Member) -> None:
    """Who can guess the facts cannot work out the code."""
    one, other = frozen(member), frozen(member, key="2")
    assert one.facts_sha256 == other.facts_sha256
    assert one.code != other.code


def test_nothing_is_asked_for_when_the_transaction_is_rolled_back(
    member: Member, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:  # type: ignore[operator]
        try:
            with transaction.atomic():
                frozen(member)
                raise KeyError
        except KeyError:
            pass
    assert callbacks == []


def test_who_holds_no_seat_may_freeze_for_a_verb_that_has_asked(member: Member, at: type) -> None:
    document = freeze(kind=KIND.name, key="9", title="T", facts={}, by=member.actor, at=at.closing)
    assert document.frozen_at == at.closing
