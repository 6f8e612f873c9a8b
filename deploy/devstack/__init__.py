"""Embedded PostgreSQL and Valkey for the demo and the tests; never used in production."""
