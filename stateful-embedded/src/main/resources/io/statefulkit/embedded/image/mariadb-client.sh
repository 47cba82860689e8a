#!/bin/sh
# A client program that finds the socket of this container's server, and leaves the machine's own option files out.
program=$(basename "$0")
configuration=$STATEFULKIT_ROOT/.mariadb/my.cnf
real=
for directory in $(printf '%s' "$PATH" | tr ':' ' '); do
    if [ -x "$directory/$program" ] && [ "$directory" != "$(dirname "$0")" ]; then
        real=$directory/$program
        break
    fi
done
[ -n "$real" ] || {
    echo "$program: not found" >&2
    exit 127
}
case "${1-}" in
    --no-defaults | --defaults-* | --print-defaults) exec "$real" "$@" ;;
esac
[ -r "$configuration" ] || exec "$real" "$@"
if [ -r "$HOME/.my.cnf" ]; then
    printf '!include %s\n!include %s\n' "$configuration" "$HOME/.my.cnf" > "$TMPDIR/.client.cnf"
    configuration=$TMPDIR/.client.cnf
fi
exec "$real" --defaults-file="$configuration" "$@"
