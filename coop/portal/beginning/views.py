"""Through the door with the server's code, step by step, and out with the first card."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from coop.common.errors import DomainError
from coop.common.http import public
from coop.members import session
from coop.members.middleware import MemberRequest
from coop.portal.beginning import choosing, finishing, opening
from coop.portal.beginning.findings import whole
from coop.portal.beginning.forms import CodeForm, HouseForm, StatuteForm
from coop.portal.beginning.house import keep_house, keep_statute
from coop.portal.beginning.pages import KEY, PAGES, after, key_of, of_beginning, show, step_lines
from coop.portal.beginning.steps import Step, first_open
from coop.portal.models import Beginning
from coop.statute.meanings import chapters
from coop.statute.models import Matter
from coop.statute.ready_made import READY_MADE

GET_OR_POST = ["GET", "HEAD", "POST"]


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(GET_OR_POST)
def begin(request: MemberRequest) -> HttpResponse:
    """The door: asks for the code, or shows how far one has come. Where there is a cooperative it is shut."""
    beginning = opening.held(key_of(request))
    if request.cooperative:
        if beginning and not request.member:
            return redirect("portal:begin_done")
        if choosing.was_chosen() or choosing.offers_own(request):
            return _choice(request)
        return render(request, "portal/begin_over.html", status=410)
    if beginning:
        context = {"beginning": beginning, "steps": step_lines(beginning), "next": _next(beginning)}
        return render(request, "portal/begin_steps.html", context)
    if request.method != "POST":
        form = CodeForm(initial={"code": request.GET.get("codigo", "")[:60]})
        return render(request, "portal/begin_code.html", {"form": form})
    form = CodeForm(request.POST)
    return _through_the_door(request, form) or _no(request, form)


def _choice(request: MemberRequest) -> HttpResponse:
    """Beside the demonstration. The header tells the waiting page that it is still the demonstration."""
    if request.method == "POST" and choosing.offers_own(request):
        choosing.choose_own()
    response = render(request, "portal/begin_choice.html", {"waiting": choosing.was_chosen()})
    if choosing.was_chosen():
        response.headers["X-Beginning"] = "waiting"
    return response


def _through_the_door(request: MemberRequest, form: CodeForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    address, now = session.address_of(request), timezone.now()
    try:
        key = opening.open_with(code=form.cleaned_data["code"], address=address, at=now)
    except DomainError as error:
        form.add_error("code", str(error))
        return None
    request.session.flush()
    rotate_token(request)
    request.session[KEY] = key
    return redirect("portal:begin")


def _no(request: MemberRequest, form: CodeForm) -> HttpResponse:
    return render(request, "portal/begin_code.html", {"form": form}, status=422)


def _next(beginning: Beginning) -> str:
    step = first_open(beginning)
    return PAGES[step][0] if step else "portal:begin_review"


@of_beginning
@require_http_methods(GET_OR_POST)
def house(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    form = HouseForm(request.POST or None, initial=beginning.house)
    if form.is_valid():
        keep_house(key=key_of(request), house=form.cleaned_data, at=timezone.now())
        return redirect(after(Step.HOUSE))
    status = 422 if form.is_bound else 200
    return show(request, beginning, Step.HOUSE, "portal/begin_house.html", status, form=form)


@of_beginning
@require_http_methods(GET_OR_POST)
def statute(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    since = {"holds_from": beginning.house.get("founded_on", "")}
    form = StatuteForm(request.POST or None, initial=since | beginning.statute)
    if form.is_valid():
        keep_statute(key=key_of(request), statute=form.cleaned_data, at=timezone.now())
        return redirect(after(Step.STATUTE))
    models = [(one, form["model"].value() == one.key) for one in READY_MADE.values()]
    status = 422 if form.is_bound else 200
    page = "portal/begin_statute.html"
    return show(request, beginning, Step.STATUTE, page, status, form=form, models=models)


@of_beginning
@require_safe
def statute_model(request: MemberRequest, beginning: Beginning, key: str) -> HttpResponse:
    """A ready-made statute, every value as a sentence with its source."""
    if key not in READY_MADE:
        raise Http404
    words = {matter.value: matter.label for matter in Matter}
    model = READY_MADE[key]
    read = chapters(model.rules, words)
    page = "portal/begin_statute_model.html"
    return show(request, beginning, Step.STATUTE, page, model=model, chapters=read)


@of_beginning
@require_http_methods(GET_OR_POST)
def review(request: MemberRequest, beginning: Beginning) -> HttpResponse:
    """Everything once more, with what is still missing; pressing the button begins the cooperative."""
    now, refused = timezone.now(), ""
    if request.method == "POST":
        try:
            finishing.finish(key=key_of(request), at=now)
        except DomainError as error:
            refused = str(error)
        else:
            messages.success(request, _("Tu cooperativa está en marcha."))
            return redirect("portal:begin_done")
    seen = whole(beginning, now)
    known = {one.number: one for one in seen.register.members}
    context = {
        "beginning": beginning,
        "steps": step_lines(beginning),
        "refused": refused,
        "seen": seen,
        "statute": READY_MADE.get(beginning.statute.get("model", "")),
        "secretary": known.get(seen.secretary) if seen.secretary else None,
        "stops": [(finding, PAGES[finding.step][0]) for finding in seen.findings if finding.stops],
        "notes": [(finding, PAGES[finding.step][0]) for finding in seen.findings if not finding.stops],
    }
    return render(request, "portal/begin_review.html", context, status=422 if refused else 200)
