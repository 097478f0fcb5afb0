"""A listing of the cloud's, asked for once a second without waiting for it. UI thread only."""

import json

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkProxy, QNetworkReply, QNetworkRequest

POLL_MILLISECONDS = 1000
TIMEOUT_MILLISECONDS = 3000
LARGEST_LISTING = 1024 * 1024


class CloudListing(QObject):
    """Asks as long as it lives; one question at a time. An answer that is no listing is passed over."""

    arrived = Signal(list)
    """The listing's objects, as they were read from JSON."""

    def __init__(self, url: str, parent: QObject) -> None:
        super().__init__(parent)
        self._request = QNetworkRequest(QUrl(url))
        self._request.setTransferTimeout(TIMEOUT_MILLISECONDS)
        self._network = QNetworkAccessManager(self)
        self._network.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._waiting: QNetworkReply | None = None
        timer = QTimer(self)
        timer.timeout.connect(self._ask)
        timer.start(POLL_MILLISECONDS)

    def _ask(self) -> None:
        if self._waiting is None:
            self._waiting = self._network.get(self._request)
            self._waiting.finished.connect(self._read)

    def _read(self) -> None:
        reply, self._waiting = self._waiting, None
        if reply is None:
            return
        listing = read_listing(bytes(reply.read(LARGEST_LISTING).data()))
        reply.deleteLater()
        if listing is not None:
            self.arrived.emit(listing)


def read_listing(answer: bytes) -> list[object] | None:
    """A list of objects; None while the cloud does not answer, as when it ends first."""
    try:
        listing = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(listing, list) and all(isinstance(each, dict) for each in listing)
    return listing if whole else None
