"""Drafts of acts, each kept for the account that wrote it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("web", "0007_signing")]
    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=40)),
                ("mandate", models.CharField(max_length=40)),
                ("about", models.CharField(blank=True, default="", max_length=200)),
                ("fields", models.TextField()),
                ("updated_at", models.DateTimeField(db_index=True)),
                ("account", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL)),
                ("register", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="web.register")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "register", "act", "mandate", "about"), name="draft_once")],
            },
        ),
    ]
