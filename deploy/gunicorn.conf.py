"""How gunicorn serves the pages, in `make run` and in production alike."""

import multiprocessing

workers = min(4, multiprocessing.cpu_count())
worker_class = "gthread"
threads = 16  # live progress holds a thread for each open page
timeout = 60
graceful_timeout = 5
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
accesslog = None  # the application logs each request itself
