#!/bin/sh
# Makes the namespace and registers what iterations are indexed by; doing it again changes nothing.
set -eu

temporal operator cluster health

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"

# Name and type of each; `maskloop doctor` says when one is missing. A new namespace is known to all parts of Temporal after some seconds.
attributes='
MaskloopProject Keyword
MaskloopTask Keyword
MaskloopConnection Keyword
MaskloopStep Keyword
MaskloopWaitingFor Keyword
MaskloopTaskId Int
MaskloopSince Datetime
'

register() {
  tries=0
  until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$1" --type "$2"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 12 ]; then exit 1; fi
    sleep 5
  done
}

echo "$attributes" | while read -r name type; do
  if [ -n "$name" ]; then register "$name" "$type"; fi
done
