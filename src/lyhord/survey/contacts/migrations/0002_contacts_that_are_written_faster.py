"""Shorter keys of rows, and fewer references that the database looks up for each contact."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A row's key of before is forgotten: it only told that the same row was handed over again."""

    dependencies = [
        ("lyhord_accounts", "__first__"),
        ("survey_contacts", "0001_contacts_and_who_has_been_surveyed"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="contact", name="contact_row_key"),
        migrations.RemoveField(model_name="contact", name="row_key"),
        migrations.AddField(model_name="contact", name="row_key", field=models.BigIntegerField(null=True)),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("row_key__isnull", False)), fields=["row_key"], name="contact_row_key"
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="lyhord_accounts.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="upload",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="survey_contacts.upload",
            ),
        ),
        migrations.AlterField(
            model_name="contactkey",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="lyhord_accounts.organisation",
            ),
        ),
    ]
