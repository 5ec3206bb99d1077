"""Each list keeps what it added to the flows of the participations, so that a recall takes it back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("survey_contacts", "0002_contacts_that_are_written_faster"),
    ]

    operations = [
        migrations.AddField(model_name="upload", name="flow", field=models.JSONField(default=dict)),
    ]
