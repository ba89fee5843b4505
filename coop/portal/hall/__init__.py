"""Hall mode as the site knows it: the plain door, and the authority's certificate for phones to install."""
