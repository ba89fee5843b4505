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
from coop.members.forms import ChangePasswordForm, ChoosePasswordForm, SignInForm
from coop.members.middleware import MemberRequest, public
from coop.members.models import Account


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: MemberRequest) -> HttpResponse:
    if request.member:
        return redirect(safe_target(request, request.GET.get("next", "")))
    if request.method != "POST":
        form = SignInForm(initial={"next": safe_target(request, request.GET.get("next", ""))})
        return render(request, "members/sign_in.html", {"form": form})
    form = SignInForm(request.POST)
    if not form.is_valid():
        return render(request, "members/sign_in.html", {"form": form}, status=422)
    now = timezone.now()
    try:
        account = sign_in.check_credentials(
            identifier=form.cleaned_data["identifier"],
            password=form.cleaned_data["password"],
            address=session.address_of(request),
            at=now,
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return render(request, "members/sign_in.html", {"form": form}, status=error.status)
    wanted = safe_target(request, form.cleaned_data["next"])
    if account.must_choose:
        session.begin_choosing(request, account=account, wanted=wanted, at=now)
        return redirect("members:choose_password")
    session.begin(request, account=account, at=now)
    return redirect(wanted)


@require_POST
def leave(request: MemberRequest) -> HttpResponse:
    sign_in.end(key=request.sign_in.key, member=request.member, at=timezone.now())
    request.session.flush()
    messages.success(request, _("Cerraste la sesión en este aparato."))
    return redirect("members:sign_in")


@public
@never_cache
@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: MemberRequest) -> HttpResponse:
    """A member's own change, or the first choice of someone who came in with a one-use code."""
    if request.member:
        return _change(request)
    chooser = session.who_chooses(request, timezone.now())
    if chooser is None:
        messages.info(request, _("Para elegir una clave, primero ingresá con la que te dio la secretaría."))
        return redirect("members:sign_in")
    account, wanted = chooser
    form = ChoosePasswordForm(request.POST or None)
    if form.is_valid() and _set(form, account, keep_this=None):
        session.begin(request, account=account, at=timezone.now())
        messages.success(request, _("Listo: esta es tu clave desde ahora. La de un solo uso ya no sirve."))
        return redirect(safe_target(request, wanted))
    return _page(request, form, account)


def _change(request: MemberRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid() and (account := _checked(request, form)) and _set(form, account, keep_this=request):
        messages.success(request, _("Cambiaste tu clave. Se cerró la sesión en tus otros aparatos."))
        return redirect("members:account")
    return _page(request, form, None)


def _checked(request: MemberRequest, form: ChangePasswordForm) -> Account | None:
    """The member's account if the current password is right; throttled like any sign-in."""
    try:
        return sign_in.check_credentials(
            identifier=str(request.member.number),
            password=form.cleaned_data["current"],
            address=session.address_of(request),
            at=timezone.now(),
        )
    except SignInRefused:
        form.add_error("current", _("Esa no es tu clave de ahora. Fijate y probá de nuevo."))
    except DomainError as error:
        form.add_error(None, str(error))
    return None


def _set(form: ChoosePasswordForm, account: Account, keep_this: MemberRequest | None) -> bool:
    keep = keep_this.sign_in.key if keep_this else None
    password = form.cleaned_data["password"]
    try:
        sign_in.choose_password(account=account, password=password, at=timezone.now(), keep=keep)
    except ValidationError as error:
        form.add_error("password", error)
        return False
    return True


def _page(request: MemberRequest, form: ChoosePasswordForm, account: Account | None) -> HttpResponse:
    context = {"form": form, "account": account}
    return render(request, "members/choose_password.html", context, status=422 if form.is_bound else 200)
