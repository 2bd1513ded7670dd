"""Grappe: joint answers to public calls for tenders."""
