"""Letters to municipalities: sending each as a person would, fetching what comes back, and a person's confirming it."""
