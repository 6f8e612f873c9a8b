"""DATABASES["default"]["ENGINE"]: PostgreSQL whose BEGIN carries the organization."""
