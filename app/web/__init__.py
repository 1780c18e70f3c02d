"""What only pages need: access, forms, errors, htmx, rendering and security."""
