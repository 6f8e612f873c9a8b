#!/bin/sh
# Fill in the configuration and run. PANTRY_APP_PASSWORD is the app role's.
set -eu
export PANTRY_RUN=/tmp PANTRY_BOUNCER_HOST=0.0.0.0 PANTRY_BOUNCER_PORT=6432
umask 077
printf '"pantry_app" "%s"\n' "$PANTRY_APP_PASSWORD" > "$PANTRY_RUN/userlist.txt"
envsubst < /etc/pgbouncer/pgbouncer.ini.template > "$PANTRY_RUN/pgbouncer.ini"
exec pgbouncer "$PANTRY_RUN/pgbouncer.ini"
