"""The workers' edge: Celery tasks of a few lines that call services. No rules, no SQL."""
