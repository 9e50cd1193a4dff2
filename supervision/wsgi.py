"""What a web server loads: `supervision.wsgi:app`."""

from supervision import create_app

app = create_app()
