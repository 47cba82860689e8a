#!/bin/sh
# healthcheck.sh of the MariaDB image: each test named must hold; without one, connect is tested.
set -u
file=$STATEFULKIT_DATADIR/.my-healthcheck.cnf
tests=

# ask STATEMENT: over TCP, as the probes of the image do, since a socket answers during initialisation, too.
ask() {
    set -- "$1" --host="$STATEFULKIT_POD_IP" --protocol=tcp --skip-column-names --batch --connect-timeout=5
    statement=$1
    shift
    if [ -r "$file" ]; then
        user=$(sed -n 's/^user=//p' "$file")
        MYSQL_PWD=$(sed -n 's/^password=//p' "$file") mariadb "$@" --user="${user:-healthcheck}" -e "$statement" 2>&1
    else
        mariadb "$@" -e "$statement" 2>&1
    fi
}

connect() {
    answer=$(ask 'SELECT @@skip_networking')
    case "$answer" in
        # Whoever is told that access is denied has reached the server.
        0 | *'Access denied'*) return 0 ;;
    esac
    return 1
}

innodb_initialized() {
    [ "$(ask "SELECT 1 FROM information_schema.ENGINES WHERE engine='innodb' AND support IN ('YES', 'DEFAULT', 'ENABLED')")" = 1 ]
}

innodb_buffer_pool_loaded() {
    case "$(ask "SHOW STATUS LIKE 'innodb_buffer_pool_load_status'")" in
        *complete* | *'not started'*) return 0 ;;
    esac
    return 1
}

mariadbupgrade() {
    [ -f "$STATEFULKIT_DATADIR/mysql_upgrade_info" ] || [ -f "$STATEFULKIT_DATADIR/mariadb_upgrade_info" ]
}

for word in "$@"; do
    case "$word" in
        --su=* | --su-mysql | --no-defaults | --defaults-*) ;;
        --datadir=*) STATEFULKIT_DATADIR=${word#*=} ;;
        --connect | --innodb_initialized | --innodb_buffer_pool_loaded | --mariadbupgrade) tests="$tests ${word#--}" ;;
        *)
            echo "healthcheck unknown option $word" >&2
            exit 1
            ;;
    esac
done
for one in ${tests:-connect}; do
    "$one" || {
        echo "healthcheck $one failed" >&2
        exit 1
    }
done
