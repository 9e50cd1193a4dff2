"""What a web server loads: `supervision.wsgi:app`."""

from supervision import create_app
from supervision.static_files import StaticFiles

app = create_app()
app.wsgi_app = StaticFiles(app)  # type: ignore[method-assign]
