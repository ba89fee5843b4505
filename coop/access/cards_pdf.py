"""The cards on paper: eight to an A4 page, with lines to cut along.

Drawn within the request by a small library, from memory to memory: WeasyPrint belongs to the workers, and
what is handed to a worker lies in a queue and in a table on the way. Nothing of a card is kept.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from fpdf import FPDF

from coop.access.domain.cards import Given
from coop.access.domain.codes import spoken

ACROSS, DOWN = 2, 4
PER_PAGE = ACROSS * DOWN
PAGE = (210.0, 297.0)
MARGIN = 8.0
WIDTH, HEIGHT = (PAGE[0] - 2 * MARGIN) / ACROSS, (PAGE[1] - 2 * MARGIN) / DOWN
QR = 34.0
INNER = 6.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all cards share: the cooperative's name, and the site's address (scheme and host)."""

    house: str
    site: str

    def address(self, code: str) -> str:
        """Where the QR leads."""
        return f"{self.site}/alta/{code}/"


def draw(given: Sequence[Given], sheet: Sheet) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title(_("Tarjetas de alta"))
    pdf.set_creator("Recuperada")
    fonts = settings.BASE_DIR / "static" / "fonts"
    for style, file in (("", "print-text"), ("B", "print-text-bold")):
        pdf.add_font("text", style, str(fonts / f"{file}.ttf"))
    pdf.add_font("heading", "", str(fonts / "print-heading.ttf"))
    for place, one in enumerate(given):
        on_page = place % PER_PAGE
        if on_page == 0:
            pdf.add_page()
            _cut_lines(pdf)
        _card(pdf, one, sheet, MARGIN + on_page % ACROSS * WIDTH, MARGIN + on_page // ACROSS * HEIGHT)
    return bytes(pdf.output())


def _cut_lines(pdf: FPDF) -> None:
    pdf.set_draw_color(120)
    pdf.set_line_width(0.2)
    pdf.set_dash_pattern(dash=2, gap=2)
    for column in range(ACROSS + 1):
        x = MARGIN + column * WIDTH
        pdf.line(x, MARGIN / 2, x, PAGE[1] - MARGIN / 2)
    for row in range(DOWN + 1):
        y = MARGIN + row * HEIGHT
        pdf.line(MARGIN / 2, y, PAGE[0] - MARGIN / 2, y)
    pdf.set_dash_pattern()


def _card(pdf: FPDF, one: Given, sheet: Sheet, left: float, top: float) -> None:
    x, width = left + INNER, WIDTH - 2 * INNER
    beside = width - QR - 5
    _line(pdf, x, top + 4, width, sheet.house, "text", "", 8.5)
    _line(pdf, x, top + 9, width, one.member.name, "heading", "", 17)
    number = _("Asociado/a N.º %(number)d") % {"number": one.member.number}
    _line(pdf, x, top + 19, beside, number, "text", "B", 11)
    says = _("Apuntá la cámara del teléfono al cuadrado, o entrá a %(where)s y escribí el código.")
    where = f"{sheet.site.partition('://')[2]}/alta"
    _block(pdf, x, top + 26, beside, says % {"where": where}, 8)
    holds = _("Sirve una sola vez y hasta el %(day)s. Es tuya: no se la des a nadie.")
    _block(pdf, x, top + 42, beside, holds % {"day": _day(one.card.expires_at)}, 8)
    _qr(pdf, sheet.address(one.code), x + width - QR, top + 19)
    _line(pdf, x, top + 55, width, spoken(one.code), "heading", "", 26)


def _day(at: datetime) -> str:
    return str(date_format(localtime(at), "SHORT_DATE_FORMAT"))


def _line(
    pdf: FPDF, x: float, y: float, width: float, text: str, family: str, style: str, size: float
) -> None:
    """One line, made smaller until it fits: a long name is still a name."""
    pdf.set_font(family, style, size)
    while pdf.get_string_width(text) > width and size > 6:
        size -= 0.5
        pdf.set_font(family, style, size)
    pdf.set_xy(x, y)
    pdf.cell(width, size * 0.45, text)


def _block(pdf: FPDF, x: float, y: float, width: float, text: str, size: float) -> None:
    pdf.set_font("text", "", size)
    pdf.set_xy(x, y)
    pdf.multi_cell(width, size * 0.45, text, align="L")


def _qr(pdf: FPDF, address: str, left: float, top: float) -> None:
    drawn = io.BytesIO()
    # One mask for all: choosing the best of eight takes ten times as long, and print is clean.
    segno.make(address, error="m", micro=False, mask=4).save(drawn, kind="png", scale=6, border=0)
    pdf.image(drawn, left, top, QR, QR)
