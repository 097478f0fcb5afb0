"""Runs the demo as somebody who is not root, whoever runs it: by ``test_cloud_options`` (Linux).

What root may do beyond others is taken from the process that comes next, for good.
"""

import ctypes
import os
import sys

PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
CAP_NET_BIND_SERVICE = 10

for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_NET_BIND_SERVICE):
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # refused to who is not root: as well
os.execv(sys.executable, [sys.executable, "-m", "ingenes_desktop.demo", *sys.argv[1:]])  # noqa: S606  the same program, with less
