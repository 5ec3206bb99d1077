"""What gallring removed: of each kind, how much and by which rule."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lyhord_accounts", "0001_people_organisations_and_what_they_do"),
        ("lyhord_measurements", "0001_municipalities_rounds_and_who_takes_part"),
    ]

    operations = [
        migrations.CreateModel(
            name="Disposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("originals", "kommentarer i original"),
                            ("responses", "enskilda svar"),
                            ("requests", "önskemål om kontakt"),
                            ("drafts", "påbörjade svar"),
                        ],
                        max_length=9,
                    ),
                ),
                ("rows", models.PositiveIntegerField()),
                ("rule", models.CharField(max_length=120)),
                ("on", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lyhord_accounts.organisation"
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lyhord_measurements.participation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
    ]
