"""The matrix of every address by who asks: read from a file that people read, and found out by asking.

`tests/data/matrix.txt` is the promise. `MATRIX=write python -m pytest tests/test_matrix.py` writes what is
found instead; whoever commits that file has read what changed in it.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

FILE: Final = Path(__file__).parent.parent / "data" / "matrix.txt"
METHODS: Final = ("GET", "POST")
SEATS: Final = (
    *("president", "secretary", "treasurer", "member_1", "member_2"),
    *("alternate_1", "alternate_2", "auditor", "alternate_auditor"),
)
READERS: Final = ("stranger", "applicant", "member", "suspended", *SEATS, "former", "kiosk")
SHORT: Final = {
    "stranger": "strang",
    "applicant": "applic",
    "suspended": "suspen",
    "president": "presid",
    "secretary": "secret",
    "treasurer": "treasu",
    "member_1": "memb_1",
    "member_2": "memb_2",
    "alternate_1": "alt_1",
    "alternate_2": "alt_2",
    "alternate_auditor": "alt_au",
}
# What an answer is, in a word; a table has room for no more.
OK, IN, GO, NO, NONE, WRONG, NEVER, BROKEN = "ok", "in", "go", "no", "none", "wrong", "-", "BROKEN"
PROVE: Final = "prove"
WORDS: Final = {
    OK: "a page, or what was asked for",
    IN: "sent to sign in",
    GO: "sent elsewhere: it was done, or it is not to be had here",
    PROVE: "may do it, once they have proved again that it is them",
    NO: "forbidden: 403",
    NONE: "not there for them: 404",
    WRONG: "refused with a reason: 400, 409, 410, 413, 422, 429",
    NEVER: "this address does not take that method: 405",
}
WIDTH: Final = 64


@dataclass(frozen=True, slots=True)
class Line:
    """One address with one method. `args` are keys of the world's places, or themselves."""

    method: str
    name: str
    args: tuple[str, ...]
    outcomes: tuple[str, ...]

    @property
    def asked(self) -> str:
        return " ".join((self.method, self.name, *self.args))

    def of(self, reader: str) -> str:
        return self.outcomes[READERS.index(reader)]

    def __str__(self) -> str:
        asked = f"{self.method:<4} {' '.join((self.name, *self.args))}"
        return f"{asked:<{WIDTH}} {' '.join(f'{word:<6}' for word in self.outcomes)}".rstrip()


@dataclass(frozen=True, slots=True)
class World:
    """Cookies of each reader, and what the addresses' arguments stand for."""

    cookies: Mapping[str, Mapping[str, str]]
    places: Mapping[str, Any]

    def ask(self, line: Line, reader: str) -> str:
        """The outcome; whatever it did is undone."""
        cache.clear()
        browser = Client(raise_request_exception=False)
        browser.cookies.load(dict(self.cookies[reader]))
        url = reverse(line.name, args=[self.places.get(arg, arg) for arg in line.args])
        with transaction.atomic():
            answer = browser.get(url) if line.method == "GET" else browser.post(url)
            transaction.set_rollback(True)
        return outcome(answer)

    def asked(self, line: Line) -> Line:
        found = tuple(self.ask(line, reader) for reader in READERS)
        return Line(line.method, line.name, line.args, found)


def outcome(answer: HttpResponseBase) -> str:
    status = answer.status_code
    if b"data-confirm-form" in getattr(answer, "content", b""):
        return PROVE
    if status in (301, 302, 303, 307, 308):
        return IN if answer.headers["Location"].startswith("/ingresar/") else GO
    known = {200: OK, 204: OK, 304: OK, 401: IN, 403: NO, 404: NONE, 405: NEVER}
    if status in known:
        return known[status]
    return WRONG if status in (400, 409, 410, 413, 422, 429) else BROKEN


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every address of the site: its name, and its arguments with the kind of each."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            kinds = entry.pattern.converters
            yield f"{prefix}{entry.name}", {name: type(kind).__name__ for name, kind in kinds.items()}


def read(text: str) -> list[Line]:
    """The table's lines. ValueError for a line that is none."""
    lines = []
    for row in text.splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        words = re.split(r"\s+", row.strip())
        method, name, args = words[0], words[1], tuple(words[2 : -len(READERS)])
        outcomes = tuple(words[-len(READERS) :])
        if method not in METHODS or ":" not in name or not set(outcomes) <= set(WORDS):
            raise ValueError(f"no line of the matrix: {row}")
        lines.append(Line(method, name, args, outcomes))
    return lines


def table() -> list[Line]:
    return read(FILE.read_text(encoding="utf-8")) if FILE.exists() else []


def wanted(known: list[Line]) -> list[Line]:
    """Every address with both methods, with the arguments that the table knows for it, or made-up ones."""
    args: dict[str, list[tuple[str, ...]]] = {}
    for line in known:
        if line.args not in args.setdefault(line.name, []):
            args[line.name].append(line.args)
    made_up = {"IntConverter": "1", "UUIDConverter": str(uuid.UUID(int=0))}
    return [
        Line(method, name, chosen, ())
        for name, kinds in sorted(addresses())
        for chosen in args.get(name, [tuple(made_up.get(kind, "1") for kind in kinds.values())])
        for method in METHODS
    ]


def written(lines: list[Line]) -> str:
    """The whole file, with what the words mean above."""
    head = ["# Every address by who asks. GET and POST with nothing in it; each act is undone.", "#"]
    head += [f"#   {word:<6} {means}" for word, means in WORDS.items()]
    head += ["#", "# The order of the columns, and the whole names of those that are cut:"]
    head += [f"#   {SHORT[reader]:<6} {reader}" for reader in READERS if reader in SHORT]
    head += [
        "# `applicant` has asked to join and has no sign-in; `former` held the presidency until last year;"
    ]
    head += ["# `kiosk` is a device of the hall during somebody's turn.", "#"]
    titles = " ".join(f"{SHORT.get(reader, reader):<6}" for reader in READERS)
    body, room = [], ""
    for line in lines:
        if (now := line.name.partition(":")[0]) != room:
            room = now
            body += ["", f"# {f'{room}':<{WIDTH - 2}} {titles}".rstrip()]
        body.append(str(line))
    return "\n".join([*head, *body, ""])
