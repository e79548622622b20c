"""PostgreSQL's own word on its tables and on whether they changed.

The door to SQLAlchemy is `database.py`; this is its part for one server. Counters are those of the
statistics system: they are kept without transactions, start again with the server (whose start is
part of the sign) and lag behind by up to a second.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from scanner.connectors.databases.rows import Table

_TABLES = """
SELECT n.nspname, c.relname, c.relkind::text, c.relispartition, greatest(c.reltuples, -1)::bigint,
       CASE WHEN c.relkind IN ('r', 'm') THEN pg_table_size(c.oid) END,
       CASE WHEN c.relkind NOT IN ('r', 'm', 'p') OR NOT coalesce(counted.whole, false)
            THEN clock_timestamp()::text
            WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text
            WHEN NOT current_setting('track_counts')::boolean
            THEN pg_current_wal_insert_lsn()::text
            ELSE counted.sign END,
       pg_postmaster_start_time(), c.xmin::text,
       (SELECT string_agg(concat_ws(' ', attname, atttypid, attisdropped), ',' ORDER BY attnum)
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN LATERAL (
       SELECT bool_and(s.relid IS NOT NULL) AS whole,
              string_agg(concat_ws('-', pg_relation_filenode(part.relid), n_tup_ins, n_tup_upd,
                                   n_tup_del), ',' ORDER BY part.relid) AS sign
         FROM (SELECT c.oid AS relid WHERE c.relkind <> 'p'
               UNION ALL
               SELECT relid FROM pg_partition_tree(c.oid) WHERE isleaf) AS part
         LEFT JOIN pg_stat_all_tables s ON s.relid = part.relid) AS counted ON true
 WHERE c.relkind IN ('r', 'p', 'm', 'f', 'v') AND n.nspname <> 'information_schema'
   AND n.nspname NOT LIKE 'pg\\_%'
"""


def tables(connection: sa.Connection) -> Iterator[Table]:
    """List tables with a sign of their content; a partition is read through its parent."""
    kinds = {"v": "view", "m": "materialized", "f": "foreign"}
    for schema, name, kind, is_partition, rows, size, *signs in connection.exec_driver_sql(
        _TABLES.replace("%", "%%")
    ):
        if not is_partition:
            sign = "/".join(map(str, signs))
            yield Table(schema, name, kinds.get(kind, "table"), sign, rows, size)
