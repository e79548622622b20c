"""The whole error tree. The class says what the caller should do, not which library complained.

AuditError                      has .hint; str() never contains scanned text
├─ ConfigError                  exit 2
├─ RuleError                    exit 2, file:line
├─ RegisterError                exit 2, file:line
├─ SourceError                  this source cannot be scanned; the others go on
│  ├─ AuthenticationError
│  ├─ RetriableError            time-outs and throttling
│  └─ CheckpointExpired         the source must be listed from its beginning
├─ AssetError                   becomes a Skip; the scan goes on
│  └─ AccessDenied · Gone · TooLarge · Encrypted · Unreadable · Unsupported ·
│     LimitReached · TimedOut · OutOfMemory · IoFailed · OutOfSpace
├─ DetectorError                a recognizer broke; the result is marked incomplete
├─ CatalogError                 fatal: nothing may be lost
└─ ReportError
"""

from typing import ClassVar

from scanner.model import SkipReason


class AuditError(Exception):
    """A failure: what failed and on what (`message`), and what to do next (`hint`)."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with the hint (keyword arguments are lost by default)."""
        return (_rebuild, (type(self), self.message, self.hint))


def _rebuild(kind: type[AuditError], message: str, hint: str) -> AuditError:
    return kind(message, hint=hint)


class ConfigError(AuditError):
    """The configuration or the command cannot be used as it is."""


class RuleError(AuditError):
    """A rule file cannot be used; the message begins with `file:line`."""


class RegisterError(AuditError):
    """The declared register cannot be used; the message begins with `file:line`."""


class SourceError(AuditError):
    """This source cannot be scanned; the others go on."""


class AuthenticationError(SourceError):
    """The source refused the credentials."""


class RetriableError(SourceError):
    """A time-out or throttling; worth another try."""


class CheckpointExpired(SourceError):  # noqa: N818 - the name is the event, as in the source's protocol
    """The source no longer knows the checkpoint; list it from the beginning."""


class AssetError(AuditError):
    """One asset could not be read. Becomes a `Skip` with this class's `reason`."""

    reason: ClassVar[SkipReason] = SkipReason.UNREADABLE


class AccessDenied(AssetError):  # noqa: N818 - reads as the reason of a skip
    """The source does not let us read the asset."""

    reason = SkipReason.ACCESS_DENIED


class Gone(AssetError):  # noqa: N818
    """The asset was listed and is no longer there."""

    reason = SkipReason.GONE


class TooLarge(AssetError):  # noqa: N818
    """The asset is larger than the configured limit."""

    reason = SkipReason.TOO_LARGE


class Encrypted(AssetError):  # noqa: N818
    """The asset needs a password or a key that we do not have."""

    reason = SkipReason.ENCRYPTED


class Unreadable(AssetError):  # noqa: N818
    """The bytes are broken or are not what they say they are."""

    reason = SkipReason.UNREADABLE


class Unsupported(AssetError):  # noqa: N818
    """No extractor knows this format."""

    reason = SkipReason.UNSUPPORTED


class LimitReached(AssetError):  # noqa: N818
    """Depth, size or compression ratio of an archive passed its limit."""

    reason = SkipReason.LIMIT


class TimedOut(AssetError):  # noqa: N818
    """Reading took longer than the time an asset is given."""

    reason = SkipReason.TIMEOUT


class OutOfMemory(AssetError):  # noqa: N818
    """Reading took more memory than a worker is given."""

    reason = SkipReason.MEMORY


class IoFailed(AssetError):  # noqa: N818
    """A disk, a mount or this machine failed; the content may be whole the next time."""

    reason = SkipReason.IO


class OutOfSpace(AssetError):  # noqa: N818
    """There was no room for a temporary copy."""

    reason = SkipReason.SPACE


class DetectorError(AuditError):
    """A recognizer broke. The segment is recorded as not examined; the scan goes on."""


class CatalogError(AuditError):
    """The catalog cannot be read or written; the scan stops rather than lose something."""


class ReportError(AuditError):
    """A report could not be written."""
