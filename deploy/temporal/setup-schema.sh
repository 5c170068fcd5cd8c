#!/bin/sh
# Creates or upgrades Temporal's two databases. Runs at every start: each step leaves alone what is up to date.
# Reads SQL_HOST, SQL_USER and SQL_PASSWORD.
set -eu

schemas=/etc/temporal/schema/postgresql/v12

prepare() {
  tool="temporal-sql-tool --plugin postgres12 --ep $SQL_HOST -p 5432 -u $SQL_USER --db $1"
  $tool create
  $tool setup-schema -v 0.0
  $tool update-schema -d "$schemas/$2/versioned"
}

prepare temporal temporal
prepare temporal_visibility visibility
