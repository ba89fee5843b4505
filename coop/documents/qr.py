"""Where a document can be verified, and the picture that leads there."""

import segno
from django.urls import reverse

from coop.documents.models import Document


def verify_url(document: Document) -> str:
    """Absolute, with the site's address as it was frozen; the path alone when the site had none."""
    return f"{document.site_url}{reverse('documents:verify', args=[document.code])}"


def picture(document: Document) -> str:
    """The QR of that address as a data URI: SVG, black on white. Empty for a site without an address."""
    if not document.site_url:
        return ""
    code = segno.make(verify_url(document), error="m", micro=False)
    return str(
        code.svg_data_uri(border=2, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    )
