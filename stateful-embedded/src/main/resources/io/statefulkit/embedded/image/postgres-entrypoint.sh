#!/bin/sh
# Starts PostgreSQL as its official image does: the same variables, files, order and refusals.
set -eu

fail() {
    echo "$@" >&2
    exit 1
}

# file_env NAME DEFAULT: the value of NAME, or the content of the file that NAME_FILE names; not both.
file_env() {
    eval "given=\${$1-} file=\${$1_FILE-}"
    if [ -n "$given" ] && [ -n "$file" ]; then
        fail "error: both $1 and $1_FILE are set (but are exclusive)"
    fi
    if [ -z "$given" ] && [ -n "$file" ]; then
        [ -r "$file" ] || fail "error: $1_FILE names $file, which cannot be read"
        given=$(cat "$file")
    fi
    [ -n "$given" ] || given=$2
    eval "$1=\$given"
    export "${1?}"
    unset "$1_FILE"
}

# The stand-in for psql is slow to start, so the server's single-user mode is preferred to it.
has_client() {
    [ -z "${STATEFULKIT_JAVA-}" ] && command -v psql > /dev/null
}

# sql DATABASE < statements: psql where there is one, else the server in single-user mode.
sql() {
    if has_client; then
        PGHOST="$socket" PGPASSWORD="${PGPASSWORD-$POSTGRES_PASSWORD}" \
            psql -X -v ON_ERROR_STOP=1 --no-password --no-psqlrc --username "$POSTGRES_USER" --dbname "$1"
    else
        postgres --single -j -D "$PGDATA" "$1"
    fi
}

temporary_start() {
    has_client || return 0
    # Only the socket: nobody outside takes this server for the real one.
    pg_ctl -D "$PGDATA" -w -t 300 -o "-c listen_addresses='' -c unix_socket_directories='$socket' $*" start
}

temporary_stop() {
    has_client || return 0
    pg_ctl -D "$PGDATA" -m fast -w -t 300 stop
}

init_file() {
    case "$1" in
        *.sh)
            if [ -x "$1" ]; then
                printf '%s: running %s\n' "$0" "$1"
                "$1"
            else
                printf '%s: sourcing %s\n' "$0" "$1"
                . "$1"
            fi
            ;;
        *.sql)
            printf '%s: running %s\n' "$0" "$1"
            sql "$POSTGRES_DB" < "$1"
            ;;
        *.sql.gz)
            printf '%s: running %s\n' "$0" "$1"
            gunzip -c "$1" | sql "$POSTGRES_DB"
            ;;
        *.sql.xz)
            printf '%s: running %s\n' "$0" "$1"
            xzcat "$1" | sql "$POSTGRES_DB"
            ;;
        *) printf '%s: ignoring %s\n' "$0" "$1" ;;
    esac
    printf '\n'
}

check_old_layout() {
    [ "$PG_MAJOR" -ge 18 ] || return 0
    case ":${STATEFULKIT_MOUNTS-}:" in
        *:/var/lib/postgresql/data:*) ;;
        *) return 0 ;;
    esac
    case "$PGDATA" in
        */var/lib/postgresql/"$PG_MAJOR"/docker | "${STATEFULKIT_ROOT-}"*) ;;
        *) return 0 ;;
    esac
    fail "Error: in 18+, these images keep their data in /var/lib/postgresql/$PG_MAJOR/docker, but something is mounted at
       /var/lib/postgresql/data (unused mount/volume). Mount the volume at /var/lib/postgresql instead, or set PGDATA."
}

initialise() {
    password_file="$scratch/password"
    (umask 077; printf '%s\n' "$POSTGRES_PASSWORD" > "$password_file")
    [ -z "${POSTGRES_INITDB_WALDIR-}" ] || set -- --waldir "$POSTGRES_INITDB_WALDIR"
    eval 'initdb --username="$POSTGRES_USER" --pwfile="$password_file" -D "$PGDATA" '"${POSTGRES_INITDB_ARGS-}"' "$@"'
    rm -f "$password_file"
}

verify_minimum() {
    case "$POSTGRES_PASSWORD" in
        ?????????????????????????????????????????????????????????????????????????????????????????????????????*)
            echo "WARNING: the password has more than 100 characters; old clients may not work with it" >&2
            ;;
    esac
    if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
        fail "Error: Database is uninitialized and superuser password is not specified.
       Set POSTGRES_PASSWORD (or POSTGRES_PASSWORD_FILE) to a value that is not empty, or
       POSTGRES_HOST_AUTH_METHOD=trust to let everyone in without a password."
    fi
}

allow_hosts() {
    method=$POSTGRES_HOST_AUTH_METHOD
    [ -n "$method" ] || method=$(postgres -C password_encryption -D "$PGDATA" 2> /dev/null || echo scram-sha-256)
    case "$method" in on | off) method=md5 ;; esac
    printf '\nhost all all all %s\n' "$method" >> "$PGDATA/pg_hba.conf"
}

create_database() {
    [ "$POSTGRES_DB" != postgres ] || return 0
    quoted=$(printf '%s' "$POSTGRES_DB" | sed 's/"/""/g')
    printf 'CREATE DATABASE "%s" ;\n\n' "$quoted" | sql postgres
}

first_start() {
    verify_minimum
    initialise
    allow_hosts
    temporary_start "$@"
    create_database
    for file in "$initdb_directory"/*; do
        [ -e "$file" ] || continue
        init_file "$file"
    done
    temporary_stop
    printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

case "${1-}" in
    -*) set -- postgres "$@" ;;
esac
if [ "${1-}" != postgres ]; then
    exec "$@"
fi
for word in "$@"; do
    case "$word" in
        -'?' | --help | --describe-config | -V | --version) exec "$@" ;;
    esac
done

socket=${STATEFULKIT_ROOT-}/var/run/postgresql
case "${PGHOST-}" in
    /*) socket=$PGHOST ;;
esac
initdb_directory=$STATEFULKIT_INITDB
scratch=${TMPDIR-/tmp}
mkdir -p "$PGDATA" "$socket" 2> /dev/null || :
chmod 00700 "$PGDATA" 2> /dev/null || :
chmod 03777 "$socket" 2> /dev/null || :

if [ "$(id -u)" = 0 ]; then
    # The server refuses root; the image's first step as root hands the directory over.
    chown -R "$STATEFULKIT_UID:$STATEFULKIT_GID" "$PGDATA"
    chown "$STATEFULKIT_UID:$STATEFULKIT_GID" "$socket" 2> /dev/null || :
    exec setpriv --reuid="$STATEFULKIT_UID" --regid="$STATEFULKIT_GID" --clear-groups -- "$0" "$@"
fi

file_env POSTGRES_PASSWORD ''
file_env POSTGRES_USER postgres
file_env POSTGRES_DB "$POSTGRES_USER"
file_env POSTGRES_INITDB_ARGS ''
: "${POSTGRES_HOST_AUTH_METHOD=}"
if [ -s "$PGDATA/PG_VERSION" ]; then
    printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
else
    check_old_layout
    first_start
fi
# The last settings win: the server listens at the pod's address only, and keeps its socket inside the container.
exec "$@" -c "listen_addresses=${STATEFULKIT_POD_IP-127.0.0.1}" -c "unix_socket_directories=$socket"
