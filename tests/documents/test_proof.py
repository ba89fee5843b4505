"""A lie told by the owner, with the triggers off, is found again by whoever recomputes."""

import psycopg
import pytest

from coop.documents import proof
from coop.members.models import Member
from tests.documents.support import frozen, made
from tests.support.database import RealDatabase

LIES = [
    ('UPDATE documents_document SET facts = \'{"text": "otra cosa"}\'', "its facts are not"),
    ('UPDATE documents_part SET facts = \'[{"text": "mil"}]\'', "its facts are not"),
    ("UPDATE documents_document SET key = 'another'", "its control code"),
    ("UPDATE documents_document SET code = 'aaaa-aaaa-aaaa-aaaa'", "its control code"),
    ("DELETE FROM documents_file", "has no file"),
    (
        "ALTER TABLE documents_file DROP CONSTRAINT file_is_what_its_sha256_says;"
        "UPDATE documents_file SET content = overlay(content placing 'x'::bytea from 1)",
        "its file is not",
    ),
]


@pytest.mark.parametrize(("lie", "says"), LIES)
def test_a_lie_is_found(
    real_database: RealDatabase, member: Member, owner: psycopg.Connection, lie: str, says: str
) -> None:
    document = made(frozen(member))
    tell(owner, lie)
    broken = proof.run().broken
    assert broken is not None
    assert says in broken.says
    assert broken.row == f"document {document.pk}"


def test_a_missing_number_is_found(
    real_database: RealDatabase, member: Member, owner: psycopg.Connection
) -> None:
    for number in (7, 8, 9):
        frozen(member, key=str(number), series="actas", number=number)
    tell(owner, "DELETE FROM documents_part; DELETE FROM documents_document WHERE number = 8")
    broken = proof.run().broken
    assert broken is not None
    assert (broken.row, broken.says) == ("series actas", "number 8 is missing")


def tell(owner: psycopg.Connection, lie: str) -> None:
    tables = ("document", "part", "file")
    for table in tables:
        owner.execute(f"ALTER TABLE documents_{table} DISABLE TRIGGER USER".encode())
    owner.execute(lie.encode())
    for table in tables:
        owner.execute(f"ALTER TABLE documents_{table} ENABLE TRIGGER USER".encode())
