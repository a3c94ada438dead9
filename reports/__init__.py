"""What coordinators read: statistics, suppression, summaries, charts, and the renderers of one Report value."""
