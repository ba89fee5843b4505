"""Getting in, getting out, choosing a password."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from coop.common.errors import DomainError
from coop.common.http import safe_target
from coop.members import session, sign_in
from coop.members.errors import SignInRefused
from coop.members.forms import ChangePasswordForm, SignInForm
from coop.members.known import known_of
from coop.members.middleware import MemberRequest, public
from coop.members.models import Account
from coop.members.ways_in import ways_in


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: MemberRequest) -> HttpResponse:
    if request.member:
        return redirect(safe_target(request, request.GET.get("next", "")))
    if request.method != "POST":
        form = SignInForm(initial={"next": safe_target(request, request.GET.get("next", ""))})
        return _door(request, form, 200)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _door(request, form, 422)
    now = timezone.now()
    try:
        account = sign_in.check_credentials(
            identifier=form.cleaned_data["identifier"],
            password=form.cleaned_data["password"],
            address=session.address_of(request),
            at=now,
            known=known_of(request),
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return _door(request, form, error.status)
    session.begin(request, account=account, at=now)
    return redirect(safe_target(request, form.cleaned_data["next"]))


def _door(request: MemberRequest, form: SignInForm, status: int) -> HttpResponse:
    """Every way in: the one of this device first, when it has one; the password unfolds."""
    wanted = safe_target(request, str(form["next"].value() or ""))
    ways = ways_in(request, wanted)
    context = {"form": form, "ways": ways, "folded": any(way.first for way in ways) and not form.is_bound}
    return render(request, "members/sign_in.html", context, status=status)


@require_POST
def leave(request: MemberRequest) -> HttpResponse:
    sign_in.end(key=request.sign_in.key, member=request.member, at=timezone.now())
    request.session.flush()
    messages.success(request, _("Cerraste la sesión en este aparato."))
    return redirect("members:sign_in")


@never_cache
@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: MemberRequest) -> HttpResponse:
    """A member's own change. Whoever has none gets one with a card."""
    held = Account.objects.filter(member=request.member).first()
    if held is None or not held.has_usable_password():
        return render(request, "members/choose_password.html", {"form": None})
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid() and (account := _checked(request, form)) and _set(request, form, account):
        messages.success(request, _("Cambiaste tu clave. Se cerró la sesión en tus otros aparatos."))
        return redirect("members:account")
    status = 422 if form.is_bound else 200
    return render(request, "members/choose_password.html", {"form": form}, status=status)


def _checked(request: MemberRequest, form: ChangePasswordForm) -> Account | None:
    """The member's account if the current password is right; throttled like any sign-in."""
    try:
        return sign_in.check_credentials(
            identifier=str(request.member.number),
            password=form.cleaned_data["current"],
            address=session.address_of(request),
            at=timezone.now(),
            known=known_of(request),
        )
    except SignInRefused:
        form.add_error("current", _("Esa no es tu clave de ahora. Fijate y probá de nuevo."))
    except DomainError as error:
        form.add_error(None, str(error))
    return None


def _set(request: MemberRequest, form: ChangePasswordForm, account: Account) -> bool:
    password, keep = form.cleaned_data["password"], request.sign_in.key
    try:
        sign_in.choose_password(account=account, password=password, at=timezone.now(), keep=keep)
    except ValidationError as error:
        form.add_error("password", error)
        return False
    return True
