"""Beginning with one's own cooperative: drafts kept step by step, then everything put in at once."""
