"""The web edge: views, forms, the door. No rules, no SQL, no commit outside transaction()."""
