"""How many times all sessions of an account were ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("web", "0009_following")]
    operations = [
        migrations.AddField("account", "sessions_ended", models.PositiveIntegerField(default=0)),
    ]
