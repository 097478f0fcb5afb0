"""A menu that lets the demo's servers fail, so that a person can see what the application says then.

UI thread only.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkProxy, QNetworkReply, QNetworkRequest
from PySide6.QtWidgets import QMenu, QWidget

from ingenes_desktop.demo.window_words import words

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

TIMEOUT_MILLISECONDS = 3000
LARGEST_LISTING = 256 * 1024
LONG_SECONDS = 600

FAULTS: Mapping[str, Mapping[str, object]] = {
    "aws-down": {"kind": "aws_down"},
    "aws-slow": {"kind": "aws_slow", "seconds": 3},
    "too-many": {"kind": "aws_refusal", "operation": "InitiateAuth", "code": "TooManyRequestsException"},
    "filemaker-down": {"kind": "engine_down"},
    "filemaker-silent": {"kind": "slow", "seconds": LONG_SECONDS},
    "filemaker-full": {"kind": "full"},
    "filemaker-account": {"kind": "account_refused"},
    "filemaker-half": {"kind": "half_json"},
    "filemaker-nobody": {"kind": "no_record"},
    "filemaker-twice": {"kind": "duplicate"},
}
"""What can be switched, in the menu's order; each of another kind."""


class FaultsMenu(QMenu):
    """Switches the faults at the cloud's control address, without waiting for it.

    What is ticked is what the cloud says: after each switching, and when the menu is opened, because other
    programs may switch them too.
    """

    def __init__(self, parent: QWidget, url: str) -> None:
        super().__init__(parent)
        self.setObjectName("demo-faults")
        self._url = url
        self._network = QNetworkAccessManager(self)
        self._network.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._network.finished.connect(self._read)
        self._latest: QNetworkReply | None = None
        self._switches: dict[str, QAction] = {}
        for name in FAULTS:
            action = self.addAction("")
            action.setCheckable(True)
            action.setData(name)
            self._switches[name] = action
        self.addSeparator()
        self._all_well = self.addAction("")
        self.triggered.connect(self._chosen)
        self.aboutToShow.connect(lambda: self._await(self._network.get(self._request())))

    def speak(self) -> None:
        """Take the window's language."""
        for name, action in self._switches.items():
            action.setText(words(name))
        self._all_well.setText(words("all-well"))

    def _chosen(self, action: "QAction") -> None:
        name = action.data()
        if name not in FAULTS:
            self._await(self._network.deleteResource(self._request()))
        elif action.isChecked():
            request = self._request()
            request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "application/json")
            self._await(self._network.post(request, QByteArray(json.dumps(FAULTS[name]).encode())))
        else:
            self._await(self._network.deleteResource(self._request(f"/{FAULTS[name]['kind']}")))

    def _request(self, path: str = "") -> QNetworkRequest:
        request = QNetworkRequest(QUrl(self._url + path))
        request.setTransferTimeout(TIMEOUT_MILLISECONDS)
        return request

    def _await(self, reply: QNetworkReply) -> None:
        self._latest = reply

    def _read(self, reply: QNetworkReply) -> None:
        kinds = switched_on(bytes(reply.read(LARGEST_LISTING).data()))
        reply.deleteLater()
        if reply is self._latest and kinds is not None:  # an earlier answer may come later
            for name, action in self._switches.items():
                action.setChecked(FAULTS[name]["kind"] in kinds)


def switched_on(answer: bytes) -> set[object] | None:
    """The kinds that are switched on, of the control address' JSON; None where it is none."""
    try:
        return {each["kind"] for each in json.loads(answer)["faults"]}
    except (ValueError, TypeError, KeyError):
        return None
