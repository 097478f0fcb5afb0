"""Starts the demo cloud, tells where it is, and waits to be killed: run by ``test_cloud_process``."""

import sys
import threading

from ingenes_desktop.demo.process import CloudProcess

description = CloudProcess().start()
sys.stdout.write(description.mailbox + "\n")
sys.stdout.flush()
threading.Event().wait()
