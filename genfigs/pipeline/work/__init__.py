"""One module per kind of task; each has `run(job)` and is imported only inside a worker process."""
