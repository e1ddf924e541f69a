#!/bin/sh
# Makes Temporal's databases or updates them; doing it again changes nothing.
set -eu

SQL_PASSWORD=$(cat "$SQL_PASSWORD_FILE")
export SQL_PASSWORD

sql() {
  temporal-sql-tool --plugin postgres12 --ep "$SQL_HOST" -p 5432 -u "$SQL_USER" "$@"
}

for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  versions=/etc/temporal/schema/postgresql/v12/${pair##*:}/versioned
  sql --db "$database" create
  # Fails where a schema is there already, which the update then finds.
  sql --db "$database" setup-schema -v 0.0 || echo "$database has a schema already"
  sql --db "$database" update-schema -d "$versions"
done
