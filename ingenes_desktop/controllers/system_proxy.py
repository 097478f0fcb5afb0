"""The system's proxy, static or by a PAC file, as Qt finds it on Windows and macOS."""

from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery


def find_system_proxy(url: str) -> str | None:
    """The proxy for ``url`` as "http://host:port", or None for a direct connection.

    A worker thread only: reading a PAC file may take seconds. Only http proxies are used, and no user
    name or password of the system's is sent to them.
    https://doc.qt.io/qt-6/qnetworkproxyfactory.html#systemProxyForQuery
    """
    for proxy in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(url))):
        if proxy.type() == QNetworkProxy.ProxyType.NoProxy:
            return None
        if proxy.type() in {QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy}:
            return f"http://{proxy.hostName()}:{proxy.port()}"
    return None
