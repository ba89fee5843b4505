"""What is mine: how to reach me, who sees it, and everything that is held about me."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.members import correcting, looks
from coop.members.asking import done, page, region, sent
from coop.members.correcting import Reach
from coop.members.forms_register import ContactForm
from coop.members.held import held_about
from coop.members.middleware import MemberRequest
from coop.members.models import Contact
from coop.members.printing import print_held

FIELDS = tuple(Reach.__dataclass_fields__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: MemberRequest) -> HttpResponse:
    """A member keeps this alone: no office changes it here."""
    member = request.member
    kept = Contact.objects.filter(member=member).first() or Contact(member=member)
    initial = {field: getattr(member if field in correcting.ON_MEMBER else kept, field) for field in FIELDS}
    form = ContactForm(sent(request), initial=initial, region=region(request))
    if request.method == "POST" and done(
        form,
        lambda: correcting.keep_contact(
            member_id=member.pk, reach=Reach(**form.cleaned_data), by=request.actor, at=timezone.now()
        ),
    ):
        messages.success(request, _("Tus datos de contacto quedaron guardados."))
        return redirect("members:contact")
    return page(request, "members/contact.html", form)


@never_cache
@require_safe
def held(request: MemberRequest) -> HttpResponse:
    """Everything that any room keeps about me, and who looked at it."""
    context = {
        "room": "books",
        "held": held_about(request.member.pk, timezone.now()),
        "looks": looks.taken_at(request.member.pk),
    }
    return render(request, "members/held.html", context)


@never_cache
@require_safe
def held_json(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    told = {
        "number": request.member.number,
        "name": request.member.name,
        "at": now.isoformat(),
        "held": [one.to_json() for one in held_about(request.member.pk, now)],
    }
    content = json.dumps(told, ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mis-datos.json"'
    return response


@require_POST
def held_pdf(request: MemberRequest) -> HttpResponse:
    printed = print_held(member=request.member, at=timezone.now())
    return redirect("documents:document", printed.pk)
