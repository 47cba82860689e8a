suffix=sql
name=$MYSQL_CLIENT_DATABASE
client=$(command -v mariadb-dump || command -v mysqldump)
admin=$(command -v mariadb-admin || command -v mysqladmin)
options="--no-defaults -h $MYSQL_HOST --protocol=tcp -u $MYSQL_CLIENT_USER"

wait_for_server() { "$admin" $options --connect-timeout=3 ping >/dev/null 2>&1; }

# Without these, older clients write only characters of up to three bytes, and fail at rows of more than 24 MB.
whole="--default-character-set=utf8mb4 --max-allowed-packet=1G"

# Only MySQL knows this option, and its dumps cannot be loaded elsewhere without it.
gtid() {
  case $client in
    *mysqldump) ;;
    *) return 0 ;;
  esac
  if "$client" --no-defaults --help 2>/dev/null | grep -q set-gtid-purged; then echo --set-gtid-purged=OFF; fi
}

# No option helps with a routine of somebody else that this user may not read, and a dump without it would not be whole.
dump() {
  said=/tmp/statefulkit-dump.$$
  dumped=0
  run "$client" $options $whole $(gtid) --single-transaction --routines --events --triggers --no-tablespaces \
    --result-file="$1" "$name" 2>"$said" || dumped=1
  cat "$said" >&2
  if grep -q 'privileges to SHOW CREATE' "$said"; then
    echo "  do: make it as $MYSQL_CLIENT_USER, or let root say: grant select on mysql.proc to $MYSQL_CLIENT_USER" >&2
    echo "  (MySQL: grant show_routine on *.* to $MYSQL_CLIENT_USER)" >&2
  fi
  rm -f "$said"
  return $dumped
}

# The last line is written only after everything else.
verify() { tail -n 1 "$1" | grep -q '^-- Dump completed'; }

publish() { mv "$1" "$2"; }

forget() { rm -f "$1" "$1.sha256"; }
