"""The records of contacts."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("lyhord_accounts", "0001_people_organisations_and_what_they_do"),
        ("lyhord_measurements", "0001_municipalities_rounds_and_who_takes_part"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="lyhord_accounts.organisation",
                    ),
                ),
                ("internal_numbers", models.TextField(blank=True)),
                ("internal_domains", models.TextField(blank=True)),
                ("mappings", models.JSONField(default=dict)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ContactKey",
            fields=[
                ("person", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lyhord_accounts.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Surveyed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=32, unique=True)),
                ("since", models.DateField(db_index=True)),
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
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                (
                    "source",
                    models.CharField(
                        choices=[("page", "uppladdad"), ("folder", "bevakad mapp"), ("interface", "gränssnitt")],
                        max_length=9,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unmapped", "kolumnerna ska väljas"),
                            ("waiting", "väntar"),
                            ("running", "läses in"),
                            ("done", "inläst"),
                            ("failed", "gick inte att läsa"),
                            ("recalled", "återkallad"),
                        ],
                        max_length=8,
                    ),
                ),
                ("mapping", models.JSONField(default=dict)),
                ("stored", models.CharField(blank=True, max_length=40)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("reasons", models.JSONField(default=dict)),
                ("problem", models.TextField(blank=True)),
                ("held_until", models.DateTimeField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lyhord_accounts.organisation"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lyhord_measurements.round"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=20)),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="survey_contacts.upload"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=32)),
                ("also", models.CharField(blank=True, max_length=32)),
                ("row_key", models.CharField(blank=True, max_length=32)),
                ("language", models.CharField(blank=True, max_length=5)),
                ("contacted", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("drawn", "Drawn")], default="waiting", max_length=7
                    ),
                ),
                ("sealed_address", models.BinaryField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lyhord_accounts.organisation",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lyhord_measurements.participation",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="survey_contacts.upload"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["organisation", "round", "-at"], name="upload_of_round"),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(
                condition=models.Q(("state__in", ("waiting", "running"))), fields=["at"], name="upload_to_read"
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("failed", "recalled")), _negated=True),
                fields=("organisation", "round", "digest"),
                name="a_list_is_taken_once",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["participation", "contacted"], name="contact_to_draw"
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("also", ""), _negated=True), fields=["also"], name="contact_other_address"
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("row_key", ""), _negated=True), fields=["row_key"], name="contact_row_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(fields=("person",), name="a_person_waits_once"),
        ),
    ]
