"""Finding a resolution by words, as people type them: stems, without accents, phrases in quotes, numbers."""

import re

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet

from coop.statute.models import Resolution
from coop.statute.words_index import ACCENTED, PLAIN

_PLAIN = str.maketrans(ACCENTED, PLAIN)
_NUMBER = re.compile(r"(?:n\.?\s*º?\s*)?([0-9]{1,6})/([0-9]{4})")
_TOKEN = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 12


def matching(found: QuerySet[Resolution], words: str) -> QuerySet[Resolution]:
    """Those with every word and phrase, the best match first; "12/2019" is that very one.

    A word matches its other forms ("reparación", "reparaciones", "reparacion") and longer words that begin
    with it. Without a word that means anything, all of them.
    """
    if number := _NUMBER.fullmatch(words.strip().lower()):
        return found.filter(number=int(number[1]), year=int(number[2]))
    query = _query(words)
    if query is None:
        return found
    return (
        found.filter(words=query)
        .annotate(rank=SearchRank(F("words"), query))
        .order_by("-rank", "-year", "-number")
    )


def _query(words: str) -> SearchQuery | None:
    query = None
    for phrase, word in _TOKEN.findall(words.lower())[:MOST_WORDS]:
        for part in [_phrase(phrase)] if phrase else [_word(piece) for piece in _WORD.findall(word)]:
            if part is not None:
                query = part if query is None else query & part
    return query


def _phrase(phrase: str) -> SearchQuery | None:
    if not _WORD.search(phrase):
        return None
    spelled = SearchQuery(phrase, config="spanish", search_type="phrase")
    return spelled | SearchQuery(phrase.translate(_PLAIN), config="spanish", search_type="phrase")


def _word(word: str) -> SearchQuery | None:
    """As written, unaccented, and with the accent that Spanish puts on -ión: the stemmer wants to see it."""
    plain = word.translate(_PLAIN)
    spellings = {word, plain, re.sub("ion$", "ión", plain)}
    query = None
    for spelling in sorted(spellings):
        part = SearchQuery(f"{spelling}:*", config="spanish", search_type="raw")
        query = part if query is None else query | part
    return query
