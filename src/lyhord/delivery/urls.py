"""The addresses of the room of delivery."""

from __future__ import annotations

from django.urls import path, re_path

from lyhord.delivery import mailbox_pages, uncertain_pages, views

app_name = "delivery"
urlpatterns = [
    re_path(r"^leverans/46elks/(?P<token>[a-z2-7]{26})$", views.elks_receipt, name="elks_receipt"),
    path("leverans/ovissa", uncertain_pages.overview, name="uncertain"),
    path("leverans/ovissa/<int:pk>", uncertain_pages.settle, name="settle"),
    path("brevlada", mailbox_pages.letters, name="mailbox"),
    re_path(r"^brevlada/(?P<token>[a-z2-7]{26})$", mailbox_pages.letter, name="letter"),
]
