suffix=dump
name=$PGDATABASE

wait_for_server() { pg_isready -q; }

# Roles and grants are in no dump of a database, so they get a file of their own beside it.
dump() {
  run pg_dump --no-password --format=custom --lock-wait-timeout=60s --file="$1" "$name" &&
    run pg_dumpall --no-password --globals-only --no-role-passwords --file="$1.globals"
}

# Reads all of the dump: the list of contents of a truncated one looks fine.
verify() { run pg_restore --file=/dev/null "$1"; }

publish() { mv "$1.globals" "$2.globals.sql" && mv "$1" "$2"; }

forget() { rm -f "$1" "$1.sha256" "$1.globals.sql"; }
