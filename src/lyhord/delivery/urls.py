"""The addresses of the room of delivery."""

from __future__ import annotations

from django.urls import re_path

from lyhord.delivery import views

app_name = "delivery"
urlpatterns = [re_path(r"^leverans/46elks/(?P<token>[a-z2-7]{26})$", views.elks_receipt, name="elks_receipt")]
