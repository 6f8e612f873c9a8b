-- Once per server, as superuser, before the first migration. Safe to run again.
-- Passwords are set beside it: ALTER ROLE pantry_owner PASSWORD '...'.
-- On Citus: on the coordinator, inside the application database, after the workers were added.
DO $$
BEGIN
  -- Owns every table; migrations and move_org only; connects directly, never through a pooler.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pantry_owner') THEN
    CREATE ROLE pantry_owner LOGIN BYPASSRLS;
  END IF;
  -- Web and workers: owns nothing, cannot bypass row-level security.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pantry_app') THEN
    CREATE ROLE pantry_app LOGIN NOBYPASSRLS NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
END $$;
ALTER ROLE pantry_app SET search_path = public;
ALTER ROLE pantry_app SET lock_timeout = '5s';
ALTER ROLE pantry_app SET statement_timeout = '30s';
ALTER ROLE pantry_app SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE pantry_owner SET lock_timeout = '5s';
GRANT SET ON PARAMETER session_replication_role TO pantry_owner;
