"""Files in requests: multipart/form-data, for the few view sets that take it (`parser_classes = FILE_PARSERS`)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request

from pantrypal.core.api.bodies import TooLarge
from pantrypal.core.errors import Invalid

FILE_PARSERS = [JSONParser, MultiPartParser]
LARGEST = 51 * 1024 * 1024  # a file of 50 MiB and what is around it; nginx says the same


def is_form(request: Request) -> bool:
    """Is this a form with files, sent to a view set that takes one?"""
    takes_it = any(isinstance(parser, MultiPartParser) for parser in request.parsers or ())
    return takes_it and request._request.content_type == "multipart/form-data"


def read_form(request: Request, *known: str) -> tuple[dict[str, str], UploadedFile[Any]]:
    """The form's fields, and its one file, called `file`.

    Raises Invalid where there is none, for a field that is not `known`, and TooLarge above 50 MiB.
    """
    if not is_form(request):
        raise _refused("file", _("Send the file as multipart/form-data, in a field called “file”."))
    fields, files = _parsed(request)
    for name in [*fields, *files]:
        if name not in (*known, "file"):
            raise _refused(name, _("Unknown field."))
    if "file" not in files:
        raise _refused("file", _("Send the file as multipart/form-data, in a field called “file”."))
    return fields, files["file"]


def form_digest(request: Request) -> bytes:
    """The same for the same fields and files, whatever boundary parts them."""
    fields, files = _parsed(request)
    digest = sha256(repr(sorted(fields.items())).encode())
    for name, file in sorted(files.items()):
        digest.update(repr((name, file.name, file.size)).encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.digest()


def _parsed(request: Request) -> tuple[dict[str, str], dict[str, UploadedFile[Any]]]:
    plain = request._request
    if int(plain.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise TooLarge(_("The file is larger than 50 MiB."))
    try:
        return plain.POST.dict(), cast(dict[str, UploadedFile[Any]], plain.FILES.dict())
    except RequestDataTooBig:
        raise TooLarge(_("The request is larger than 1 MiB.")) from None
    except MultiPartParserError:
        raise Invalid(_("The body is not valid multipart/form-data."), code="malformed") from None


def _refused(field: str, sentence: str) -> Invalid:
    return Invalid(f"{field}: {sentence}", {field: [sentence]})
