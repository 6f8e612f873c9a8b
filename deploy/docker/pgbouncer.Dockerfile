FROM debian:12-slim
RUN apt-get update -qq && apt-get install -qq -y --no-install-recommends pgbouncer gettext-base && rm -rf /var/lib/apt/lists/*
COPY deploy/pgbouncer/pgbouncer.ini.template /etc/pgbouncer/
COPY deploy/docker/pgbouncer.sh /usr/local/bin/start
USER postgres
EXPOSE 6432
CMD ["sh", "/usr/local/bin/start"]
