"""eForms, the notices of the European Union since 2023: every root, subtype and SDK version."""
