"""What librarians and coordinators share: their first card, orders, days that are typed, paper, help."""
