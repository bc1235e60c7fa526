"""A made-up population of customers, the ways people would mention them, and rival scans."""
