#!/usr/bin/env python3
"""Runs Django commands.

Commands that change the schema or move whole organizations run as the owner of the
database; everything else runs as the app role, behind row-level security.
"""

import os
import sys

OWNER_COMMANDS = {"migrate", "migrate_schemas", "create_shard", "move_org"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pantrypal.settings")
    if OWNER_COMMANDS.intersection(sys.argv[1:2]):
        os.environ.setdefault("PANTRY_ROLE", "owner")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
