"""The pipeline beside what people would use instead, measured in one run. Start with `__main__`."""
