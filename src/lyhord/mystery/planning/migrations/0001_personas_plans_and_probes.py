"""Personas, plans of field work, interviewers and probes."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("lyhord_accounts", "0001_people_organisations_and_what_they_do"),
        ("lyhord_measurements", "0002_what_was_removed_when_its_time_was_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Persona",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_name", models.CharField(max_length=40)),
                ("surname", models.CharField(max_length=40)),
                ("local_part", models.CharField(max_length=50)),
                (
                    "voice",
                    models.CharField(
                        blank=True, choices=[("", "vem som helst"), ("f", "kvinna"), ("m", "man")], max_length=1
                    ),
                ),
                ("traits", models.JSONField(default=list)),
                ("closing", models.CharField(max_length=200)),
                ("retired", models.BooleanField(default=False)),
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
            name="FieldPlan",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="lyhord_measurements.round",
                    ),
                ),
                ("bank_id", models.SlugField(max_length=80)),
                ("bank", models.TextField()),
                ("bank_hash", models.CharField(max_length=64)),
                ("seed", models.CharField(max_length=40)),
                ("calendar", models.JSONField()),
                ("calls_open", models.TimeField(default=datetime.time(8, 30))),
                ("calls_close", models.TimeField(default=datetime.time(16, 0))),
                ("letters_open", models.TimeField(default=datetime.time(7, 0))),
                ("letters_close", models.TimeField(default=datetime.time(21, 0))),
                ("call_minutes", models.PositiveSmallIntegerField(default=10)),
                ("area_gap_minutes", models.PositiveSmallIntegerField(default=60)),
                ("persona_gap_days", models.PositiveSmallIntegerField(default=7)),
                ("mail_domain", models.CharField(blank=True, max_length=120)),
                ("codes", models.JSONField(default=list)),
                ("letter", models.JSONField(default=dict)),
                ("made", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lyhord_accounts.organisation"
                    ),
                ),
                ("personas", models.ManyToManyField(related_name="+", to="lyhord_planning.persona")),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Probe",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                ("question", models.CharField(max_length=80)),
                ("area", models.CharField(max_length=40)),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                ("address", models.CharField(blank=True, max_length=180)),
                ("due_at", models.DateTimeField(null=True)),
                ("first_due_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unplaced", "fick inte plats"),
                            ("planned", "planerad"),
                            ("started", "påbörjad"),
                            ("done", "gjord"),
                            ("unknown", "osäker"),
                            ("excluded", "utesluten"),
                        ],
                        default="planned",
                        max_length=8,
                    ),
                ),
                (
                    "exclusion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("bounced", "brevet studsade"),
                            ("wrong_address", "fel nummer eller adress"),
                            ("exposed", "mottagaren förstod att det var en mätning"),
                            ("disturbance", "känd störning hos kommunen"),
                            ("own_fault", "vårt eget fel"),
                            ("not_made", "hann inte göras"),
                        ],
                        max_length=13,
                    ),
                ),
                ("exclusion_note", models.CharField(blank=True, max_length=200)),
                ("seed", models.CharField(max_length=60)),
                (
                    "interviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lyhord_measurements.participation",
                    ),
                ),
                (
                    "persona",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lyhord_planning.persona",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="probes",
                        to="lyhord_measurements.round",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("per_day", models.PositiveSmallIntegerField(default=25)),
                (
                    "voice",
                    models.CharField(
                        blank=True, choices=[("", "vem som helst"), ("f", "kvinna"), ("m", "man")], max_length=1
                    ),
                ),
                ("absent", models.JSONField(default=list)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lyhord_accounts.organisation"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="lyhord_measurements.round"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("round", "user"), name="assigned_once_to_a_round")],
            },
        ),
        migrations.AddConstraint(
            model_name="persona",
            constraint=models.UniqueConstraint(
                fields=("organisation", "local_part"), name="a_persona_has_its_address_alone"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("calls_open__lt", models.F("calls_close")), ("letters_open__lt", models.F("letters_close"))
                ),
                name="a_plan_has_hours_that_rise",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldplan",
            constraint=models.CheckConstraint(condition=models.Q(("call_minutes__gt", 0)), name="a_call_takes_time"),
        ),
        migrations.AddIndex(
            model_name="probe",
            index=models.Index(
                condition=models.Q(("state", "planned")), fields=["channel", "due_at"], name="probe_due"
            ),
        ),
        migrations.AddIndex(
            model_name="probe",
            index=models.Index(fields=["interviewer", "due_at"], name="probe_of_interviewer"),
        ),
        migrations.AddIndex(
            model_name="probe",
            index=models.Index(fields=["round", "state"], name="probe_of_round"),
        ),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.UniqueConstraint(
                fields=("participation", "question", "attempt"), name="a_question_is_put_once_a_try"
            ),
        ),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address", ""), _negated=True),
                fields=("address",),
                name="an_address_is_one_letters",
            ),
        ),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "excluded"), ("exclusion", ""), _connector="XOR"),
                name="what_is_excluded_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "unplaced"), ("due_at__isnull", False), ("state", "excluded"), _connector="OR"
                ),
                name="what_is_planned_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("unplaced", "planned", "started", "done", "unknown", "excluded"))),
                name="a_probe_is_in_a_known_state",
            ),
        ),
    ]
