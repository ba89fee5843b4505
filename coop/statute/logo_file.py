"""What a logo's file is, told from its bytes and not from its name: pure."""

import struct
from dataclasses import dataclass
from typing import Final

PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
LOGO_KINDS: Final = (PNG, JPEG)
LOGO_MOST_BYTES: Final = 200 * 1024
LOGO_MOST_PIXELS: Final = 2000
_PNG = b"\x89PNG\r\n\x1a\n"
# Where a JPEG says its size: start of frame, all kinds but the tables among them.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Marks without a length of their own.
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True)
class Picture:
    """Its type as in HTTP, and its size in pixels."""

    kind: str
    width: int
    height: int


def picture(content: bytes) -> Picture | None:
    """None when the bytes are no PNG and no JPEG, or end too soon to say how large it is."""
    if content.startswith(_PNG):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    return None


def _png(content: bytes) -> Picture | None:
    if content[12:16] != b"IHDR" or len(content) < 33 or not content.endswith(b"IEND\xaeB`\x82"):
        return None
    width, height = struct.unpack(">II", content[16:24])
    return Picture(PNG, width, height) if width and height else None


def _jpeg(content: bytes) -> Picture | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark in _BARE:
            at += 2
            continue
        if mark in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Picture(JPEG, width, height) if width and height else None
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None
