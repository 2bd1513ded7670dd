"""What gunicorn serves."""

from tender.app import create_app

app = create_app()
