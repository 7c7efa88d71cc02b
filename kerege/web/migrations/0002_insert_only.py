"""Entries, checkpoints and rulebooks are inserted and never changed: the database holds that."""

from django.db import migrations

TABLES = ("web_row", "web_checkpoint", "web_rulebook")


def forbid(apps, schema_editor):
    for table in TABLES:
        for deed in ("UPDATE", "DELETE"):
            name = f"{table}_no_{deed.lower()}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
                )
            else:
                schema_editor.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{table} is insert-only'; END $$"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {deed} ON {table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {name}()"
                )


class Migration(migrations.Migration):
    dependencies = [("web", "0001_tables")]
    operations = [migrations.RunPython(forbid, migrations.RunPython.noop)]
