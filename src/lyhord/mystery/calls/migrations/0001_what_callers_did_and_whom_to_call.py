"""What callers did on their telephones, and whom to call."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("lyhord_accounts", "0001_people_organisations_and_what_they_do"),
        ("lyhord_measurements", "0002_what_was_removed_when_its_time_was_out"),
        ("lyhord_planning", "0001_personas_plans_and_probes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("device", models.CharField(blank=True, max_length=40)),
                ("sequence", models.PositiveBigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dialled", "slog numret"),
                            ("answered", "växeln svarade"),
                            ("officer", "handläggaren svarade"),
                            ("ended", "samtalet slut"),
                            ("undone", "ångrade trycket före"),
                            ("answers", "sparade svar"),
                            ("finished", "sparade som klart"),
                        ],
                        max_length=8,
                    ),
                ),
                ("clock_ms", models.BigIntegerField(null=True)),
                ("received_at", models.DateTimeField()),
                (
                    "caller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lyhord_accounts.organisation"
                    ),
                ),
                (
                    "probe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="lyhord_planning.probe"
                    ),
                ),
            ],
            options={
                "ordering": ["device", "sequence", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "caller", "key"), name="an_entry_comes_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Switchboard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lyhord_measurements.municipality",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lyhord_accounts.organisation"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "municipality"), name="a_municipality_has_one_number"
                    )
                ],
            },
        ),
    ]
