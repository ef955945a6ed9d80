# Starts a PostgreSQL that lasts as long as standard input stays open, and prints the folder of its socket.
# PostgreSQL refuses root, so root becomes somebody else first; $1 is this script.
set -eu
cd /
if [ "$(id -u)" = 0 ]; then
  for user in postgres nobody; do
    if id "$user" >/dev/null 2>&1; then exec runuser -u "$user" -- sh -c "$1" sh; fi
  done
fi
for bin in /usr/lib/postgresql/*/bin; do PATH="$PATH:$bin"; done
folder="$(mktemp -d)"
trap 'pg_ctl -D "$folder/data" -m immediate -s stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP
initdb -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >/dev/null
options="-k $folder -c listen_addresses= -c fsync=off -c max_connections=200"
pg_ctl -D "$folder/data" -l "$folder/log" -o "$options" -s -w start
echo "$folder"
cat >/dev/null
