"""The path in short: two members check in, move, second, vote, change. In any language."""

from dataclasses import dataclass

from django.utils.translation import gettext, override

from assemblies.enums import Choice
from assemblies.models import Assembly, Motion, Poll
from tests.support.browser import Person


@dataclass(frozen=True, slots=True)
class Path:
    """Pages are opened anew before every act, so that nothing depends on a script."""

    chair: Person
    mover: Person
    seconder: Person
    assembly: Assembly
    language: str = "es-ar"
    # Without them no page turns to anything by itself.
    scripts: bool = True

    def word(self, spanish: str, **figures: object) -> str:
        with override(self.language):
            return gettext(spanish) % figures if figures else gettext(spanish)

    def choice(self, choice: Choice) -> str:
        with override(self.language):
            return str(choice.label)

    def walk(self, title: str) -> Poll:
        for person in (self.mover, self.seconder):
            person.open("assemblies:detail", self.assembly.pk)
            person.press(self.word("Estoy presente"))
            person.sees(self.word("Estás en el registro de asistencia"))
        poll = self._opened(self._moved(title))
        self.vote(self.mover, Choice.YES)
        self.mover.press(self.word("Cambiar mi voto"))
        self.confirm(self.mover, Choice.NO)
        self.mover.open("assemblies:poll", poll.pk)
        self.mover.sees(self._registered(Choice.NO))
        self.mover.press(self.word("Cambiar mi voto"))
        self.confirm(self.mover, Choice.YES)
        self.vote(self.seconder, Choice.ABSTAIN)
        self.chair.open("assemblies:detail", self.assembly.pk)
        self.chair.page.locator("#cerrar summary").click()
        self.chair.press(self.word("Sí, cerrar la votación"))
        self.chair.sees(self.word("Aprobada"))
        # Their page turns to the result by itself, and would take the place of one that is opened meanwhile.
        if self.scripts:
            self.mover.page.locator(".stamp").first.wait_for()
        self.mover.open("assemblies:poll", poll.pk)
        self.mover.sees(
            self.word(
                "%(yes)d es más que la mitad de %(base)d (%(yes)d SÍ + %(no)d NO).", yes=1, base=1, no=0
            )
        )
        poll.refresh_from_db()
        return poll

    def vote(self, person: Person, choice: Choice) -> None:
        person.open("portal:home")
        person.press(self.word("Votá ahora"))
        self.confirm(person, choice)

    def confirm(self, person: Person, choice: Choice) -> None:
        person.choose(choice)
        person.page.locator("[data-confirm]").click()
        person.sees(self._registered(choice))

    def _moved(self, title: str) -> Motion:
        self.mover.press(self.word("Presentar una moción"))
        self.mover.fill(self.word("¿Qué proponés?"), title)
        self.mover.press(self.word("Presentar la moción"))
        self.mover.sees(self.word("La moción quedó presentada."))
        self.seconder.open("assemblies:detail", self.assembly.pk)
        self.seconder.press(self.word("Apoyo esta moción"))
        self.seconder.sees(self.word("Lista para votar"))
        return Motion.objects.get(title=title)

    def _opened(self, motion: Motion) -> Poll:
        self.chair.open("assemblies:detail", self.assembly.pk)
        self.chair.press(self.word("Abrir la votación"))
        self.chair.page.locator("#cerrar summary").wait_for()
        return Poll.objects.get(motion=motion)

    def _registered(self, choice: Choice) -> str:
        return self.word("Tu voto quedó registrado: %(choice)s", choice=self.choice(choice))
