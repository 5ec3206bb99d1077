"""Messages belong to a series that can be held; a sender may log in with a token."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lyhord_accounts", "0001_people_organisations_and_what_they_do"),
        ("lyhord_delivery", "0001_messages_senders_and_what_came_back"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="message",
            name="message_state_is_known",
        ),
        migrations.AddField(
            model_name="message",
            name="series",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="sender",
            name="client_id",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="sender",
            name="token_url",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "i kö"),
                    ("held", "väntar på besked"),
                    ("leased", "hämtad"),
                    ("sending", "skickas"),
                    ("sent", "skickad"),
                    ("delivered", "levererad"),
                    ("unknown", "oviss"),
                    ("failed", "misslyckad"),
                    ("cancelled", "inställd"),
                ],
                default="queued",
                max_length=9,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("series", ""), _negated=True), fields=["series", "state"], name="message_of_series"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["queued", "held", "leased", "sending", "sent", "delivered", "unknown", "failed", "cancelled"],
                    )
                ),
                name="message_state_is_known",
            ),
        ),
    ]
