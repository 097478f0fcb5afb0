"""Two threads that import the same library at once: neither may find it half made.

Python sees that each waits for the other, and gives one of them an ImportError.
https://docs.python.org/3/c-api/import.html says nothing of it; importlib/_bootstrap.py (_DeadlockError) does.
"""

import subprocess
import sys

import pytest

MEETING = """
import sys, threading, time
from importlib import import_module
from importlib.machinery import PathFinder

PAUSES_AT, FIRST, SECOND = "jeepney", *sys.argv[1:]
errors = []

def load(name):
    try:
        import_module(name)
    except BaseException as error:
        errors.append(f"{name}: {type(error).__name__}")

def waits(thread):
    frame = sys._current_frames().get(thread.ident)
    lock = frame.f_locals.get("self") if frame is not None and frame.f_code.co_name == "acquire" else None
    return getattr(lock, "owner", None) == first.ident

class Pause:
    # The library is being found, and is not among the modules yet: now the other thread comes.
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != PAUSES_AT:
            return None
        spec = PathFinder.find_spec(name, path, target)
        spec.loader.create_module = create_module
        return spec

def create_module(spec):
    if threading.current_thread() is first:
        second.start()
        while second.is_alive() and not waits(second):
            time.sleep(0.001)

first = threading.Thread(target=load, args=(FIRST,))
second = threading.Thread(target=load, args=(SECOND,))
sys.meta_path.insert(0, Pause)
first.start()
first.join()
second.join()
print("; ".join(errors) or "both")
"""
LISTENER = "ingenes_desktop.controllers.session_events.bus"
KEYRING = "ingenes_desktop.adapters.secret_service"


@pytest.mark.skipif(sys.platform != "linux", reason="jeepney is Linux's")
@pytest.mark.parametrize(("first", "second"), [(LISTENER, KEYRING), (KEYRING, LISTENER)])
def test_the_listener_of_the_session_and_the_keyring(first: str, second: str) -> None:
    argv = [sys.executable, "-c", MEETING, first, second]
    assert subprocess.run(argv, capture_output=True, text=True, timeout=20, check=True).stdout == "both\n"
