"""Responses within bounds: no body is larger than memory, however it is packed.

Imported where an endpoint is asked, since the HTTP client is.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from functools import cache, partial

import httpx2
from openai import DefaultAioHttpClient

BODY_BYTES = 64 << 20  # unpacked: 128,000 tokens, each in a chunk of its own, are about 40 MB
LIST_BYTES = 8 << 20  # of a list of models: OpenRouter's has less than 1 MB
ERROR_BYTES = 256 << 10  # of a refusal's body; what follows says nothing more


class BodyTooLarge(ValueError):
    """An endpoint sends more than any answer is."""


def bounded_client(most: int) -> httpx2.AsyncClient:
    """The HTTP client of the ``openai`` package on aiohttp, which takes a third less CPU a sample.

    Whatever reads a response, this program or the package, gets at most ``most`` bytes of it; of one that
    is no success the first ``ERROR_BYTES``.
    """
    return DefaultAioHttpClient(verify=_certificates(), event_hooks={"response": [partial(_bound, most)]})


@cache
def _certificates() -> ssl.SSLContext:
    """Those of this machine, or of ``SSL_CERT_FILE``: read once a process, since that takes 30 ms of CPU."""
    return httpx2.create_ssl_context()


async def _bound(most: int, response: httpx2.Response) -> None:
    """Unpack and count what is read of a response from here on."""
    packed = response.headers.get_list("content-encoding", split_commas=True)
    if len([one for one in packed if one.strip().lower() != "identity"]) > 1:
        raise httpx2.DecodingError("packed more than once")  # what does harm can hide between two layers
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _LimitedBody(response, most)
        response.headers.pop("content-encoding", None)
        response.headers.pop("content-length", None)


class _LimitedBody(httpx2.AsyncByteStream):
    """The unpacked body of a response, cut off after so many bytes; of an answer that is an error."""

    def __init__(self, response: httpx2.Response, most: int) -> None:
        self._packed = httpx2.Response(200, headers=response.headers.copy(), stream=response.stream)
        self._answer = response.is_success
        self._most = most if self._answer else ERROR_BYTES

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = self._most
        async for data in self._packed.aiter_bytes():  # unpacked by the megabyte
            if len(data) > left and self._answer:
                raise BodyTooLarge(f"more than {self._most >> 20} MB")
            yield data[:left]
            left -= len(data)
            if left < 0:
                return

    async def aclose(self) -> None:
        await self._packed.aclose()
