"""Measures the pipeline and the tools that people would use instead. Start with `__main__`."""
