"""Codes that were handed out, attempts that are counted, and how entries were sent; the last is
inserted and never changed."""

import django.db.models.deletion
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models

SENT = "web_sent"


def forbid(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {SENT}_no_replace BEFORE INSERT ON {SENT} WHEN EXISTS (SELECT 1 FROM "
            f"{SENT} WHERE register_id = NEW.register_id AND n = NEW.n) "
            f"BEGIN SELECT RAISE(ABORT, '{SENT} is insert-only'); END"
        )
    deeds = [("UPDATE", "FOR EACH ROW"), ("DELETE", "FOR EACH ROW")]
    if vendor == "postgresql":
        deeds.append(("TRUNCATE", "FOR EACH STATEMENT"))
    for deed, each in deeds:
        name = f"{SENT}_no_{deed.lower()}"
        if vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {deed} ON {SENT} "
                f"BEGIN SELECT RAISE(ABORT, '{SENT} is insert-only'); END"
            )
        else:
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{SENT} is insert-only'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {deed} ON {SENT} {each} EXECUTE FUNCTION {name}()"
            )


def counted(apps, schema_editor):
    # A table of Django's cache, which it makes by a command and not by a migration.
    call_command(
        "createcachetable", "kerege_attempts", database=schema_editor.connection.alias, verbosity=0
    )


class Migration(migrations.Migration):
    dependencies = [("web", "0006_search")]
    operations = [
        migrations.CreateModel(
            name="Sent",
            fields=[
                ("pk", models.CompositePrimaryKey("register", "n", blank=True, editable=False, primary_key=True, serialize=False)),
                ("n", models.PositiveIntegerField()),
                ("how", models.CharField(max_length=10)),
                ("public_key", models.BinaryField(default=bytes)),
                ("authenticator_data", models.BinaryField(default=bytes)),
                ("client_data", models.BinaryField(default=bytes)),
                ("signature", models.BinaryField(default=bytes)),
                ("register", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="sent", to="web.register")),
            ],
        ),
        migrations.CreateModel(
            name="Handed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=40)),
                ("hash", models.BinaryField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("account", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="handed", to=settings.AUTH_USER_MODEL)),
                ("register", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="handed", to="web.register")),
            ],
        ),
        migrations.RunPython(forbid, migrations.RunPython.noop),
        migrations.RunPython(counted, migrations.RunPython.noop),
    ]
