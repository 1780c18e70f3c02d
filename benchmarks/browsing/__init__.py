"""What a page costs the service, and how long somebody on a slow line waits for it."""
