"""What is read for reports and exports, and what is remembered of them."""
