"""The seal of a file: keys of this service, the one that signs, and invisible signatures in PDF files."""
