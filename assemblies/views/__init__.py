from assemblies.views.attendance import attendance, attendance_live, check_in, tick
from assemblies.views.board import board, board_live
from assemblies.views.hall import hall, kiosk_close
from assemblies.views.kiosk import (
    kiosk,
    kiosk_cast,
    kiosk_check_in,
    kiosk_done,
    kiosk_leave,
    kiosk_live,
    kiosk_turn,
)
from assemblies.views.mandates import give as mandate_give
from assemblies.views.mandates import mandate, mandates
from assemblies.views.meeting import (
    assembly_list,
    convene,
    detail,
    item_show,
    live,
    session_close,
    session_open,
)
from assemblies.views.minutes import minutes, minutes_book, minutes_signers, minutes_write
from assemblies.views.minutes_closing import minutes_close
from assemblies.views.motions import move, second, withdraw
from assemblies.views.polls import ballot_cast, named_list, poll, poll_close, poll_live, poll_open
from assemblies.views.putting import put

__all__ = [
    "assembly_list",
    "attendance",
    "attendance_live",
    "ballot_cast",
    "board",
    "board_live",
    "check_in",
    "convene",
    "detail",
    "hall",
    "item_show",
    "kiosk",
    "kiosk_cast",
    "kiosk_check_in",
    "kiosk_close",
    "kiosk_done",
    "kiosk_leave",
    "kiosk_live",
    "kiosk_turn",
    "live",
    "mandate",
    "mandate_give",
    "mandates",
    "minutes",
    "minutes_book",
    "minutes_close",
    "minutes_signers",
    "minutes_write",
    "move",
    "named_list",
    "poll",
    "poll_close",
    "poll_live",
    "poll_open",
    "put",
    "second",
    "session_close",
    "session_open",
    "tick",
    "withdraw",
]
