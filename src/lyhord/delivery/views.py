"""Where gateways post their receipts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery import receipts
from lyhord.delivery.gateways import elks

NO_CONTENT = 204


@csrf_exempt
@require_POST
def elks_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Take a receipt from 46elks. They sign nothing: the token, which only they were told, shows that it is theirs.

    The answer is always the same, so that it tells nobody which tokens exist; anything but 200-204 would make them
    repeat it.
    """
    receipt = elks.receipt_of({name: str(value) for name, value in request.POST.items()}, token)
    if receipt is not None:
        with scope_of_everything("the token tells whose message the receipt is about"):
            receipts.apply(receipt)
    return HttpResponse(status=NO_CONTENT)
