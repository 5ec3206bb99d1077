"""Where letters go, what was posted, and what came back."""

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
            name="Mailbox",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("validity", models.BigIntegerField(null=True)),
                ("last_uid", models.BigIntegerField(default=0)),
                ("looked_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("validity", models.BigIntegerField()),
                ("uid", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("message_hash", models.CharField(blank=True, max_length=64)),
                ("received_at", models.DateTimeField()),
                ("written_at", models.DateTimeField(null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("rules", models.CharField(blank=True, max_length=20)),
                ("rung", models.PositiveSmallIntegerField(null=True)),
                ("candidates", models.JSONField(default=list)),
                (
                    "suggested_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answer", "svar på frågan"),
                            ("forwarded", "mottaget eller skickat vidare"),
                            ("automatic", "automatiskt svar"),
                            ("bounced", "brevet kom aldrig fram"),
                            ("irrelevant", "hör inte till mätningen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("certain", models.BooleanField(default=False)),
                ("signs", models.JSONField(default=list)),
                ("sender_class", models.CharField(blank=True, max_length=20)),
                ("additional", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answer", "svar på frågan"),
                            ("forwarded", "mottaget eller skickat vidare"),
                            ("automatic", "automatiskt svar"),
                            ("bounced", "brevet kom aldrig fram"),
                            ("irrelevant", "hör inte till mätningen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("masked", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lyhord_letters.mailbox"
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="lyhord_planning.probe",
                    ),
                ),
                (
                    "suggested_probe",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="lyhord_planning.probe",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ReplyKey",
            fields=[
                (
                    "reply",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="lyhord_letters.reply",
                    ),
                ),
                ("wrapped", models.BinaryField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Destination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=254)),
                ("domains", models.JSONField(default=list)),
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
                        fields=("organisation", "municipality"), name="a_municipality_has_one_destination"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "probe",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="posting",
                        serialize=False,
                        to="lyhord_planning.probe",
                    ),
                ),
                ("message_id", models.CharField(max_length=200, unique=True)),
                ("recipient", models.CharField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("question", models.TextField()),
                ("claimed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(blank=True, max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "väntar på svar"),
                            ("answered", "besvarat"),
                            ("late", "besvarat efter tidsgränsen"),
                            ("unanswered", "obesvarat"),
                            ("otherwise", "besvarat på annat sätt"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ("answered", "late", "otherwise")),
                            ("answered_at__isnull", True),
                            _connector="XOR",
                        ),
                        name="what_is_answered_says_when",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(
                condition=models.Q(("kind", "")), fields=["organisation", "received_at"], name="reply_to_decide"
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["organisation", "message_hash"], name="reply_same_letter"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(fields=("mailbox", "validity", "uid"), name="a_number_is_one_mail"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(fields=("mailbox", "digest"), name="the_same_bytes_are_one_mail"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("kind", "")),
                    models.Q(
                        models.Q(("kind", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="what_is_decided_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("", "irrelevant")), ("probe__isnull", False), _connector="XOR"),
                name="what_answers_a_letter_says_which",
            ),
        ),
    ]
