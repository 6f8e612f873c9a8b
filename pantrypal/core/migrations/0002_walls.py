"""Functions of every schema, and row-level security of the public tables that belong to one organization."""

from django.db import migrations

FUNCTIONS = """
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public;

CREATE FUNCTION public.pantry_enter(p_org bigint) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE r record;
BEGIN
  -- Shared: requests of one org never wait for each other. While move_org holds or waits for the exclusive
  -- lock we fail at once, so that a moving org cannot fill the connection pool with waiting requests.
  IF NOT pg_try_advisory_xact_lock_shared(p_org) THEN
    RAISE EXCEPTION 'org % is being moved', p_org USING ERRCODE = 'PP001';
  END IF;
  -- A new snapshot, taken after we have the lock: sees the mover's commit.
  SELECT schema_name, state INTO r FROM public.org_route WHERE org_id = p_org;
  IF NOT FOUND OR r.state <> 'active' THEN
    RAISE EXCEPTION 'org % is unavailable', p_org USING ERRCODE = 'PP001';
  END IF;
  PERFORM set_config('search_path', quote_ident(r.schema_name) || ', public', true);
  -- A real SET LOCAL, not set_config(): Citus forwards it to the workers, with the whole message it came in,
  -- therefore it is alone in an EXECUTE.
  EXECUTE 'SET LOCAL pantrypal.org_id = ' || p_org;
  RETURN r.schema_name;
END $$;

CREATE FUNCTION public.pantry_leave() RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  SET LOCAL pantrypal.org_id = '';
  SET LOCAL search_path = public;
END $$;

CREATE FUNCTION public.pantry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'PP002';
END $$;

-- UUIDv7 as pantrypal.tenancy.ids makes it: milliseconds in front, the rest random.
CREATE FUNCTION public.pantry_uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- The operator suspends and resumes an organization; its route is otherwise out of the app role's reach.
CREATE FUNCTION public.pantry_set_org_state(p_org bigint, p_state text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE org_route SET state = p_state
   WHERE org_id = p_org AND state IN ('active', 'suspended') AND p_state IN ('active', 'suspended');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'org % cannot become %', p_org, p_state;
  END IF;
END $$;
REVOKE ALL ON FUNCTION public.pantry_set_org_state(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.pantry_set_org_state(bigint, text) TO pantry_app;
"""

UNDO_FUNCTIONS = """
DROP FUNCTION public.pantry_enter(bigint), public.pantry_leave(), public.pantry_append_only(),
  public.pantry_uuid7(), public.pantry_set_org_state(bigint, text);
"""

ORG = "nullif(current_setting('pantrypal.org_id', true), '')::bigint"
# A store is seen inside its organization only. The others must be read before the organization is known
# (sign-in by path or key), so they are open while none is active, and closed to every other once one is.
STRICT = {"core_store": f"org_id = {ORG}"}
OPEN_OUTSIDE = {
    "core_organization": f"{ORG} IS NULL OR id = {ORG}",
    "core_membership": f"{ORG} IS NULL OR org_id = {ORG}",
    "core_invitation": f"{ORG} IS NULL OR org_id = {ORG}",
    "core_apikey": f"{ORG} IS NULL OR org_id = {ORG}",
}


def wall(table: str, condition: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY org_isolation ON {table} USING ({condition}) WITH CHECK ({condition});
        """,
        f"""
        DROP POLICY org_isolation ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, UNDO_FUNCTIONS),
        *(wall(table, condition) for table, condition in (STRICT | OPEN_OUTSIDE).items()),
    ]
