#!/bin/sh
# In place of chown and chgrp. Containers that are not root run as one user, whatever its number in the image: root gives files
# to that one, and for anybody else they belong to it already. A file that is not there is an error as ever.
name=${0##*/}
root=$(id -u)
owner=
missing=0
for word; do
    shift
    case $word in
        --reference=*) owner=$word ;;
        -*) ;;
        *)
            if [ -z "$owner" ]; then
                owner=$word
                case $word in
                    0 | 0:* | root | root:*) ;;
                    *)
                        if [ "$name" = chgrp ]; then
                            word=${STATEFULKIT_GID:-$word}
                        else
                            word=${STATEFULKIT_UID:+$STATEFULKIT_UID:$STATEFULKIT_GID}
                            word=${word:-$owner}
                        fi
                        ;;
                esac
            elif [ "$root" != 0 ] && [ ! -e "$word" ] && [ ! -L "$word" ]; then
                echo "$name: cannot access '$word': No such file or directory" >&2
                missing=1
            fi
            ;;
    esac
    set -- "$@" "$word"
done
if [ "$root" = 0 ]; then
    for directory in /usr/bin /bin; do
        [ -x "$directory/$name" ] && exec "$directory/$name" "$@"
    done
fi
if [ -z "$owner" ]; then
    echo "$name: missing operand" >&2
    missing=1
fi
exit $missing
