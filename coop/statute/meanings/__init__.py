"""Each value of a statute as a sentence with its source, in the language that is active: pure."""

from coop.statute.meanings.changes import Change, changes
from coop.statute.meanings.moneys import fund_sentence
from coop.statute.meanings.votes import (
    call_words,
    calls_sentence,
    conditions,
    conflict_sentence,
    majority_sentence,
    way_sentence,
)
from coop.statute.meanings.whole import chapters, sections
from coop.statute.meanings.words import Chapter, Line, Section

__all__ = [
    "Change",
    "Chapter",
    "Line",
    "Section",
    "call_words",
    "calls_sentence",
    "changes",
    "chapters",
    "conditions",
    "conflict_sentence",
    "fund_sentence",
    "majority_sentence",
    "sections",
    "way_sentence",
]
