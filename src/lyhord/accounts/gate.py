"""The gate before a page: who is not signed in is sent to sign in, who may not do the deed is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from lyhord.accounts.acting import acting_of
from lyhord.accounts.permissions import Deed, may

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def requires(*deeds: Deed) -> Callable[[View[P]], View[P]]:
    """Decorator: only a person whose role in the chosen organisation allows one of the deeds; nothing of it is cached.

    It says nothing about objects: another organisation's are not found, since queries pass the scope.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            acting = acting_of(request)
            if acting is None:
                return redirect("accounts:choose")
            if not any(may(acting.role, deed) for deed in deeds):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return never_cache(guarded)

    return decorate
