"""What the owner's own triggers refuse, whoever asks; and two that freeze the same thing at once."""

import psycopg
import pytest

from coop.documents.models import Document
from coop.members.models import Member
from tests.documents.support import frozen
from tests.support.database import RealDatabase
from tests.support.together import at_once


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_document SET title = 'otro'",
        "UPDATE documents_document SET facts = '{}'",
        "UPDATE documents_part SET facts = '[1]'",
        "DELETE FROM documents_document",
        "DELETE FROM documents_part",
    ],
)
def test_what_was_frozen_does_not_change_by_the_owners_mistake_either(
    real_database: RealDatabase, member: Member, owner: psycopg.Connection, statement: str
) -> None:
    frozen(member)
    with pytest.raises(psycopg.errors.RaiseException, match="Cannot"):
        owner.execute(statement.encode())


def test_two_who_freeze_the_same_at_once_get_one_document(
    real_database: RealDatabase, member: Member
) -> None:
    outcomes = at_once([lambda: frozen(member).pk] * 6)
    assert set(outcomes) == {Document.objects.get().pk}
