"""ingenes_desktop: the sign-in application of the clinics."""

__version__ = "0.1.0"
