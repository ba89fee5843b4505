"""From facts to PDF: the only file that imports WeasyPrint, and only workers import this one.

Same facts, same bytes: every option is fixed, the identifier and the date come from the document, the fonts
are our own, and a template reaches neither the network nor the disk.
"""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from coop.documents import kinds, qr
from coop.documents.house import house_logo
from coop.documents.models import Document

# Not an address of anybody's: what follows it is a file of these folders under static/.
INSIDE = "https://print.invalid/"
FOLDERS = ("print", "fonts")
# PDF/UA: a screen reader finds headings, tables and their cells. Only where nothing is joined afterwards.
VARIANT = "pdf/ua-1"


class Unreachable(Exception):
    """A template asked for something outside the house."""


class OnlyOurs(URLFetcher):  # type: ignore[misc]
    """`data:` and our own print files. Anything else stops the document: a gap would be printed for ever."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        folder, _, name = url.removeprefix(INSIDE).partition("/")
        path = settings.BASE_DIR / "static" / folder / name
        if url.startswith(INSIDE) and folder in FOLDERS and Path(name).name == name and path.is_file():
            return URLFetcherResponse(url, path.read_bytes())
        raise FatalURLFetchingError(f"a template asked for {url[:200]}")


@cache
def _press() -> tuple[FontConfiguration, weasyprint.CSS]:
    """Fonts and stylesheet, read once in each process."""
    fonts = FontConfiguration()
    style = (settings.BASE_DIR / "static" / "print" / "document.css").read_text(encoding="utf-8")
    sheet = weasyprint.CSS(
        string=style, base_url=f"{INSIDE}print/", url_fetcher=OnlyOurs(), font_config=fonts
    )
    return fonts, sheet


def draw(document: Document, pieces: Sequence[Any]) -> bytes:
    """The template once for each of `pieces`, each with pages numbered from 1, as one PDF."""
    sources = pages_of(document, pieces)
    fonts, sheet = _press()
    alone = len(sources) == 1 and document.parts.count() == 1
    options: dict[str, Any] = {
        "stylesheets": [sheet],
        "pdf_variant": VARIANT if alone else None,
        "pdf_version": "1.7",
        "cache": {},
    }
    try:
        drawn = [
            weasyprint.HTML(string=source, base_url=f"{INSIDE}print/", url_fetcher=OnlyOurs()).render(
                font_config=fonts, **options
            )
            for source in sources
        ]
        whole = drawn[0] if alone else drawn[0].copy([page for one in drawn for page in one.pages])
        written: bytes = whole.write_pdf(pdf_identifier=document.facts_sha256[:32].encode(), **options)
        return written
    except FatalURLFetchingError as error:
        raise Unreachable(str(error)) from error


def pages_of(document: Document, pieces: Sequence[Any]) -> list[str]:
    """HTML in the cooperative's language and time zone."""
    kind = kinds.kind_of(document.kind)
    context = {
        "document": document,
        "kind": str(kind.label),
        "verify_url": qr.verify_url(document),
        "qr": qr.picture(document),
        "logo": house_logo(),
    }
    with translation.override(document.language), timezone.override(ZoneInfo(document.zone)):
        return [render_to_string(kind.template, context | {"facts": facts}) for facts in pieces]


def bind(document: Document, contents: Sequence[bytes]) -> tuple[bytes, int]:
    """One PDF of several, and how many pages it has. What pypdf writes holds neither dates nor chance."""
    if len(contents) == 1:
        return contents[0], len(PdfReader(io.BytesIO(contents[0])).pages)
    writer = PdfWriter()
    for content in contents:
        writer.append(io.BytesIO(content), import_outline=False)
    writer.metadata = {"/Title": document.title, "/Author": document.house, "/Creator": "Recuperada"}
    writer.root_object[NameObject("/Lang")] = TextStringObject(document.language)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue(), len(writer.pages)
