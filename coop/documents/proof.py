"""What `manage.py verify` recomputes of the documents, from the data alone."""

import hashlib
from collections.abc import Iterator

from django.db.models import Prefetch

from coop.common.proof import Broken, Checked
from coop.documents import codes
from coop.documents.models import Document, File, Part


def run() -> Checked:
    """Oldest first, up to the first that does not hold; then the numbers of each series."""
    rows = 0
    digests = _digests()
    parts = Prefetch("parts", queryset=Part.objects.defer("content"))
    for document in Document.objects.order_by("pk").prefetch_related(parts).iterator(chunk_size=50):
        rows += 1
        if says := _wrong(document, digests.get(document.pk)):
            return Checked(rows, Broken(row=f"document {document.pk}", says=says))
    for series, number in _gaps():
        return Checked(rows, Broken(row=f"series {series}", says=f"number {number} is missing"))
    return Checked(rows)


def _wrong(document: Document, file: tuple[str, str] | None) -> str:
    parts = [facts for part in document.parts.all() for facts in part.facts]
    if document.facts_sha256 != codes.seal(document.facts, parts):
        return "its facts are not what their SHA-256 says"
    code = codes.code_of(
        kind=document.kind, key=document.key, facts_sha256=document.facts_sha256, salt=document.salt
    )
    if document.code != code:
        return "its control code does not follow from its facts"
    if document.is_ready != (file is not None):
        return "it is ready and has no file, or has a file and is not ready"
    if file and file[0] != file[1]:
        return "its file is not what its SHA-256 says"
    return ""


def _digests() -> dict[int, tuple[str, str]]:
    """For each file: what its row says and what its bytes say. One file in memory at a time."""
    files = File.objects.order_by("pk").iterator(chunk_size=1)
    return {file.pk: (file.sha256, hashlib.sha256(file.content).hexdigest()) for file in files}


def _gaps() -> Iterator[tuple[str, int]]:
    """The first number that is missing in each series that has a gap."""
    numbered = Document.objects.exclude(series="").order_by("series", "number")
    last: dict[str, int] = {}
    for series, number in numbered.values_list("series", "number"):
        expected = last.get(series, int(number or 0) - 1) + 1
        if number != expected:
            yield series, expected
        last[series] = int(number or 0)
