"""What is behind a figure: its formula, and the rows, under codes, that it was counted from."""
