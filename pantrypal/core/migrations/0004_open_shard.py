"""Operators open and close shards for sign-up; the table is otherwise out of the app role's reach."""

from django.db import migrations

OPEN = """
CREATE FUNCTION public.pantry_open_shard(p_shard bigint, p_open boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE core_shard SET open_for_signup = p_open WHERE id = p_shard;
$$;
REVOKE ALL ON FUNCTION public.pantry_open_shard(bigint, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.pantry_open_shard(bigint, boolean) TO pantry_app;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_plans")]

    operations = [migrations.RunSQL(OPEN, "DROP FUNCTION public.pantry_open_shard(bigint, boolean);")]
