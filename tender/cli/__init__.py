"""The operator's edge: commands of a few lines that call services. No rules, no SQL."""
