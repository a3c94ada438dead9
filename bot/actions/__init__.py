"""What buttons ask for, by who uses them: declared with typed arguments. Holds no use case."""
