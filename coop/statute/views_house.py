"""The cooperative's own data: everybody reads them, whoever keeps the house corrects them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.common.errors import DomainError
from coop.common.http import public
from coop.common.time import local_day
from coop.powers import Power, may, require
from coop.statute.cooperative import FIELDS, change_cooperative, drop_logo, set_logo
from coop.statute.domain import cooperative
from coop.statute.forms_house import HouseForm, LogoForm
from coop.statute.logo_file import LOGO_MOST_BYTES
from coop.statute.models import Logo
from coop.statute.views import Asked


@require_safe
def house(request: Asked) -> HttpResponse:
    known, now = cooperative(), timezone.now()
    context = {
        "room": "books",
        "house": known,
        "year": known.fiscal_year(local_day(now, known.tz)),
        "may_change": may(request.actor, Power.KEEP_HOUSE, now),
    }
    return render(request, "statute/house.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def house_change(request: Asked) -> HttpResponse:
    """Two forms: the data, and the logo's file (`what=logo`)."""
    now = timezone.now()
    require(request.actor, Power.KEEP_HOUSE, now)
    known = cooperative()
    sent, wants_logo = request.method == "POST", request.POST.get("what") == "logo"
    initial = {name: getattr(known, name) for name in FIELDS} | {"tax_number": known.tax_number_shown}
    form = HouseForm(request.POST if sent and not wants_logo else None, house=known, initial=initial)
    logo_form = LogoForm(request.POST, request.FILES) if sent and wants_logo else LogoForm()
    done = _took_logo(request, logo_form) if wants_logo else _took(request, form)
    if done:
        return redirect("statute:house")
    context = {"room": "books", "house": known, "form": form, "logo_form": logo_form}
    return render(request, "statute/house_change.html", context, status=422 if sent else 200)


@require_POST
def logo_drop(request: Asked) -> HttpResponse:
    drop_logo(by=request.actor, at=timezone.now())
    messages.success(request, _("El logo se sacó."))
    return redirect("statute:house")


@public
@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """The picture, for papers and pages; whoever may see the sign-in page may see it."""
    mark = Logo.objects.values_list("sha256", flat=True).first()
    if mark is None:
        raise Http404
    etag = f'"{mark[:32]}"'
    # Asked with its mark the picture never changes; without it the browser asks again.
    kept = "public, max-age=31536000, immutable" if request.GET.get("v") == mark[:12] else "no-cache"
    headers = {"ETag": etag, "Cache-Control": kept, "X-Content-Type-Options": "nosniff"}
    found = get_conditional_response(request, etag=etag)
    if found is not None:
        return found
    held = Logo.objects.get()
    return HttpResponse(bytes(held.content), content_type=held.kind, headers=headers)


def _took(request: Asked, form: HouseForm) -> bool:
    if not form.is_valid():
        return False
    if change_cooperative(values=form.cleaned_data, by=request.actor, at=timezone.now()):
        messages.success(request, _("Los datos quedaron guardados. Qué cambió figura en el libro de actos."))
    else:
        messages.info(request, _("No cambió nada."))
    return True


def _took_logo(request: Asked, form: LogoForm) -> bool:
    if not form.is_valid():
        return False
    try:
        content = form.cleaned_data["logo"].read(LOGO_MOST_BYTES + 1)
        set_logo(content=content, by=request.actor, at=timezone.now())
    except DomainError as error:
        form.add_error("logo", str(error))
        return False
    messages.success(request, _("El logo quedó guardado."))
    return True
