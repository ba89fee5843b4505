"""What the views of this room share: a form, a verb, and the way back when a rule says no."""

from collections.abc import Callable
from datetime import date

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from coop.common.errors import DomainError, NotAllowed
from coop.members.basis import DECIDES_AN_APPEAL, DECIDES_ON_MEMBERS
from coop.members.middleware import MemberRequest
from coop.members.phones import HOME, region_of
from coop.statute.models import Matter, Resolution

RECENT = 30


def done(form: forms.Form, verb: Callable[[], object]) -> bool:
    """Runs the verb on a valid form. What a rule refuses becomes the form's error: nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        verb()
    except NotAllowed:
        raise
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    return True


def sent(request: MemberRequest) -> QueryDict | None:
    """What was sent by POST, even if it is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def page(request: MemberRequest, template: str, form: forms.Form, **context: object) -> HttpResponse:
    """A page with a form: 422 when the form has errors."""
    held = {"room": "books", "form": form, **context}
    return render(request, template, held, status=422 if form.errors else 200)


def cited(*, appeals: bool = False) -> list[Resolution]:
    """The latest resolutions that can be cited, for the list under the field."""
    matters: frozenset[Matter] = DECIDES_AN_APPEAL if appeals else DECIDES_ON_MEMBERS
    return list(Resolution.objects.filter(matter__in=matters)[:RECENT])


def region(request: MemberRequest) -> str:
    return region_of(request.cooperative.zone) if request.cooperative else HOME


def today() -> date:
    return timezone.localdate()
