"""How object storage is reached: where it is, with which keys, for how long, and what its refusals mean.

Arrow reads, ``obstore`` writes. Both find keys where the provider's own tools do. A key is never shown: of
what a storage answers only its code and its message are.
"""

from __future__ import annotations

import ipaddress
import os
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from harness.errors import ResultsError

if TYPE_CHECKING:
    import pyarrow.fs
    from obstore.store import ObjectStore as Client

SCHEMES = ("s3://", "gs://", "az://")
CONNECT_S, SILENCE_S, ATTEMPTS = 5, 10, 3  # of a reader
_REQUEST_S, _RETRIES, _RETRY_S = 120, 5, 60  # of a writer
_ENDPOINTS = {
    "s3": ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
    "gs": ("STORAGE_EMULATOR_HOST",),
    "az": ("AZURE_STORAGE_ENDPOINT",),
}
_OTHER_KEYS = ("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_SKIP_SIGNATURE")
_LOOK_AT = {
    "s3": "check AWS_ENDPOINT_URL, AWS_REGION, and the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY "
    "or of AWS_PROFILE",
    "gs": "check GOOGLE_APPLICATION_CREDENTIALS",
    "az": "check AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}
_REMEDIES = {  # what a storage calls it, and what to do
    "NoSuchBucket": "make the bucket, or name another one",
    "ContainerNotFound": "make the container, or name another one",
    "AccessDenied": "these keys need the right to list, read and write there",
    "AuthorizationPermissionMismatch": "these keys need the right to list, read and write there",
    "InvalidAccessKeyId": "check AWS_ACCESS_KEY_ID, or the profile in AWS_PROFILE",
    "SignatureDoesNotMatch": "check AWS_SECRET_ACCESS_KEY, or the profile in AWS_PROFILE",
    "ExpiredToken": "log in again",
    "RequestTimeTooSkewed": "set the clock of this machine",
    "AuthorizationHeaderMalformed": "set AWS_REGION to the region of the bucket",
    "PermanentRedirect": "set AWS_REGION to the region of the bucket",
    "IllegalLocationConstraintException": "set AWS_REGION to the region of the bucket",
}


def refusal(url: str, error: Exception) -> ResultsError:
    """What went wrong with a storage, in one line, with what to do about it."""
    text = str(error)
    code, message = (re.search(f"<{tag}>([^<]*)</{tag}>", text) for tag in ("Code", "Message"))
    remedy = _LOOK_AT.get(urlsplit(url).scheme, "check the address")
    if code:
        remedy = _REMEDIES.get(code[1], remedy)
        reason = f"{code[1]}: {message[1]}" if message and message[1] else code[1]
    elif "kind: Connect" in text:
        reason = "no connection"
    elif "kind: Timeout" in text:
        reason = f"no answer within {_REQUEST_S} s"
    else:
        first = text.partition("\n")[0]
        reason = first.rpartition(" - ")[2].removeprefix("Server returned non-2xx status code: ")
    return ResultsError(f"cannot use {url}: {' '.join(reason.split()).rstrip('.: ')}; {remedy}")


def read_refusal(url: str, error: Exception) -> ResultsError:
    """The same of Arrow's words."""
    message = str(error).partition(" (Request ID")[0].splitlines()[0]
    reason = message[max(message.find("AWS Error"), 0) :].rstrip(".")
    code = reason.removeprefix("AWS Error ").partition(" ")[0].replace("_", "").lower()
    look_at = _LOOK_AT[urlsplit(url).scheme]
    remedy = next((remedy for name, remedy in _REMEDIES.items() if name.lower() == code), look_at)
    return ResultsError(f"cannot read {url}: {reason}; {remedy}")


def is_missing_bucket(error: Exception) -> bool:
    """Whether it is the bucket that is not there, and not a file."""
    return any(f"<Code>{code}</Code>" in str(error) for code in ("NoSuchBucket", "ContainerNotFound"))


def client_of(url: str) -> Client:
    """What ``obstore`` reaches an address with; nothing is asked yet. Raises ``ResultsError``."""
    try:
        from obstore.exceptions import BaseError
        from obstore.store import from_url
    except ImportError:
        raise ResultsError(f"{url} needs obstore: pip install 'harness-tournament[s3]'") from None
    where = urlsplit(url)
    endpoint = _endpoint(where.scheme)
    options: dict[str, Any] = {"endpoint": endpoint.geturl()} if endpoint else {}
    if where.scheme == "s3":
        options |= _keys(url)
        if not endpoint and "credential_provider" not in options and not _region():
            options["region"] = _found_region(where.netloc)
    try:
        return from_url(
            url,
            client_options={
                "allow_http": endpoint is not None and endpoint.scheme == "http",
                "connect_timeout": timedelta(seconds=CONNECT_S),
                "timeout": timedelta(seconds=_REQUEST_S),
            },
            retry_config={"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=_RETRY_S)},
            **options,
        )
    except (BaseError, ValueError) as error:
        raise ResultsError(f"{url}: {str(error).partition(chr(10))[0]}; check the address") from error


def file_system_of(url: str) -> pyarrow.fs.FileSystem:
    """What Arrow reads an address with. Raises ``ResultsError``."""
    from pyarrow import fs

    where = urlsplit(url)
    endpoint = _endpoint(where.scheme)
    if where.scheme == "s3":
        return fs.S3FileSystem(
            region=None if endpoint else fs.resolve_s3_region(where.netloc),
            scheme=endpoint.scheme if endpoint else None,
            endpoint_override=endpoint.netloc if endpoint else None,
            connect_timeout=CONNECT_S,
            request_timeout=SILENCE_S,
            retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=ATTEMPTS),
        )
    given: dict[str, Any] = {}
    if where.scheme == "gs":
        if endpoint:
            given = {"scheme": endpoint.scheme, "endpoint_override": endpoint.netloc, "anonymous": True}
        return fs.GcsFileSystem(retry_time_limit=timedelta(seconds=ATTEMPTS * SILENCE_S), **given)
    if endpoint:
        given = {"blob_storage_scheme": endpoint.scheme, "blob_storage_authority": endpoint.netloc}
    return fs.AzureFileSystem(
        os.environ.get("AZURE_STORAGE_ACCOUNT_NAME", ""),
        account_key=os.environ.get("AZURE_STORAGE_ACCOUNT_KEY"),
        sas_token=os.environ.get("AZURE_STORAGE_SAS_TOKEN"),
        **given,
    )


def _endpoint(scheme: str) -> SplitResult | None:
    """Where a storage is that is not at its provider. Raises ``ResultsError`` where it may not be there."""
    for name in _ENDPOINTS.get(scheme, ()):
        if not os.environ.get(name):
            continue
        endpoint = urlsplit(os.environ[name])
        if endpoint.scheme not in ("http", "https") or not endpoint.hostname:
            raise ResultsError(f"{name} is no address; write https://HOST")
        if endpoint.scheme == "http" and not _is_loopback(endpoint.hostname):
            raise ResultsError(
                f"{name}: answers would travel to {endpoint.hostname} for all to read; write https://, "
                "http:// is for this machine alone"
            )
        return endpoint
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _keys(url: str) -> dict[str, Any]:
    """Keys of a profile, where none are in variables. Raises ``ResultsError`` where there are none at all."""
    if os.environ.get("AWS_ACCESS_KEY_ID") or any(os.environ.get(name) for name in _OTHER_KEYS):
        return {}
    try:
        from botocore.exceptions import BotoCoreError
        from obstore.auth.boto3 import Boto3CredentialProvider
    except ImportError:
        raise ResultsError(
            f"{url}: keys of a profile need boto3: pip install 'harness-tournament[s3]'"
        ) from None
    try:
        return {"credential_provider": Boto3CredentialProvider()}
    except (BotoCoreError, ValueError) as error:
        reason = "" if isinstance(error, ValueError) else f" ({error})"
        raise ResultsError(
            f"{url}: no keys{reason}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
        ) from error


def _region() -> str | None:
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")


def _found_region(bucket: str) -> str:
    """The region of a bucket at Amazon. Raises ``ResultsError``."""
    from pyarrow import fs

    try:
        return str(fs.resolve_s3_region(bucket))
    except OSError as error:
        raise read_refusal(f"s3://{bucket}", error) from error
