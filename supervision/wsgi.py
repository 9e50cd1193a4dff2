"""What a web server loads: `supervision.wsgi:app`."""

from werkzeug.middleware.proxy_fix import ProxyFix

from supervision import create_app
from supervision.drift.admission import Admission
from supervision.server import HeardOut
from supervision.static_files import StaticFiles

app = create_app()
app.wsgi_app = Admission(app)  # type: ignore[method-assign]
app.wsgi_app = StaticFiles(app)  # type: ignore[method-assign]
proxies = app.extensions["settings"].trusted_proxies
if (
    proxies
):  # only then are their words about the caller's address and https believed; the host is the request's own
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
app.wsgi_app = HeardOut(app.wsgi_app)  # type: ignore[method-assign]
