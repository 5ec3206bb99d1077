"""The one family of errors that the room of files raises."""

from __future__ import annotations

from lyhord.files.messages import FILE_FAULTS


class FileError(ValueError):
    """A file as a whole could not be used; the message names file, place and remedy.

    ``fault`` is a key of ``messages.FILE_FAULTS``. Nothing has been written or counted when it is raised.
    """

    def __init__(self, fault: str, *, language: str = "sv", **particulars: object) -> None:
        self.fault = fault
        self.particulars = particulars
        super().__init__(FILE_FAULTS[fault].said(language, particulars))

    def in_language(self, language: str) -> FileError:
        """The same error, worded in ``language``."""
        return type(self)(self.fault, language=language, **self.particulars)


class WrongFileError(FileError):
    """A sound file of another sort: contacts or counts where answers were expected."""


class DamagedFileError(FileError):
    """Cut short, not text, or not what its name says."""


class TooLargeError(FileError):
    """Beyond a limit that guards memory."""
