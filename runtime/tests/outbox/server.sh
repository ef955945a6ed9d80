# Starts a PostgreSQL that lasts as long as standard input stays open, and prints the folder of its socket. Each line of
# standard input is an order, answered by a line. PostgreSQL refuses root, so root becomes somebody else first; $1 is this
# script.
set -eu
cd /
if [ "$(id -u)" = 0 ]; then
  for user in postgres nobody; do
    if id "$user" >/dev/null 2>&1; then exec runuser -u "$user" -- sh -c "$1" sh; fi
  done
fi
for bin in /usr/lib/postgresql/*/bin /usr/sbin; do PATH="$PATH:$bin"; done
folder="$(mktemp -d)"
pooler=""
end() {
  [ -z "$pooler" ] || kill "$pooler" 2>/dev/null || true
  pg_ctl -D "$folder/data" -m immediate -s stop >/dev/null 2>&1
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM HUP
initdb -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >/dev/null
cat >>"$folder/data/postgresql.conf" <<CONF
unix_socket_directories = '$folder'
listen_addresses = ''
fsync = off
max_connections = 200
CONF

start() { pg_ctl -D "$folder/data" -l "$folder/log" -s -w start; }
stop() { pg_ctl -D "$folder/data" -m "${1:-immediate}" -s stop; }

# A role `anna` with the password `hay`, who is asked for it.
password() {
  psql -q -h "$folder" -U postgres -d postgres -c "CREATE ROLE anna SUPERUSER LOGIN PASSWORD 'hay'"
  rules="$(cat "$folder/data/pg_hba.conf")"
  printf 'local all anna scram-sha-256\n%s\n' "$rules" >"$folder/data/pg_hba.conf"
  pg_ctl -D "$folder/data" -s reload
}

# A pooler in transaction mode with one connection, on port 6432.
pooler() {
  if ! command -v pgbouncer >/dev/null; then echo missing; return; fi
  cat >"$folder/pgbouncer.ini" <<CONF
[databases]
* = host=$folder user=postgres
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = $folder
auth_type = any
pool_mode = transaction
default_pool_size = 1
logfile = $folder/pgbouncer.log
CONF
  pgbouncer -q "$folder/pgbouncer.ini" >/dev/null 2>&1 &
  pooler=$!
  until [ -S "$folder/.s.PGSQL.6432" ]; do sleep 0.05; done
  echo ready
}

# TLS on 127.0.0.1:$1, and a certificate for `localhost` that nobody else signed; prints its path.
tls() {
  if ! command -v openssl >/dev/null; then echo missing; return; fi
  openssl req -new -x509 -days 2 -nodes -newkey rsa:2048 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -addext basicConstraints=critical,CA:FALSE -keyout "$folder/data/server.key" -out "$folder/data/server.crt" \
    >/dev/null 2>&1
  chmod 600 "$folder/data/server.key"
  tcp "$1" "ssl = on" >/dev/null
  chmod 755 "$folder"
  cp "$folder/data/server.crt" "$folder/root.crt"
  echo "$folder/root.crt"
}

# Listens on 127.0.0.1:$1, with another setting.
tcp() {
  printf "listen_addresses = '127.0.0.1'\nport = %s\n%s\n" "$1" "${2:-}" >>"$folder/data/postgresql.conf"
  stop
  start
  echo ready
}

start
echo "$folder"
while read -r order argument; do
  case "$order" in
    start) start && echo started ;;
    stop) stop "$argument" && echo stopped ;;
    password) password && echo asked ;;
    pooler) pooler ;;
    tls) tls "$argument" ;;
    tcp) tcp "$argument" ;;
  esac
done
