from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("web", "0010_sessions_ended")]
    operations = [
        migrations.AddField("departed", "whole", models.BooleanField(default=True)),
    ]
