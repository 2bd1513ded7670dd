"""How one Word document is grafted into another: id spaces, styles, lists, notes, sections."""
