"""Whether an assembly is held today: a higher room knows, and says so here."""

from collections.abc import Callable
from datetime import datetime

Answer = Callable[[datetime], bool]
_answers: list[Answer] = []


def assembly_day(answer: Answer) -> Answer:
    """Registers `answer(at)`: whether an assembly is open at that instant or held on its day.

    Called from AppConfig.ready. Until somebody answers no day is one.
    """
    _answers[:] = [answer]
    return answer


def is_assembly_day(at: datetime) -> bool:
    return any(answer(at) for answer in _answers)
