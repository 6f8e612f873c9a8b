#!/bin/sh
# Put a backup into an empty database: deploy/restore.sh FOLDER/STAMP
# Needs DATABASE_ADMIN_URL (of the empty database; the roles exist: python -m deploy.roles), DATABASE_URL and
# DATABASE_OWNER_URL, MEDIA_ROOT. Ends with the proof: ledgers and chains are whole, or it says where they are not.
set -eu
source=${1:?the folder of a backup}
(cd "$source" && sha256sum --check --quiet SHA256SUMS)
pg_restore --exit-on-error --dbname="$DATABASE_ADMIN_URL" "$source/database.dump"
mkdir -p "${MEDIA_ROOT:?}"
tar -C "$MEDIA_ROOT" -xzf "$source/media.tar.gz"
python manage.py verify_ledgers
python manage.py verify_chain
