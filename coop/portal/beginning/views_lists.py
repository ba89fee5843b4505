"""The steps that take lists: the register, the council, the resolutions of the paper book."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from coop.members.middleware import MemberRequest
from coop.members.register_file.rows import NUMBER
from coop.portal.beginning import book, council, people
from coop.portal.beginning.forms import FileForm, PersonForm
from coop.portal.beginning.forms_council import CouncilForm
from coop.portal.beginning.pages import after, key_of, of_beginning, show, uploaded
from coop.portal.beginning.steps import Step, today_of
from coop.portal.models import Beginning

GET_OR_POST = ["GET", "HEAD", "POST"]
PEOPLE_PER_PAGE = 50
# More names than these in one list help nobody; a number can be typed all the same.
MOST_SUGGESTED = 1000


@of_beginning
@require_http_methods(GET_OR_POST)
def register(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    """The file of the register: its errors, or what it brought; and who is in the draft."""
    now = timezone.now()
    if request.method == "POST":
        key = key_of(request)
        sent = uploaded(request, lambda data: people.keep_file(key=key, content=data, at=now).problems)
        if not sent.kept:
            return show(request, beginning, Step.PEOPLE, "portal/begin_people.html", 422, **_file(sent))
        beginning.refresh_from_db()
        n = len(beginning.people)
        said = ngettext(
            "%(n)d persona cargada. Revisá que estén todas.",
            "%(n)d personas cargadas. Revisá que estén todas.",
            n,
        )
        messages.success(request, said % {"n": n})
        return redirect("portal:begin_people")
    file = people.read(beginning, now)
    today = today_of(beginning, now)
    here = sum(
        one.joined_on <= today and (one.left_on is None or one.left_on > today) for one in file.members
    )
    page = Paginator(file.members, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": FileForm(),
        "page": page,
        "warnings": file.warnings,
        "on_register": here,
    }
    context |= {"problems": file.problems, "file_name": _("lo que cargaste")} if file.problems else {}
    return show(request, beginning, Step.PEOPLE, "portal/begin_people.html", **context)


@of_beginning
@require_http_methods(GET_OR_POST)
def person(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    """One person, typed; with `?numero=` somebody of the draft, to correct."""
    if request.method != "POST":
        form = PersonForm(initial=_about(beginning, request.GET.get("numero", "")))
        return show(request, beginning, Step.PEOPLE, "portal/begin_person.html", form=form)
    form = PersonForm(request.POST)
    if form.is_valid() and _kept(request, form):
        messages.success(
            request, _("%(name)s está en el registro.") % {"name": form.line()["Apellido y Nombre"]}
        )
        return redirect("portal:begin_people" if form.cleaned_data["instead_of"] else "portal:begin_person")
    return show(request, beginning, Step.PEOPLE, "portal/begin_person.html", 422, form=form)


def _about(beginning: Beginning, number: str) -> dict[str, Any]:
    if not number:
        return {"number": people.next_number(beginning)}
    return PersonForm.typed_before(people.line_of(beginning, number)) | {"instead_of": number}


def _kept(request: MemberRequest, form: PersonForm) -> bool:
    problems = people.keep_person(
        key=key_of(request),
        line=form.line(),
        instead_of=form.cleaned_data["instead_of"],
        at=timezone.now(),
    )
    for problem in problems:
        form.add_error(form.COLUMNS.get(problem.column, "number"), problem.message)
    return not problems


@of_beginning
@require_POST
def drop_person(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    number = request.POST.get(NUMBER, request.POST.get("number", ""))
    name = people.drop_person(key=key_of(request), number=number, at=timezone.now())
    messages.success(request, _("%(name)s ya no está en lo cargado.") % {"name": name})
    return redirect("portal:begin_people")


@of_beginning
@require_http_methods(GET_OR_POST)
def seats(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    now = timezone.now()
    if request.method != "POST":
        return _seats(request, beginning, _council_form(beginning))
    form = CouncilForm(request.POST, seats=council.places(beginning))
    if not form.is_valid():
        return _seats(request, beginning, form, 422)
    read = council.keep(key=key_of(request), draft=form.draft(), at=now)
    for code, problems in read.wrong.items():
        for problem in problems:
            form.refuse(code, problem.column, problem.message)
    if not read.wrong and not read.earlier_wrong:
        return redirect(after(Step.COUNCIL))
    return _seats(
        request, beginning, form, 422, problems=read.earlier_wrong, file_name=_("los mandatos anteriores")
    )


@of_beginning
@require_POST
def terms_file(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    """Twenty years of terms: today's fill the seats, the others wait beside them."""
    now, key = timezone.now(), key_of(request)
    sent = uploaded(request, lambda data: council.keep_file(key=key, content=data, at=now).problems)
    if sent.kept:
        messages.success(request, _("Mandatos cargados. Revisá quién ocupa hoy cada cargo."))
        return redirect("portal:begin_council")
    form = _council_form(beginning)
    wrong = {"problems": sent.problems, "file_name": sent.name, "file_form": sent.form}
    return _seats(request, beginning, form, 422, **wrong)


@of_beginning
@require_POST
def drop_terms(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    council.drop_earlier(key=key_of(request), at=timezone.now())
    messages.success(request, _("Los mandatos anteriores ya no están en lo cargado."))
    return redirect("portal:begin_council")


def _council_form(beginning: Beginning) -> CouncilForm:
    """With what was typed before."""
    typed = CouncilForm.typed_before(beginning.council)
    return CouncilForm(initial=typed, seats=council.places(beginning))


def _seats(
    request: MemberRequest, beginning: Beginning, form: CouncilForm, status: int = 200, **more: Any
) -> HttpResponse:
    members = people.read(beginning, timezone.now()).members
    names = {str(one.number): f"{one.family_name}, {one.given_names}" for one in members}
    context = {
        "form": form,
        "rows": [row | {"name": names.get(str(row["number"].value() or ""), "")} for row in form.rows()],
        "people": list(names.items())[:MOST_SUGGESTED],
        "earlier": len(beginning.terms),
        "file_form": FileForm(),
    }
    page = "portal/begin_council.html"
    return show(request, beginning, Step.COUNCIL, page, status, **(context | more))


@of_beginning
@require_http_methods(GET_OR_POST)
def resolutions(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    now, page = timezone.now(), "portal/begin_resolutions.html"
    if request.method == "POST":
        key = key_of(request)
        sent = uploaded(request, lambda data: book.keep_file(key=key, content=data, at=now).problems)
        if sent.kept:
            messages.success(request, _("Resoluciones cargadas."))
            return redirect("portal:begin_resolutions")
        return show(request, beginning, Step.RESOLUTIONS, page, 422, **_file(sent))
    file = book.read(beginning, now)
    lines = Paginator(file.lines, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    return show(request, beginning, Step.RESOLUTIONS, page, form=FileForm(), page=lines)


@of_beginning
@require_POST
def drop_resolutions(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    book.drop(key=key_of(request), at=timezone.now())
    messages.success(request, _("Las resoluciones quedan para después."))
    return redirect("portal:begin_resolutions")


def _file(sent: Any) -> dict[str, Any]:
    return {"form": sent.form, "problems": sent.problems, "file_name": sent.name}
