"""The one way in: which extractor reads a part, and what its failure does to the rest.

Whatever a library raises is caught here: one that breaks on a hostile attachment must not cost the
mail, and a mail must not cost the mailbox.
"""

from collections.abc import Iterator
from dataclasses import replace

from scanner.errors import AssetError, OutOfMemory, SourceError, TimedOut, Unreadable
from scanner.extract import faults
from scanner.extract.base import Budget, Part
from scanner.extract.registry import Format
from scanner.extract.sniff import sniff
from scanner.model import Content, Segment, Skip, SkipReason


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Read an asset.

    A failure after something was read becomes the last `Skip`, so that nothing read is lost.

    Raises:
        AssetError: nothing could be read.
    """
    given = False
    try:
        for content in _read(part, budget, None):
            given = True
            yield content
    except AssetError as error:
        if not given:
            raise
        yield skip_of(error, part)
    else:
        part.stream.seek(0)
        if not given and part.stream.read(1):
            yield Skip(SkipReason.NO_TEXT, "no text was found in it", part.locator)


def member(part: Part, budget: Budget, form: Format | None = None) -> Iterator[Content]:
    """Read one member of a container; its failure becomes a `Skip` and the next may follow.

    `form` tells the format where the container knows it.

    Raises:
        LimitReached: the whole asset's budget is spent: no member may follow.
        TimedOut: as above.
    """
    entered = False
    try:
        budget.enter()
        entered = True
        yield from _read(part, budget, form)
    except AssetError as error:
        if budget.is_exhausted or isinstance(error, TimedOut):
            raise
        yield skip_of(error, part)
    finally:
        if entered:
            budget.leave()


def skip_of(error: AssetError, part: Part) -> Skip:
    """State why a part was not examined."""
    return Skip(error.reason, error.message, part.locator)


def _read(part: Part, budget: Budget, form: Format | None) -> Iterator[Content]:
    """Read a part; every failure is an `AssetError`, and silence becomes a `Skip`."""
    name = form.name if form else "format"
    is_silent = True
    try:
        if _is_empty(part):
            return
        form = form or sniff(part)
        name = form.name
        for content in form.extractor()(part, budget):
            is_silent = is_silent and not isinstance(content, Segment | Skip)
            yield _clean(content)
    except SourceError:
        raise
    except AssetError as error:
        fault = faults.passing(error)
        if fault is None or fault is error:
            raise
        raise fault from error
    except MemoryError as error:
        raise OutOfMemory(f"reading it as {name} takes more memory than allowed") from error
    except RecursionError as error:
        raise Unreadable(f"nested too deeply to be read as {name}") from error
    except Exception as error:
        broken = Unreadable(f"the {name} reader failed on it ({type(error).__name__})")
        raise faults.passing(error) or broken from error
    if is_silent:
        yield Skip(SkipReason.NO_TEXT, f"no text in it (read as {name})", part.locator)


def _is_empty(part: Part) -> bool:
    start = part.stream.tell()
    first = part.stream.read(1)
    part.stream.seek(start)
    return not first


def _clean(content: Content) -> Content:
    """Replace lone surrogates, which no encoder, hash or catalog downstream would take."""
    if not isinstance(content, Segment | Skip):
        return content
    locator = content.locator.renamed(lambda step: _encodable(step.name))
    if isinstance(content, Skip):
        return content if locator == content.locator else replace(content, locator=locator)
    text, label = _encodable(content.text), _encodable(content.label)
    if text is content.text and label is content.label and locator == content.locator:
        return content
    return replace(content, text=text, label=label, locator=locator)


def _encodable(text: str) -> str:
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)
    return text
