"""What is signed is inserted and never changed, by no way round: replaced rows (SQLite deletes
those without a word to any trigger) and emptied tables (PostgreSQL) are refused as well."""

from django.db import migrations

KEYS = {
    "web_row": ("register_id = NEW.register_id AND (n = NEW.n OR uid = NEW.uid)"),
    "web_checkpoint": "register_id = NEW.register_id AND size = NEW.size",
    "web_rulebook": "digest = NEW.digest",
    "web_node": "log = NEW.log AND level = NEW.level AND n = NEW.n",
    "web_rooted": "n = NEW.n OR (register_id = NEW.register_id AND size = NEW.size)",
    "web_roothead": "size = NEW.size",
    "web_withdrawn": "register_id = NEW.register_id AND uid = NEW.uid",
}
NEW = ("web_node", "web_rooted", "web_roothead", "web_withdrawn")


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table, same in KEYS.items():
            own = "" if table == "web_rulebook" else "id = NEW.id OR "
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {own}{same}) "
                f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
            )
    for table in KEYS:
        deeds = ("UPDATE", "DELETE") if table in NEW else ()
        for deed in deeds:
            name = f"{table}_no_{deed.lower()}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
                )
            else:
                postgres(schema_editor, table, deed, "FOR EACH ROW")
        if schema_editor.connection.vendor == "postgresql":
            postgres(schema_editor, table, "TRUNCATE", "FOR EACH STATEMENT")


def postgres(schema_editor, table, deed, each):
    name = f"{table}_no_{deed.lower()}"
    schema_editor.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is insert-only'; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} {each} EXECUTE FUNCTION {name}()"
    )


class Migration(migrations.Migration):
    dependencies = [("web", "0003_logs")]
    operations = [migrations.RunPython(forbid, migrations.RunPython.noop)]
