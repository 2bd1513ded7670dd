"""Sections: asked, written, returned, approved; their revisions and comments."""
