#!/bin/sh
# Entry point of the MongoDB container. Members of a replica set that asks for passwords prove themselves by a key file; with
# one member nobody else needs it, so it is made from root's password. mongod refuses one that others may read; the image's
# own entry point gives it to the user that mongod runs as.
set -eu

keyfile=${KEYFILE:-/data/configdb/keyfile}
old_umask=$(umask)
umask 077
printf 'key file:%s' "$MONGO_INITDB_ROOT_PASSWORD" | sha256sum | cut -d ' ' -f 1 >"$keyfile"
umask "$old_umask"
exec docker-entrypoint.sh "$@" --keyFile "$keyfile"
