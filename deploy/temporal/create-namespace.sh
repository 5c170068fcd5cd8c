#!/bin/sh
# Waits for the server and makes the namespace if it is not there. Reads TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.
# Retention is how long the history of an ended conversation can be looked at; records live in MongoDB.
set -eu

attempt=0
until temporal operator cluster health; do
  attempt=$((attempt + 1))
  [ "$attempt" -lt 30 ] || exit 1
  sleep 2
done

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 168h
