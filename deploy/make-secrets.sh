#!/bin/sh
# Makes the files below secrets/ that docker-compose.yml mounts: random where nobody has to know them, the key of CVAT by asking.
# What is there already is left alone. Only you may enter the folder; the files in it are readable, since the users inside the
# containers are others than you.
set -eu
umask 022
cd "$(dirname "$0")/.."
mkdir -p secrets
chmod 700 secrets

random() {
  if [ -s "secrets/$1" ]; then
    echo "secrets/$1: is there already"
  else
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n' > "secrets/$1"
    echo "secrets/$1: made"
  fi
}

random postgres_password
random maskloop_token
random maskloop_session_secret
random cvat_webhook_secret

if [ -s secrets/cvat_token ]; then
  echo 'secrets/cvat_token: is there already'
elif [ -t 0 ]; then
  printf 'Access token of CVAT, allowed to write (it is not shown): '
  stty -echo
  trap 'stty echo' EXIT INT TERM
  read -r token
  echo
  printf '%s' "$token" > secrets/cvat_token
  echo 'secrets/cvat_token: made'
else
  echo 'secrets/cvat_token: is missing; write an access token of CVAT into it' >&2
  exit 1
fi

echo 'The pages ask for the token in secrets/maskloop_token.'
