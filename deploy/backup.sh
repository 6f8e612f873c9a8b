#!/bin/sh
# A whole copy of the database and the files of people: deploy/backup.sh FOLDER
# Needs DATABASE_ADMIN_URL (a superuser's, of the database itself) and MEDIA_ROOT. Sales go on meanwhile; the copy is
# of one moment. For a loss of seconds instead of a day archive the WAL beside it (runbook.md).
set -eu
target=${1:?a folder for the backup}
stamp=$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$target/$stamp.part"
pg_dump --format=custom --compress=5 --file="$target/$stamp.part/database.dump" "$DATABASE_ADMIN_URL"
tar -C "${MEDIA_ROOT:?}" -czf "$target/$stamp.part/media.tar.gz" .
(cd "$target/$stamp.part" && sha256sum database.dump media.tar.gz > SHA256SUMS)
mv "$target/$stamp.part" "$target/$stamp"
echo "$target/$stamp"
