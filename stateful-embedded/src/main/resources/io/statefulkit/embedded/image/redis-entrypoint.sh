#!/bin/sh
# Starts a Redis-like server as its official image does.
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then
    set -- "$STATEFULKIT_SERVER" "$@"
fi
if [ "$1" = "$STATEFULKIT_SERVER" ]; then
    if [ "$(id -u)" = 0 ] && [ -n "$STATEFULKIT_UID" ]; then
        chown -R "$STATEFULKIT_UID:$STATEFULKIT_GID" . 2> /dev/null || :
        exec setpriv --reuid="$STATEFULKIT_UID" --regid="$STATEFULKIT_GID" --clear-groups -- "$0" "$@"
    fi
    # The last setting wins: the server listens at the pod's address only.
    set -- "$@" --bind "$STATEFULKIT_POD_IP"
fi
exec "$@"
