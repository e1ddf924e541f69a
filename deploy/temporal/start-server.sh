#!/bin/sh
# The image takes the password from its environment alone; it gets there from the file, in this process only.
set -eu
POSTGRES_PWD=$(cat "$POSTGRES_PWD_FILE")
export POSTGRES_PWD
exec /etc/temporal/entrypoint.sh
