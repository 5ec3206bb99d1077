"""Paces, rests and holds."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("lyhord_accounts", "0001_people_organisations_and_what_they_do"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("free", models.FloatField(default=0.0)),
                ("beyond", models.FloatField(default=0.0)),
            ],
        ),
        migrations.CreateModel(
            name="Rest",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=300)),
                ("opens", models.FloatField()),
                ("rests", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=40)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("person", "pausad"),
                            ("bounces", "för många adresser finns inte"),
                            ("refusals", "mottagande servrar avvisar avsändaren"),
                        ],
                        default="person",
                        max_length=8,
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="lyhord_accounts.organisation"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended__isnull", True)),
                        fields=("organisation", "series"),
                        name="a_series_is_held_once",
                    )
                ],
            },
        ),
    ]
