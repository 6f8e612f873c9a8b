"""Which organization runs, and the walls that hold it there.

A django-tenants tenant is a shard: one PostgreSQL schema that holds many organizations. Inside a
shard, rows are kept apart by OrgManager (wall 1) and by forced row-level security (wall 2).
"""
