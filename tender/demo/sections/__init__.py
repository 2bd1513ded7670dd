"""The demonstration’s sections: their texts, and how they become Word files of six houses."""
