"""What every use case works with: who is here, what they may do, and the screen that they get."""
