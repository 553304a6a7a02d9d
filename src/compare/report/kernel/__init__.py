"""Forked kernels, a package that could be lifted out: it imports nothing of the rest of the project.

In: modules to preload, an environment. Out: Jupyter kernels that start at once, else stock ones.
How Jupyter finds it: `provisioner`. The server's owner: `server_process`; the server: `fork_server`.
"""
