"""Spanish is the language of the code; English is complete beside it; both keep to the house's words."""

import gettext as gnu
import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import django
import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext, pgettext

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
ENGLISH = LOCALE / "en/LC_MESSAGES/django.po"
SPANISH = LOCALE / "es_AR/LC_MESSAGES/django.po"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# A msgid, after its context and \x04 if it has one; msgstrs by plural form (one form when it has no plural).
Catalogue = dict[str, dict[int, str]]

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w+\}")
TAG = re.compile(r"</?\w+[^>]*>")
WORD = re.compile(r"[^\W\d_]+")

# Text that is not a sentence of ours: names, the switch of languages, the components' sample control code.
SAME_IN_EVERY_LANGUAGE = {"Recuperada", "Español", "English", "9f2c 41d7 0ab3 88e1", "CUIL", "Folio"} | {
    "python manage.py begin",
    "python manage.py set_password",
    "manage.py draw sorteo.json --json",
}
HIDDEN = (
    re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL),
    re.compile(r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", re.DOTALL),
    re.compile(r"\{% block (?:\w+_class|theme) %\}.*?\{% endblock [^%]*%\}", re.DOTALL),
)
SHOWN_ATTRIBUTES = {"alt", "aria-label", "data-label", "data-says", "placeholder", "title"}
SHOWN_ARGUMENTS = "action|action_label|kicker|label|of|says|small|text|threshold_label|title|verdict"

NOT_OUR_SPANISH = frozenset(
    WORD.findall("""
    usuario usuarios usuaria usuarias sueldo sueldos salario salarios empleado empleada empleados empleadas
    haberes hash contraseña contraseñas socio socia socios socias cliquea clic click login email password
    tienes puedes quieres debes eres haz ingresas elige escribe selecciona introduce introduzca introduzcas
    asegúrese verifique usted ustedes vosotros envía pulsa contigo
    """)
)
SPANISH_WORDS = frozenset(
    WORD.findall("""
    el la los las lo del al que para con una uno unos por se te tu tus su sus es son fue ya más muy pero hoy
    está están hay desde hasta cuando como cada todo todos toda todas nada nadie otro otra quién qué cómo sí
    voto votos votar votación moción mociones apoya apoyo presente presentes ausente quórum abstengo
    resolución resoluciones aprobada rechazada asamblea asambleas libros consejo cuenta registro
    asociado asociada asociados asociadas clave salir cerrar cerrada abierta volver ver día lugar punto leer
    entrar cargo cargos
    vacante aparato acto actos código planilla fila columna archivo número nombre apellido correo sesión
    cooperativa secretaría presidencia tesorería mandato mandatos convocatoria padrón acta boleta
    """)
)
# English that quotes Spanish: what a spreadsheet has to say, the language's own name, a town.
QUOTES_SPANISH = {
    "Español": {"español"},
    "No existe el cargo «%(value)s». Escribilo como en el estatuto: Presidencia, Vocalía 1…": {"presidencia"},
}
# The head of a spreadsheet's column, and a command, are quoted as they stand.
COLUMN_TITLES = ("N° Socio", "manage.py set_password")
QUOTES_COLUMNS = re.compile(
    r"^(Columnas: |El archivo CSV con las columnas |La primera fila lleva los títulos)"
)
SPANISH_LETTERS = re.compile(r"[áéíóúüÁÉÍÓÚ¿¡«»]")


@pytest.fixture(scope="module")
def update() -> ModuleType:
    """The script that brings the catalogues up to date."""
    spec = importlib.util.spec_from_file_location("catalogues", LOCALE / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def fresh(update: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the script would make of the English catalogue now."""
    catalogue: Path = update.merged(tmp_path_factory.mktemp("sources"))
    return catalogue


def read(mo: Path) -> Catalogue:
    with mo.open("rb") as file:
        held = gnu.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    read: Catalogue = {}
    for key, text in held.items():
        msgid, form = key if isinstance(key, tuple) else (key, 0)
        if msgid:
            read.setdefault(msgid, {})[form] = text
    return read


def english() -> Catalogue:
    return read(ENGLISH.with_suffix(".mo"))


def spoken(msgid: str) -> str:
    """The sentence itself, without its context."""
    return msgid.rpartition("\x04")[2]


def without_titles(text: str) -> str:
    for title in COLUMN_TITLES:
        text = text.replace(title, "")
    return text


def words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(PLACEHOLDER.sub(" ", TAG.sub(" ", text)))}


# The catalogues


def test_every_sentence_has_its_english(update: ModuleType, fresh: Path) -> None:
    assert update.chosen(fresh, "untranslated") == "", "run locale/update.py and write the English"


def test_no_english_is_a_guess(update: ModuleType, fresh: Path) -> None:
    assert update.chosen(fresh, "only-fuzzy") == "", "run locale/update.py and check the guesses"


def test_no_english_outlives_its_sentence(update: ModuleType, fresh: Path, tmp_path: Path) -> None:
    wanted = read(update.compiled(fresh, tmp_path / "fresh.mo"))
    assert sorted(set(english()) - set(wanted)) == [], "run locale/update.py"
    assert "#~" not in ENGLISH.read_text()


@pytest.mark.parametrize("catalogue", [ENGLISH, SPANISH], ids=["en", "es_AR"])
def test_what_is_served_was_made_from_what_is_written(
    update: ModuleType, tmp_path: Path, catalogue: Path
) -> None:
    made = update.compiled(catalogue, tmp_path / "made.mo")
    assert read(made) == read(catalogue.with_suffix(".mo")), "run locale/update.py"


@pytest.mark.parametrize("catalogue", [ENGLISH, SPANISH], ids=["en", "es_AR"])
def test_a_translation_keeps_every_placeholder_and_tag(catalogue: Path) -> None:
    """The singular here; a plural may say more than the singular, and `msgfmt --check` compares it."""

    def parts(text: str) -> tuple[set[str], Counter[str]]:
        return set(PLACEHOLDER.findall(text)), Counter(TAG.findall(text))

    held = read(catalogue.with_suffix(".mo"))
    assert [
        (msgid, forms[0]) for msgid, forms in held.items() if parts(spoken(msgid)) != parts(forms[0])
    ] == []


def test_the_english_has_no_spanish_in_it() -> None:
    found = {}
    for msgid, forms in english().items():
        for text in forms.values():
            if QUOTES_COLUMNS.search(msgid):
                continue
            left = (words(text) & SPANISH_WORDS) - QUOTES_SPANISH.get(msgid, set())
            if left or (SPANISH_LETTERS.search(text) and msgid not in QUOTES_SPANISH):
                found[msgid] = text
    assert found == {}


def test_our_spanish_catalogue_only_rewords_django() -> None:
    folder = Path(django.__file__).parent
    theirs = {
        msgid
        for source in ("conf", "contrib/auth", "contrib/contenttypes", "contrib/postgres")
        for msgid in read(folder / source / "locale/es_AR/LC_MESSAGES/django.mo")
    }
    assert set(read(SPANISH.with_suffix(".mo"))) - theirs == set()


# The words


def test_our_own_sentences_come_out_as_written() -> None:
    """No entry of Django's Spanish catalogue gets between the code and the screen."""
    with translation.override("es-ar"):
        for msgid in english():
            context, _, sentence = msgid.rpartition("\x04")
            shown = pgettext(context, sentence) if context else gettext(sentence)
            assert shown == sentence or sentence in SAME_IN_EVERY_LANGUAGE


def test_spanish_plurals_need_no_catalogue() -> None:
    with translation.override("es-ar"):
        told = [ngettext("%(n)d pato amarillo", "%(n)d patos amarillos", n) % {"n": n} for n in (0, 1, 2)]
    assert told == ["0 patos amarillos", "1 pato amarillo", "2 patos amarillos"]


def test_the_screen_speaks_as_an_equal_and_in_the_words_of_the_trade() -> None:
    ours = [spoken(msgid) for msgid in english()]
    reworded = [text for forms in read(SPANISH.with_suffix(".mo")).values() for text in forms.values()]
    shown = [text for template in TEMPLATES for text in visible(template)]
    said = [without_titles(text) for text in ours + reworded + shown]
    assert [text for text in said if words(text) & NOT_OUR_SPANISH] == []


def test_a_plural_form_is_looked_at_too() -> None:
    """Compiled catalogues drop msgid_plural, so the sources are asked."""
    plurals = re.findall(r'^msgid_plural "(.*)"$', ENGLISH.read_text(), re.MULTILINE)
    assert plurals
    assert [text for text in plurals if words(text) & NOT_OUR_SPANISH] == []


# The templates


class Visible(HTMLParser):
    """Collects what a reader sees or hears: text outside scripts and styles, and the attributes that tell."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.found += [value for name, value in attrs if name in SHOWN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data.strip())


def visible(template: Path) -> Iterator[str]:
    """Text of a template that no translate tag covers."""
    source = template.read_text()
    for hidden in HIDDEN:
        source = hidden.sub("", source)
    for tag in re.findall(r"\{% include .*?%\}", source, flags=re.DOTALL):
        yield from re.findall(rf"\b(?:{SHOWN_ARGUMENTS})=\"([^\"]+)\"", tag)
    parser = Visible()
    parser.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL))
    yield from parser.found


def test_every_text_of_a_template_can_be_translated() -> None:
    assert [
        (template.relative_to(ROOT), text)
        for template in TEMPLATES
        for text in visible(template)
        if re.search(r"[^\W\d_]{2}", text) and text not in SAME_IN_EVERY_LANGUAGE
    ] == []


# Days, hours and numbers


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            "es-ar",
            {
                "DATETIME_FORMAT": "sáb 21 nov 2026, 8:00",
                "SHORT_DATETIME_FORMAT": "21/11/2026 8:00",
                "DATE_FORMAT": "21 de noviembre de 2026",
                "SHORT_DATE_FORMAT": "21/11/2026",
                "MONTH_DAY_FORMAT": "21\u00a0nov",
                "TIME_FORMAT": "8:00",
                "l": "sábado",
            },
        ),
        (
            "en",
            {
                "DATETIME_FORMAT": "Sat 21 Nov 2026, 8:00",
                "SHORT_DATETIME_FORMAT": "21 Nov 2026 8:00",
                "DATE_FORMAT": "21 November 2026",
                "SHORT_DATE_FORMAT": "21 Nov 2026",
                "MONTH_DAY_FORMAT": "21\u00a0Nov",
                "TIME_FORMAT": "8:00",
                "l": "Saturday",
            },
        ),
    ],
)
def test_a_moment_reads_as_its_language_writes_it(language: str, shown: dict[str, str]) -> None:
    moment = datetime(2026, 11, 21, 8, 0)
    with translation.override(language):
        assert {name: date_format(moment, name) for name in shown} == shown


def test_spanish_days_and_months_are_in_lower_case() -> None:
    with translation.override("es-ar"):
        days = [date_format(date(2026, 11, day), "D l") for day in range(1, 8)]
        months = [date_format(date(2026, month, 1), "b F N") for month in range(1, 13)]
    assert [text for text in days + months if text != text.lower()] == []
    assert [text.split()[0] for text in days] == ["dom", "lun", "mar", "mié", "jue", "vie", "sáb"]
    assert [text.split()[0] for text in months] == [
        *("ene", "feb", "mar", "abr", "may", "jun"),
        *("jul", "ago", "sep", "oct", "nov", "dic"),
    ]


@pytest.mark.parametrize(("language", "shown"), [("es-ar", "1.284.350,50"), ("en", "1,284,350.50")])
def test_a_number_reads_as_its_language_writes_it(language: str, shown: str) -> None:
    with translation.override(language):
        assert number_format("1284350.50", decimal_pos=2, force_grouping=True) == shown


def test_a_weak_password_is_refused_in_our_words() -> None:
    with translation.override("es-ar"), pytest.raises(ValidationError) as refused:
        validate_password("123456789")
    assert refused.value.messages == [
        "La clave tiene que tener al menos 10 letras o números.",
        "Esa clave la usa mucha gente y se adivina. Elegí otra.",
        "La clave no puede ser de números solos. Agregale letras.",
    ]
