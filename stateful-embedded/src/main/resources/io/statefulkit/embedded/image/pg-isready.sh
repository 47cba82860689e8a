#!/bin/bash
# pg_isready where no client is installed: the same options and exit codes (0 accepts, 1 rejects, 2 no answer, 3 no attempt).
host=${PGHOST-localhost} port=${PGPORT-5432} user=${PGUSER-postgres} database=${PGDATABASE-} quiet= timeout=${PGCONNECT_TIMEOUT-3}
usage() {
    echo "pg_isready: error: $1" >&2
    exit 3
}
while [ $# -gt 0 ]; do
    case "$1" in
        -h | --host) host=${2?}; shift ;;
        --host=*) host=${1#*=} ;;
        -p | --port) port=${2?}; shift ;;
        --port=*) port=${1#*=} ;;
        -U | --username) user=${2?}; shift ;;
        --username=*) user=${1#*=} ;;
        -d | --dbname) database=${2?}; shift ;;
        --dbname=*) database=${1#*=} ;;
        -t | --timeout) timeout=${2?}; shift ;;
        --timeout=*) timeout=${1#*=} ;;
        -q | --quiet) quiet=yes ;;
        -V | --version) echo "pg_isready (PostgreSQL)"; exit 0 ;;
        -h?*) host=${1#-h} ;;
        -p?*) port=${1#-p} ;;
        -U?*) user=${1#-U} ;;
        -d?*) database=${1#-d} ;;
        -t?*) timeout=${1#-t} ;;
        *) usage "unrecognized option '$1'" ;;
    esac
    shift
done
[ -n "$database" ] || database=$user
case "$port" in '' | *[!0-9]*) usage "invalid port number: \"$port\"" ;; esac
say() {
    [ -n "$quiet" ] || echo "$host:$port - $1"
    exit "$2"
}
case "$host" in
    /*)
        # Without a client there is nothing that speaks through the socket; the server's own status line tells the same.
        lock=$host/.s.PGSQL.$port.lock
        [ -S "$host/.s.PGSQL.$port" ] && [ -r "$lock" ] || say "no response" 2
        data=$(sed -n 2p "$lock")
        if [ -r "$data/postmaster.pid" ]; then
            case $(sed -n 8p "$data/postmaster.pid") in
                ready* | standby*) say "accepting connections" 0 ;;
                *) say "rejecting connections" 1 ;;
            esac
        fi
        say "accepting connections" 0
        ;;
esac
# A startup packet: length, protocol 3.0, user, database.
body=$((4 + 4 + 5 + ${#user} + 1 + 9 + ${#database} + 1 + 1))
length=$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' 0 0 $((body / 256)) $((body % 256)))
ask() {
    exec 3<> "/dev/tcp/$host/$port" || return 2
    printf "$length"'\x00\x03\x00\x00user\x00%s\x00database\x00%s\x00\x00' "$user" "$database" >&3
    case $(head -c 1 <&3 | tr '\000' ' ') in
        R) return 0 ;;
        E) ;;
        *) return 2 ;;
    esac
    # After an error the server closes, so this ends. 57P03: it is starting or stopping.
    case $(head -c 512 <&3 | tr '\000' ' ') in
        *57P03*) return 1 ;;
    esac
    return 0
}
export -f ask
export host port user database length
timeout "${timeout:-3}" bash -c ask 2> /dev/null
case $? in
    0) say "accepting connections" 0 ;;
    1) say "rejecting connections" 1 ;;
    *) say "no response" 2 ;;
esac
