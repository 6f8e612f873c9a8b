"""SQL of wall 2: row-level security and the app role's rights, per table.

Plain current_setting() on purpose: it is STABLE, so it is an ordinary index condition, and with the
ORM's `org_id = 42` the planner merges both into one index condition and a one-time filter. A
`(select ...)` is no faster, and Citus refuses sub-selects in policies.
"""

from __future__ import annotations

APP_ROLE = "pantry_app"

# '' and NULL (no org set) give NULL: no row visible, no row insertable.
ORG = "nullif(current_setting('pantrypal.org_id', true), '')::bigint"

PROTECT = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY org_isolation ON {{table}} USING (org_id = {ORG}) WITH CHECK (org_id = {ORG})",
    # Explicit, because Citus does not forward ALTER DEFAULT PRIVILEGES.
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {{table}} TO {APP_ROLE}",
)
