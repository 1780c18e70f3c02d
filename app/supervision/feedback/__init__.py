"""What learners say of their mentor at the end: asked once, kept without names, shown once there is enough."""
