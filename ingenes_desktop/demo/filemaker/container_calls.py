"""Files in container fields: upload, and fetching them.

An upload is a form with a part named `upload`; other parts are ignored, and any media type is taken.
A container field reads as a URL of this server. Fetching it is a matter of the web server, not of the
Data API: the first request gets a cookie (X-FMS-Session-Key) and is sent to the same address again,
the second gets the file. Without the cookie there is nothing, nor once the session has ended that
read the field. Source: Claris Data API Guide, "Upload container data"; the way through the cookie is
what public clients do against real servers (python-fmrest, fm-data-api-client, eloquent-filemaker
issue 63), and that the session ends it is this server's choice: Claris does not say.
"""

import mimetypes
import re
from collections.abc import Mapping
from http import HTTPStatus
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import quote

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Request

from ingenes_desktop.demo.filemaker import parameters
from ingenes_desktop.demo.filemaker.addresses import STREAMS
from ingenes_desktop.demo.filemaker.answers import Answer, FileMakerError, page
from ingenes_desktop.demo.filemaker.layout_view import LayoutView
from ingenes_desktop.demo.filemaker.sessions import Session, Sessions
from ingenes_desktop.demo.filemaker.tables import Record, Transaction
from ingenes_desktop.demo.filemaker.values import Result, StoredContainer

MEDIA_TYPE = "multipart/form-data"
_PART = "upload"
_MOST_PARTS = 100
_COOKIE = "X-FMS-Session-Key"
_LONGEST_NAME = 255
_LONGEST_SUFFIX = 20
_LONGEST_HOST = 260  # a name of 253 characters, and a port
_UNKNOWN_TYPE = "application/octet-stream"
_PLAIN_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")


def uploaded(request: Request) -> StoredContainer:
    """The file of an upload. Raises FileMakerError 960 where no part with a file is named `upload`,
    also where the form is malformed."""
    parser = FormDataParser(stream_factory=lambda *_, **__: BytesIO(), max_form_parts=_MOST_PARTS)
    try:
        _, _, files = parser.parse_from_environ(request.environ)
    except RequestEntityTooLarge:
        raise FileMakerError(960) from None
    file = files.get(_PART)
    if file is None:
        raise FileMakerError(960, message=f"Upload payload must contain a part named '{_PART}'.")
    name = _plain_name(file.filename or "")
    return StoredContainer(name, _media_type(file, name), file.read())


def store(
    view: LayoutView,
    record: Record,
    segments: Mapping[str, str],
    given: Mapping[str, object],
    container: StoredContainer,
) -> dict[str, object]:
    """Put a file into the field (and repetition) of the address.

    Raises FileMakerError: 102 for a field that is not on the layout, is of a related table or has
    not that repetition, 201 for one that is no container, 306 where `modId` is given and not the
    record's, 960 for any other parameter.
    """
    parameters.only(given, "modId")
    repetition = segments.get("repetition")
    place = view.place(segments["field"] + ("" if repetition is None else f"({repetition})"))
    if place.path or place.record_id is not None:
        raise FileMakerError(102)
    if place.field.result is not Result.CONTAINER or place.field.type != "normal":
        raise FileMakerError(201)
    if parameters.mod_id(given) not in (None, record.mod_id):
        raise FileMakerError(306)
    if place.field.is_global:
        view.caller.globals[view.table.name, place.key] = container
    else:
        with Transaction() as transaction:
            view.table.change(record, {place.key: container}, transaction)
    return {"modId": str(record.mod_id)}


def url(session: Session, request: Request, container: StoredContainer) -> str:
    """Where the file can be fetched while the session lasts, under the name by which the client of
    this request calls the server (its cookies and its checks go by that), else its address."""
    host = request.host if len(request.host) <= _LONGEST_HOST else ""
    host = host or f"{request.environ['SERVER_NAME']}:{request.environ['SERVER_PORT']}"
    name = session.stream_name(container)
    return f"{request.scheme}://{host}{STREAMS}/{name}?RCType=EmbeddedRCFileProcessor"


def fetched(request: Request, sessions: Sessions, name: str) -> Answer:
    """The answer to a request for a file: the way to the cookie, the file, 401 for a wrong cookie
    and where no open session has such a file."""
    session = sessions.with_stream(name)
    container = session.stream(name) if session else None
    if session is None or container is None:
        return page(HTTPStatus.UNAUTHORIZED, "")
    key = request.cookies.get(_COOKIE)
    if key is None:
        secure = "; Secure" if request.is_secure else ""
        query = quote(request.query_string, safe="".join(map(chr, range(0x21, 0x7F))))
        again = quote(request.path) + (f"?{query}" if query else "")
        cookie = f"{_COOKIE}={session.stream_key}; Path=/; HttpOnly{secure}"
        return page(HTTPStatus.FOUND, "", ("Location", again), ("Set-Cookie", cookie))
    if key != session.stream_key:
        return page(HTTPStatus.UNAUTHORIZED, "")
    disposition = dump_options_header("attachment", {"filename": container.file_name})
    headers = (("Content-Disposition", disposition),)
    return Answer(HTTPStatus.OK, container.content, container.media_type, headers=headers)


def _plain_name(name: str) -> str:
    """The file's name without folders and control characters, at most 255 characters."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in last if sign.isprintable()).strip()
    if plain.strip(".") == "":
        return "Untitled"
    path = PurePosixPath(plain)
    suffix = path.suffix[:_LONGEST_SUFFIX]
    return plain if len(plain) <= _LONGEST_NAME else path.stem[: _LONGEST_NAME - len(suffix)] + suffix


def _media_type(file: FileStorage, name: str) -> str:
    """What the upload says it is; where it does not, what the name's extension says."""
    said = file.mimetype
    if said != _UNKNOWN_TYPE and _PLAIN_TYPE.fullmatch(said):
        return said
    guessed, encoding = mimetypes.MimeTypes().guess_type(name)
    return guessed if guessed and encoding is None else _UNKNOWN_TYPE
