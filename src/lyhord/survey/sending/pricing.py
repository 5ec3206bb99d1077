"""What a part of an SMS costs."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.conf import settings

from lyhord.survey.errors import SurveyError


def price_per_part() -> Decimal:
    """Kronor for one part of an SMS. SurveyError where the setting is no number."""
    try:
        price = Decimal(settings.SMS_PRICE)
    except InvalidOperation:
        price = Decimal(-1)
    if not price.is_finite() or price < 0:
        raise SurveyError("LYHORD_SMS_PRICE is no number of kronor. Write it as 0.35.")
    return price
