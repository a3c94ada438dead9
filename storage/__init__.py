"""What is kept: tables, migrations, queries, keys, backup. Knows no chat and no report."""
