"""What a value of a statute may be: numbers with their bounds, exact shares as text, words, choices."""

import re
from fractions import Fraction
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

# Sources that are no article of a law.
BYLAWS: Final = "reglamento interno"

ASSEMBLY_KINDS: Final = ("weekly", "ordinary", "extraordinary")
HOUR_KINDS: Final = ("worked", "sick", "holiday")

_SHARE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,9})?|[0-9]{1,9}/[1-9][0-9]{0,8}")
# What a person reads and a file keeps: no control signs, no marks of direction.
_LINE = r"^[^\p{C}]*$"
_WORDS = r"^[^\p{C}\s]([^\p{C}]*[^\p{C}\s])?$"


def _share(text: str) -> str:
    if not _SHARE.fullmatch(text):
        raise PydanticCustomError("not_a_share", "an exact share as text")
    if Fraction(text) > 1:
        raise PydanticCustomError("above_one", "at most 1")
    return text


def _multiple(text: str) -> str:
    if not _SHARE.fullmatch(text):
        raise PydanticCustomError("not_a_share", "an exact multiple as text")
    return text


Count = Annotated[int, Field(ge=0, le=10_000)]
Whole = Annotated[int, Field(ge=1, le=1_000)]
Minutes = Annotated[int, Field(ge=0, le=10_080)]
Days = Annotated[int, Field(ge=0, le=3_650)]
Months = Annotated[int, Field(ge=0, le=120)]
Years = Annotated[int, Field(ge=0, le=99)]
Age = Annotated[int, Field(ge=14, le=99)]
Cents = Annotated[int, Field(ge=1, le=10**15)]
Share = Annotated[str, AfterValidator(_share)]
Multiple = Annotated[str, AfterValidator(_multiple)]
Source = Annotated[str, StringConstraints(max_length=80, pattern=_LINE)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=_WORDS)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z_]+$")]
Key = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
Section = Annotated[str, StringConstraints(max_length=60, pattern=_LINE)]

Base = Literal["cast", "present", "roll"]
Abstention = Literal["absent", "counted"]
Barred = Literal["council", "auditor", "manager"]
Basis = Literal["hours", "pay", "head"]
PayBasis = Literal["hour", "day", "month"]
Frequency = Literal["week", "fortnight", "month"]
Country = Literal["AR", "UY", "BR", "XX"]
Vacancies = Literal["alternates_then_auditor", "alternates", "assembly"]
Reach = Literal["seat", "council"]
Balanced = Literal["sections", "genders"]
PositionKind = Literal["coordinator", "commission", "delegate"]
