"""Files that the service makes: nobody else reads them, and nobody replaces a database that is used."""
