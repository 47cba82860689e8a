
set -eu
umask 077
stopping=
child=

# The shell only handles a signal between commands, so a long one runs as a child that the handler ends.
trap 'stopping=yes; [ -z "$child" ] || kill "$child" 2>/dev/null || :' TERM INT

run() {
  "$@" &
  child=$!
  # A signal that came before the line above found no child to end.
  [ -z "$stopping" ] || kill "$child" 2>/dev/null || :
  result=0
  wait "$child" || result=$?
  child=
  [ -z "$stopping" ] || result=143
  return "$result"
}

# Others on the same volume may have names that begin with ours, such as shop and shop-eu.
stamp='[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z'

# A dump gets its final name when it is complete, has been read back and is on the disk; only then older ones go.
dump_and_publish() {
  final="$BACKUP_DIR/$name-$(date -u +%Y%m%dT%H%M%SZ).$suffix"
  rm -f "$BACKUP_DIR/$name"-$stamp."$suffix".partial "$BACKUP_DIR/$name"-$stamp."$suffix".partial.*
  if dump "$final.partial" && settle "$final.partial" && publish "$final.partial" "$final" &&
    echo "$hash  ${final##*/}" >"$final.sha256" && run sync "$BACKUP_DIR" "$final.sha256"; then
    date -u +%s >"$BACKUP_DIR/.last_success"
    ls -1r "$BACKUP_DIR/$name"-$stamp."$suffix" | tail -n +$((BACKUP_KEEP + 1)) | while read -r old; do forget "$old"; done
    echo "backup ok ${final##*/}"
    return 0
  fi
  rm -f "$final.partial" "$final.partial".*
  [ -n "$stopping" ] || date -u +%s >"$BACKUP_DIR/.last_failure"
  echo "backup FAILED ${final##*/}" >&2
  return 1
}

# Reads a dump back, takes its hash and writes it to the disk, all at once: each of them takes long.
settle() {
  for file in "$1" "$1".*; do [ ! -e "$file" ] || sync "$file" || exit 1; done &
  syncing=$!
  sha256sum <"$1" >"$1.hash" &
  hashing=$!
  if verify "$1" && wait "$hashing" && wait "$syncing"; then
    hash=$(cut -d' ' -f1 "$1.hash") && rm "$1.hash"
  else
    kill "$syncing" "$hashing" 2>/dev/null || :
    return 1
  fi
}

# One dump at a time: a second one on the same volume would take the unfinished one of the first for rubbish. It waits, and
# gets a name of its own, since names have seconds.
backup() {
  exec 8<"$BACKUP_DIR"
  if command -v flock >/dev/null; then run flock 8 || return 1; fi
  while [ -e "$BACKUP_DIR/$name-$(date -u +%Y%m%dT%H%M%SZ).$suffix" ]; do run sleep 1 || return 1; done
  made=0
  dump_and_publish || made=1
  exec 8<&-
  return $made
}

mkdir -p "$BACKUP_DIR"
until wait_for_server || [ -n "$stopping" ]; do run sleep 1 || :; done
if [ "${BACKUP_INTERVAL:-0}" = 0 ]; then
  [ -z "$stopping" ] || exit 143
  backup
  exit
fi
while [ -z "$stopping" ]; do
  if backup; then pause=$BACKUP_INTERVAL; else pause=$BACKUP_RETRY; fi
  [ -n "$stopping" ] || run sleep "$pause" || :
done
