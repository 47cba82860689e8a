#!/bin/sh
# Starts MariaDB or MySQL as their official images do: the same variables, files, order and refusals.
set -eu

log() {
    level=$1
    shift
    printf '%s [%s] [Entrypoint]: %s\n' "$(date '+%Y-%m-%d %H:%M:%S%:z')" "$level" "$*"
}

note() {
    log Note "$@"
}

fail() {
    log ERROR "$@" >&2
    exit 1
}

# setting NAME DEFAULT: MARIADB_NAME, the file that MARIADB_NAME_FILE names, or the same with MYSQL_; the result is in $NAME.
setting() {
    eval "$1=\$2"
    for prefix in MYSQL_ MARIADB_; do
        [ "$prefix" = MYSQL_ ] || [ "$STATEFULKIT_FLAVOUR" = mariadb ] || continue
        name=$prefix$1
        eval "given=\${$name-} file=\${${name}_FILE-}"
        if [ -n "$given" ] && [ -n "$file" ]; then
            fail "Both $name and ${name}_FILE are set (but are exclusive)"
        fi
        if [ -n "$file" ]; then
            [ -r "$file" ] || fail "${name}_FILE names $file, which cannot be read"
            given=$(cat "$file")
        fi
        [ -z "$given" ] || eval "$1=\$given"
        unset "${name}_FILE"
    done
}

# flag NAME...: whether one of the variables is set to anything.
flag() {
    for name in "$@"; do
        eval "[ -z \"\${$name-}\" ]" || return 0
    done
    return 1
}

# quoted TEXT: as an SQL string.
quoted() {
    printf "'%s'" "$(printf '%s' "$1" | sed "s/\\\\/\\\\\\\\/g; s/'/''/g")"
}

# named TEXT: as an SQL identifier.
named() {
    printf '`%s`' "$(printf '%s' "$1" | sed 's/`/``/g')"
}

# sql [OPTION...] < statements, as root through the socket.
sql() {
    MYSQL_PWD="$current_password" "$STATEFULKIT_CLIENT" --defaults-file="$configuration" --protocol=socket \
        --socket="$socket" -uroot --comments "$@"
}

init_file() {
    case "$1" in
        *.sh)
            if [ -x "$1" ]; then
                note "$0: running $1"
                "$1"
            else
                note "$0: sourcing $1"
                . "$1"
            fi
            ;;
        *.sql)
            note "$0: running $1"
            sql ${DATABASE:+--database="$DATABASE"} < "$1"
            ;;
        *.sql.gz)
            note "$0: running $1"
            gunzip -c "$1" | sql ${DATABASE:+--database="$DATABASE"}
            ;;
        *.sql.xz)
            note "$0: running $1"
            xzcat "$1" | sql ${DATABASE:+--database="$DATABASE"}
            ;;
        *.sql.zst)
            note "$0: running $1"
            zstd -dc "$1" | sql ${DATABASE:+--database="$DATABASE"}
            ;;
        *) log Warn "$0: ignoring $1" ;;
    esac
}

# The machine's own option files are left out; those of the pod count, with the container's paths made this machine's.
configure() {
    mkdir -p "$configurations"
    {
        printf '[client-server]\nsocket=%s\n[client]\nsocket=%s\n' "$socket" "$socket"
        printf '[mysqld]\nskip-name-resolve\nhost-cache-size=0\ndatadir=%s\nsocket=%s\npid-file=%s\n' \
            "$STATEFULKIT_DATADIR" "$socket" "${socket%.sock}.pid"
        printf 'tmpdir=%s\nsecure-file-priv=\n' "$TMPDIR"
        for file in "$STATEFULKIT_CONFIGURATION"/*.cnf "$STATEFULKIT_MORE_CONFIGURATION"/*.cnf; do
            [ -r "$file" ] || continue
            printf '\n'
            sed -e "s#=\\( *\\)/var/lib/mysql#=\\1$STATEFULKIT_DATADIR#" -e "s#=\\( *\\)/tmp#=\\1$TMPDIR#" \
                -e "s#=\\( *\\)\\(/var\\)\\{0,1\\}/run/mysqld#=\\1${socket%/*}#" "$file"
        done
    } > "$configuration"
}

# What the server makes of its options and files, such as datadir.
option() {
    "$@" --verbose --help --log-bin-index="$TMPDIR/none" 2> /dev/null | awk -v name="$wanted" '$1 == name { print $2; exit }'
}

verify_minimum() {
    if [ -z "$ROOT_PASSWORD" ] && [ -z "$ROOT_PASSWORD_HASH" ] && ! flag $empty_flags && ! flag $random_flags; then
        fail "Database is uninitialized and password option is not specified
    You need to specify one of $password_options"
    fi
    if [ "$USER_NAME" = root ]; then
        fail "${own}USER=\"root\", ${own}USER and ${own}PASSWORD are for a further user; the root user is set up with ${own}ROOT_PASSWORD"
    fi
    if [ -n "$USER_NAME" ] && [ -z "$PASSWORD" ] && [ -z "$PASSWORD_HASH" ]; then
        log Warn "${own}USER specified, but missing ${own}PASSWORD; ${own}USER will not be created"
    fi
}

initialise() {
    note "Initializing database files"
    if [ "$STATEFULKIT_FLAVOUR" = mysql ]; then
        "$@" --initialize-insecure --default-time-zone=SYSTEM
    else
        # The installer writes a page of advice that is not about containers; it matters only when it fails.
        mariadb-install-db --defaults-file="$configuration" --datadir="$STATEFULKIT_DATADIR" --skip-name-resolve \
            --skip-test-db --auth-root-authentication-method=normal > "$TMPDIR/install" 2>&1 || {
            cat "$TMPDIR/install" >&2
            fail "Unable to initialise database"
        }
    fi
    note "Database files initialized"
}

temporary_start() {
    note "Starting temporary server"
    "$@" --skip-networking --default-time-zone=SYSTEM --socket="$socket" --skip-log-bin \
        $([ "$STATEFULKIT_FLAVOUR" = mysql ] && echo --mysqlx=OFF) &
    server=$!
    note "Waiting for server startup"
    for try in $(seq 300); do
        if echo 'SELECT 1' | sql --database=mysql > /dev/null 2>&1; then
            note "Temporary server started."
            return 0
        fi
        kill -0 "$server" 2> /dev/null || fail "Unable to start server."
        sleep 0.1
    done
    fail "Unable to start server."
}

temporary_stop() {
    note "Stopping temporary server"
    kill "$server"
    wait "$server" || fail "Unable to shut down server."
    note "Temporary server stopped"
}

# The statements that set up users; MariaDB takes a password as well as its hash.
accounts() {
    root_identity="IDENTIFIED BY $(quoted "$ROOT_PASSWORD")"
    [ -z "$ROOT_PASSWORD_HASH" ] || root_identity="IDENTIFIED BY PASSWORD $(quoted "$ROOT_PASSWORD_HASH")"
    if [ "$STATEFULKIT_FLAVOUR" = mariadb ]; then
        # The installer makes a root for the machine's name, which a server that resolves no names does not even see.
        echo "DELETE FROM mysql.global_priv WHERE User <> 'mariadb.sys' AND (User <> 'root' OR Host <> 'localhost');"
        echo "DELETE FROM mysql.proxies_priv WHERE Host <> 'localhost';"
        echo "FLUSH PRIVILEGES;"
    fi
    echo "ALTER USER root@localhost $root_identity;"
    if [ "$ROOT_HOST" != localhost ] && [ -n "$ROOT_HOST" ]; then
        echo "CREATE USER root@$(quoted "$ROOT_HOST") $root_identity;"
        echo "GRANT ALL ON *.* TO root@$(quoted "$ROOT_HOST") WITH GRANT OPTION;"
    fi
    if [ "$STATEFULKIT_FLAVOUR" = mariadb ]; then
        for host in localhost 127.0.0.1 ::1; do
            echo "CREATE USER healthcheck@'$host' IDENTIFIED BY '$health_password';"
            echo "GRANT USAGE ON *.* TO healthcheck@'$host';"
        done
    fi
    if [ -n "$DATABASE" ]; then
        note "Creating database $DATABASE" >&2
        echo "CREATE DATABASE IF NOT EXISTS $(named "$DATABASE");"
    fi
    if [ -n "$USER_NAME" ] && [ -n "$PASSWORD$PASSWORD_HASH" ]; then
        note "Creating user $USER_NAME" >&2
        identity="IDENTIFIED BY $(quoted "$PASSWORD")"
        [ -z "$PASSWORD_HASH" ] || identity="IDENTIFIED BY PASSWORD $(quoted "$PASSWORD_HASH")"
        echo "CREATE USER $(quoted "$USER_NAME")@'%' $identity;"
        if [ -n "$DATABASE" ]; then
            note "Giving user $USER_NAME access to schema $DATABASE" >&2
            schema=$(named "$DATABASE" | sed 's/_/\\_/g')
            echo "GRANT ALL ON $schema.* TO $(quoted "$USER_NAME")@'%';"
        fi
    fi
}

time_zones() {
    if flag MARIADB_INITDB_SKIP_TZINFO MYSQL_INITDB_SKIP_TZINFO || [ ! -d /usr/share/zoneinfo ]; then
        return 0
    fi
    command -v mysql_tzinfo_to_sql > /dev/null || {
        log Warn "mysql_tzinfo_to_sql is not installed; the time zones are not loaded"
        return 0
    }
    { [ "$STATEFULKIT_FLAVOUR" = mysql ] || echo "SET @@SESSION.SQL_LOG_BIN=0;"; mysql_tzinfo_to_sql /usr/share/zoneinfo; } \
        2> /dev/null | sql --database=mysql > /dev/null || log Warn "The time zones could not be loaded"
}

health_file() {
    (umask 077; printf '[mariadb-client]\nport=3306\nsocket=/run/mysqld/mysqld.sock\nuser=healthcheck\npassword=%s\n' \
        "$health_password" > "$STATEFULKIT_DATADIR/.my-healthcheck.cnf")
}

random_text() {
    head -c 64 /dev/urandom | od -An -tx1 | tr -d ' \n' | head -c "$1"
}

first_start() {
    verify_minimum
    initialise "$@"
    temporary_start "$@"
    time_zones
    if flag $random_flags && [ -z "$ROOT_PASSWORD" ]; then
        ROOT_PASSWORD=$(random_text 32)
        note "GENERATED ROOT PASSWORD: $ROOT_PASSWORD"
    fi
    health_password=$(random_text 32)
    accounts | sql --database=mysql
    [ "$STATEFULKIT_FLAVOUR" != mariadb ] || health_file
    current_password=$ROOT_PASSWORD
    for file in "$STATEFULKIT_INITDB"/*; do
        [ -e "$file" ] || continue
        init_file "$file"
    done
    if flag MYSQL_ONETIME_PASSWORD && [ "$STATEFULKIT_FLAVOUR" = mysql ]; then
        echo "ALTER USER root@$(quoted "$ROOT_HOST") PASSWORD EXPIRE;" | sql
    fi
    temporary_stop
    note "$product init process done. Ready for start up."
}

case "${1-}" in
    -*) set -- "$STATEFULKIT_SERVER" "$@" ;;
esac
case "${1-}" in
    mysqld | mariadbd | "$STATEFULKIT_SERVER") shift ;;
    *) exec "$@" ;;
esac
for word in "$@"; do
    case "$word" in
        -'?' | --help | --print-defaults | -V | --version) exec "$STATEFULKIT_SERVER" "$@" ;;
    esac
done

socket=$STATEFULKIT_SOCKETS/mysqld.sock
configurations=$STATEFULKIT_ROOT/.mariadb
configuration=$configurations/my.cnf
current_password=
if [ "$STATEFULKIT_FLAVOUR" = mysql ]; then
    product=MySQL own=MYSQL_
    empty_flags=MYSQL_ALLOW_EMPTY_PASSWORD
    random_flags=MYSQL_RANDOM_ROOT_PASSWORD
    password_options="the following as an environment variable:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD"
else
    product=MariaDB own=MARIADB_
    empty_flags="MARIADB_ALLOW_EMPTY_ROOT_PASSWORD MYSQL_ALLOW_EMPTY_PASSWORD"
    random_flags="MARIADB_RANDOM_ROOT_PASSWORD MYSQL_RANDOM_ROOT_PASSWORD"
    password_options="MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD"
fi

if [ "$(id -u)" = 0 ]; then
    note "Entrypoint script for $product Server $STATEFULKIT_VERSION started."
    configure
    wanted=datadir
    data=$(option "$STATEFULKIT_SERVER" --defaults-file="$configuration" --user=root "$@")
    mkdir -p "${data:-$STATEFULKIT_DATADIR}"
    # The server refuses root; the image's first step as root hands the directories over.
    chown -R "$STATEFULKIT_UID:$STATEFULKIT_GID" "${data:-$STATEFULKIT_DATADIR}" "$STATEFULKIT_SOCKETS" "$configurations"
    note "Switching to dedicated user 'mysql'"
    exec setpriv --reuid="$STATEFULKIT_UID" --regid="$STATEFULKIT_GID" --clear-groups -- "$0" "$STATEFULKIT_SERVER" "$@"
fi

note "Entrypoint script for $product Server $STATEFULKIT_VERSION started."
case "$STATEFULKIT_IMAGE" in
    *:"$STATEFULKIT_VERSION"* | *:latest | *:lts | "${STATEFULKIT_IMAGE%%:*}") ;;
    *) note "Image $STATEFULKIT_IMAGE is served by the $product $STATEFULKIT_VERSION of this machine" ;;
esac
configure
# First of all options, since the server demands that.
set -- "$STATEFULKIT_SERVER" --defaults-file="$configuration" "$@"
wanted=datadir
data=$(option "$@")
[ -z "$data" ] || STATEFULKIT_DATADIR=${data%/}
mkdir -p "$STATEFULKIT_DATADIR" 2> /dev/null || :
if [ ! -d "$STATEFULKIT_DATADIR/mysql" ]; then
    setting ROOT_HOST '%'
    setting DATABASE ''
    setting USER ''
    USER_NAME=$USER
    setting PASSWORD ''
    setting ROOT_PASSWORD ''
    setting PASSWORD_HASH ''
    setting ROOT_PASSWORD_HASH ''
    first_start "$@"
fi
# The last settings win: the server listens at the pod's address only, and keeps its socket inside the container.
set -- "$@" --bind-address="$STATEFULKIT_POD_IP" --socket="$socket"
[ "$STATEFULKIT_FLAVOUR" = mariadb ] || set -- "$@" --mysqlx=OFF
exec "$@"
