"""Rows of logs are known by what they are, not by a number of their own: an act touches half as
many pages of the database, and every page it touches is written and synced before it is told."""

import django.db.models.deletion
from django.db import migrations, models

# For each table: its columns on SQLite, in the order of the old ones but for ``id``.
TABLES = {
    "web_row": (
        '"register_id" bigint NOT NULL REFERENCES "web_register" ("id") '
        'DEFERRABLE INITIALLY DEFERRED, "n" integer unsigned NOT NULL CHECK ("n" >= 0), '
        '"uid" varchar(64) NOT NULL, "act" varchar(40) NOT NULL, "held_on" date NOT NULL, '
        '"standing" varchar(12) NOT NULL, "data" BLOB NOT NULL, "leaf" BLOB NOT NULL, '
        'PRIMARY KEY ("register_id", "n"), '
        'CONSTRAINT "row_id_once" UNIQUE ("register_id", "uid"))'
    ),
    "web_checkpoint": (
        '"register_id" bigint NOT NULL REFERENCES "web_register" ("id") '
        'DEFERRABLE INITIALLY DEFERRED, "size" integer unsigned NOT NULL CHECK ("size" >= 0), '
        '"frontier" text NOT NULL, "note" BLOB NOT NULL, '
        'PRIMARY KEY ("register_id", "size")) WITHOUT ROWID'
    ),
    "web_node": (
        '"log" bigint unsigned NOT NULL CHECK ("log" >= 0), '
        '"level" smallint unsigned NOT NULL CHECK ("level" >= 0), '
        '"n" integer unsigned NOT NULL CHECK ("n" >= 0), "hash" BLOB NOT NULL, '
        'PRIMARY KEY ("log", "level", "n")) WITHOUT ROWID'
    ),
    "web_rooted": (
        # ``integer`` alone makes it the row's own number, which costs no index.
        '"n" integer NOT NULL PRIMARY KEY CHECK ("n" >= 0), '
        '"size" integer unsigned NOT NULL CHECK ("size" >= 0), "leaf" BLOB NOT NULL, '
        '"register_id" bigint NOT NULL REFERENCES "web_register" ("id") '
        "DEFERRABLE INITIALLY DEFERRED, "
        'CONSTRAINT "rooted_once" UNIQUE ("register_id", "size"))'
    ),
    "web_roothead": (
        '"size" integer NOT NULL PRIMARY KEY CHECK ("size" >= 0), '
        '"frontier" text NOT NULL, "note" BLOB NOT NULL)'
    ),
}
COLUMNS = {
    "web_row": "register_id, n, uid, act, held_on, standing, data, leaf",
    "web_checkpoint": "register_id, size, frontier, note",
    "web_node": "log, level, n, hash",
    "web_rooted": "n, size, leaf, register_id",
    "web_roothead": "size, frontier, note",
}
SAME = {
    "web_row": "register_id = NEW.register_id AND (n = NEW.n OR uid = NEW.uid)",
    "web_checkpoint": "register_id = NEW.register_id AND size = NEW.size",
    "web_node": "log = NEW.log AND level = NEW.level AND n = NEW.n",
    "web_rooted": "n = NEW.n OR (register_id = NEW.register_id AND size = NEW.size)",
    "web_roothead": "size = NEW.size",
}
# On PostgreSQL: the key, and what stood for it before.
KEYS = {
    "web_row": ("register_id, n", "row_number_once"),
    "web_checkpoint": ("register_id, size", "checkpoint_size_once"),
    "web_node": ("log, level, n", "node_once"),
    "web_rooted": ("n", "web_rooted_n_key"),
    "web_roothead": ("size", "web_roothead_size_key"),
}
SECOND_INDEXES = (
    "web_row_register_id_fb3050ac",
    "web_checkpoint_register_id_01f11cf9",
    "web_rooted_register_id_2a624ed4",
)


def rebuild(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table, columns in TABLES.items():
            on_sqlite(schema_editor, table, columns)
        schema_editor.execute('CREATE INDEX "row_of_act" ON "web_row" ("register_id", "act", "n")')
        return
    for table, (key, before) in KEYS.items():
        schema_editor.execute(
            f"ALTER TABLE {table} DROP COLUMN id, DROP CONSTRAINT {before}, ADD PRIMARY KEY ({key})"
        )
    for index in SECOND_INDEXES:
        schema_editor.execute(f"DROP INDEX {index}")


def on_sqlite(schema_editor, table, columns):
    named = COLUMNS[table]
    schema_editor.execute(f"CREATE TABLE new_{table} ({columns}")
    schema_editor.execute(f"INSERT INTO new_{table} ({named}) SELECT {named} FROM {table}")
    # Its indexes and triggers go with it.
    schema_editor.execute(f"DROP TABLE {table}")
    schema_editor.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    refused = f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
    for deed in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} {refused}"
        )
    schema_editor.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {SAME[table]}) {refused}"
    )


def register(related_name):
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="web.register",
    )


def composite(*fields):
    return models.CompositePrimaryKey(
        *fields, blank=True, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    dependencies = [("web", "0004_insert_only")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(rebuild, migrations.RunPython.noop)],
            state_operations=[
                *(
                    migrations.DeleteModel(name)
                    for name in ("Row", "Checkpoint", "Node", "Rooted", "RootHead")
                ),
                migrations.CreateModel(
                    name="Row",
                    fields=[
                        ("pk", composite("register", "n")),
                        ("register", register("rows")),
                        ("n", models.PositiveIntegerField()),
                        ("uid", models.CharField(max_length=64)),
                        ("act", models.CharField(max_length=40)),
                        ("held_on", models.DateField()),
                        ("standing", models.CharField(max_length=12)),
                        ("data", models.BinaryField()),
                        ("leaf", models.BinaryField(max_length=32)),
                    ],
                    options={
                        "ordering": ["n"],
                        "indexes": [
                            models.Index(fields=["register", "act", "n"], name="row_of_act")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=["register", "uid"], name="row_id_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Checkpoint",
                    fields=[
                        ("pk", composite("register", "size")),
                        ("register", register("checkpoints")),
                        ("size", models.PositiveIntegerField()),
                        ("frontier", models.TextField()),
                        ("note", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Node",
                    fields=[
                        ("pk", composite("log", "level", "n")),
                        ("log", models.PositiveBigIntegerField()),
                        ("level", models.PositiveSmallIntegerField()),
                        ("n", models.PositiveIntegerField()),
                        ("hash", models.BinaryField(max_length=32)),
                    ],
                ),
                migrations.CreateModel(
                    name="Rooted",
                    fields=[
                        ("n", models.PositiveIntegerField(primary_key=True, serialize=False)),
                        ("register", register("rooted")),
                        ("size", models.PositiveIntegerField()),
                        ("leaf", models.BinaryField(max_length=32)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=["register", "size"], name="rooted_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RootHead",
                    fields=[
                        ("size", models.PositiveIntegerField(primary_key=True, serialize=False)),
                        ("frontier", models.TextField()),
                        ("note", models.BinaryField()),
                    ],
                ),
            ],
        )
    ]
