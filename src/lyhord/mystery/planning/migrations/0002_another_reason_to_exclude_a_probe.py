"""One more reason to exclude a probe."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lyhord_planning", "0001_personas_plans_and_probes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="probe",
            name="exclusion",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", ""),
                    ("bounced", "brevet studsade"),
                    ("wrong_address", "fel nummer eller adress"),
                    ("exposed", "mottagaren förstod att det var en mätning"),
                    ("disturbance", "känd störning hos kommunen"),
                    ("own_fault", "vårt eget fel"),
                    ("not_made", "hann inte göras"),
                    ("other", "annat skäl"),
                ],
                max_length=13,
            ),
        ),
    ]
