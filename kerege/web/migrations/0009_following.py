"""Addresses that notices go to, what is followed, and what was told of duties."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def pk():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("web", "0008_drafts")]
    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                pk(),
                ("uid", models.CharField(max_length=32, unique=True)),
                ("way", models.CharField(max_length=10)),
                ("sealed", models.BinaryField()),
                ("language", models.CharField(max_length=2)),
                ("at_once", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("code", models.BinaryField(default=bytes, max_length=32)),
                ("code_until", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("busy_until", models.DateTimeField(null=True)),
                ("not_before", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="addresses", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                pk(),
                ("body", models.CharField(blank=True, default="", max_length=20)),
                ("topic", models.CharField(blank=True, default="", max_length=10)),
                ("duty", models.CharField(blank=True, default="", max_length=200)),
                ("next", models.PositiveIntegerField()),
                ("address", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="web.address")),
                ("register", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="web.register")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("address", "register", "body", "topic", "duty"), name="followed_once")],
            },
        ),
        migrations.CreateModel(
            name="Reminded",
            fields=[
                pk(),
                ("what", models.CharField(max_length=30)),
                ("follow", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="reminded", to="web.follow")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("follow", "what"), name="reminded_once")],
            },
        ),
    ]
