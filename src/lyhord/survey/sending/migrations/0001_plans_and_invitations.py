"""The records of plans and invitations."""

import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("lyhord_measurements", "0001_municipalities_rounds_and_who_takes_part"),
        ("survey_contacts", "0001_contacts_and_who_has_been_surveyed"),
    ]

    operations = [
        migrations.CreateModel(
            name="SendingPlan",
            fields=[
                (
                    "participation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="lyhord_measurements.participation",
                    ),
                ),
                ("paused", models.CharField(blank=True, max_length=200)),
                ("response_rate", models.FloatField(default=0.17)),
                ("opens", models.TimeField(default=datetime.time(9, 0))),
                ("closes", models.TimeField(default=datetime.time(19, 0))),
                ("saturdays", models.BooleanField(default=False)),
                ("reminders", models.PositiveSmallIntegerField(default=1)),
                ("reminder_days", models.PositiveSmallIntegerField(default=3)),
                ("texts", models.JSONField(default=dict)),
                ("drawn_on", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reminders__lte", 2)), name="at_most_two_reminders"),
                    models.CheckConstraint(
                        condition=models.Q(("response_rate__gt", 0), ("response_rate__lte", 1)),
                        name="a_response_rate_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nonce", models.BinaryField(null=True)),
                ("link_hash", models.CharField(max_length=64, unique=True)),
                ("language", models.CharField(max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planerad"),
                            ("queued", "i kö"),
                            ("sent", "skickad"),
                            ("failed", "gick inte fram"),
                            ("opted_out", "avböjd"),
                        ],
                        default="planned",
                        max_length=9,
                    ),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("due", models.DateTimeField(null=True)),
                (
                    "contact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitation",
                        to="survey_contacts.contact",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lyhord_measurements.participation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("due__isnull", False)),
                        fields=["participation", "state", "due"],
                        name="invitation_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("planned", "queued", "sent", "failed", "opted_out"))),
                        name="an_invitation_is_in_a_known_state",
                    )
                ],
            },
        ),
    ]
