from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.common.spreadsheet import MAX_BYTES
from coop.statute.book_lines import LONGEST_FOLIO, LONGEST_TEXT, LONGEST_TITLE, LONGEST_WHERE, Copied
from coop.statute.models import BookLine, Matter
from coop.statute.proposals import Proposal, waiting_for


def _count(label: Any, at_least: int = 0, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=at_least, max_value=100_000, required=False
    )


class PaperForm(forms.Form):
    """One resolution as the book says it."""

    day = forms.DateField(
        label=_("Día en que se aprobó"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        localize=False,
    )
    title = forms.CharField(
        label=_("Qué se resolvió"),
        help_text=_("Una frase, con las palabras del libro."),
        max_length=LONGEST_TITLE,
    )
    matter = forms.ChoiceField(
        label=_("Materia"), choices=Matter.choices, initial=Matter.ORDINARY_DECISION.value
    )
    adopted_by = forms.CharField(
        label=_("Dónde se aprobó"),
        help_text=_("Asamblea o consejo, y número de acta: «Asamblea Ordinaria, acta N.º 45»."),
        max_length=LONGEST_WHERE,
    )
    folio = forms.CharField(label=_("Folio"), max_length=LONGEST_FOLIO, required=False)
    text = forms.CharField(
        label=_("Texto completo"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    yes = _count(_("Votos SÍ"), at_least=1, help_text=_("Solo si el libro dice cómo se votó."))
    no = _count(_("Votos NO"))
    abstain = _count(_("Abstenciones"))
    proposal = forms.ChoiceField(
        label=_("Proyecto que aprobó"),
        help_text=_("Si lo que se aprobó está presentado acá, al confirmarla empieza a regir."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {
            _key(proposal): (Matter(matter), proposal, title)
            for matter in Matter.values
            for proposal, title in waiting_for(matter)
        }
        if not self.waiting:
            del self.fields["proposal"]
            return
        choices = [("", _("Ninguno")), *((key, title) for key, (_m, _p, title) in self.waiting.items())]
        self.fields["proposal"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        votes = [data.get(name) for name in ("yes", "no", "abstain")]
        if votes[0] is None and any(vote is not None for vote in votes) and "yes" not in self.errors:
            self.add_error("yes", _("Están los otros votos y falta este: completá el recuento."))
        named = self.waiting.get(data.get("proposal", ""))
        if named is not None and named[0].value != data.get("matter"):
            label = {"matter": named[0].label}
            self.add_error("matter", _("El proyecto elegido es de otra materia: %(matter)s.") % label)
        return data

    def copied(self) -> Copied:
        data = self.cleaned_data
        named = self.waiting.get(data.get("proposal", ""))
        return Copied(
            day=data["day"],
            title=data["title"],
            adopted_by=data["adopted_by"],
            matter=Matter(data["matter"]),
            text=data["text"],
            folio=data["folio"],
            tally=None if data["yes"] is None else (data["yes"], data["no"] or 0, data["abstain"] or 0),
            proposal=named[1] if named else None,
        )


def _key(proposal: Proposal) -> str:
    return f"{proposal.kind}:{proposal.id}:{proposal.sha256}"


def written_in(line: BookLine) -> dict[str, Any]:
    """The form's values for a line that is corrected."""
    names = ("day", "title", "matter", "adopted_by", "folio", "text", "yes", "no", "abstain")
    key = f"{line.proposal_kind}:{line.proposal_id}:{line.proposal_sha256}" if line.proposal_kind else ""
    return {name: getattr(line, name) for name in names} | {"proposal": key}


class BookFileForm(forms.Form):
    file = forms.FileField(
        label=_("Planilla de resoluciones"),
        help_text=_("El archivo CSV que guarda tu planilla de cálculo. Hasta 2 MB y 5.000 filas."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("Elegí el archivo que querés cargar."),
            "empty": _("El archivo está vacío. Guardá la planilla como CSV y subí ese archivo."),
        },
    )

    def clean_file(self) -> Any:
        """Too big is refused by its size, before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("El archivo es demasiado grande: el máximo son 2 MB."))
        return file
