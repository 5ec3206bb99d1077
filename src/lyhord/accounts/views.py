"""The pages for signing in, signing out and choosing which membership to act in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lyhord.accounts.acting import acting_of, choose, memberships_of
from lyhord.accounts.errors import AccountError
from lyhord.accounts.models import User


@method_decorator(never_cache, name="dispatch")
class SignIn(LoginView):
    """E-mail address and password."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True


@method_decorator(never_cache, name="dispatch")
class SignOut(LogoutView):
    """POST ends the session; a GET is refused, since it never changes anything."""


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_membership(request: HttpRequest) -> HttpResponse:
    """In which organisation and role to go on."""
    user = request.user
    own = memberships_of(user) if isinstance(user, User) else ()
    page = {"memberships": own, "acting": acting_of(request), "wrong": request.method == "POST"}
    if request.method == "POST":
        try:
            choose(request, int(request.POST.get("membership", "")))
        except (AccountError, ValueError):
            return render(request, "accounts/choose.html", page, status=400)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/choose.html", page)
