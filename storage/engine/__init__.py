"""The database itself: connections, units of reading and writing, migrations, backup. Knows no subject."""
