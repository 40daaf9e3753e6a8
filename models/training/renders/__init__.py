"""Rendered photos for kinds of subject that the data packs lack: documents and products."""
