"""The index of the search: on SQLite a table of FTS5, on PostgreSQL a vector of terms. Both hold the
terms that ``kerege/kyrgyz/terms.py`` makes, and neither knows a language of its own."""

from django.db import migrations, models


def index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE VIRTUAL TABLE web_found USING fts5(terms, content='', detail=none, "
            "columnsize=0, tokenize=\"unicode61 remove_diacritics 0 tokenchars '-'\")"
        )
    else:
        schema_editor.execute("ALTER TABLE web_findable ADD COLUMN vector tsvector")
        schema_editor.execute("ALTER TABLE web_findable ALTER COLUMN vector SET STATISTICS 1000")
        schema_editor.execute("CREATE INDEX web_found ON web_findable USING gin (vector)")


class Migration(migrations.Migration):
    dependencies = [("web", "0005_own_keys")]
    operations = [
        migrations.CreateModel(
            name="Findable",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("register", models.BigIntegerField(db_index=True)),
                ("n", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("where", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=100)),
                ("day", models.DateField(null=True)),
                ("said", models.TextField()),
                ("terms", models.BinaryField(default=bytes)),
            ],
        ),
        migrations.CreateModel(
            name="Indexed",
            fields=[
                ("register", models.BigIntegerField(primary_key=True, serialize=False)),
                ("size", models.PositiveIntegerField()),
                ("leaf", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
