"""What a process gives up for good: the network, and that others may look into its memory.

A worker that parses what strangers have sent needs no network unless its source is read over one.
A filter in the kernel (seccomp) then refuses every socket but local ones: the names of a file's
owner and group may come from a service of this machine. It holds for all threads, for whatever the
process starts, and for whoever takes it over, who neither asks another process for a socket nor
writes into one. It needs no rights, and works in a container.
"""

import ctypes
import errno
import platform
import resource
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_SET_MODE_FILTER = 1
_ALL_THREADS = 1
_LOAD, _IS, _IS_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Where the kernel puts them for the filter; of an argument the lower half, where `int` lies."""
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_OTHER_CALLS = 0x40000000
"""The first number of a second table (x32) that some kernels of x86_64 have."""


@dataclass(frozen=True, slots=True)
class _Machine:
    """The numbers of system calls, which differ between processors."""

    name: int
    """As the filter is told it."""
    seccomp: int
    sockets: tuple[int, int]
    """`socket`, `socketpair`."""
    others: tuple[int, int, int]
    """`ptrace`, `process_vm_readv`, `process_vm_writev`."""


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 317, (41, 53), (101, 310, 311)),
    "aarch64": _Machine(0xC00000B7, 277, (198, 199), (117, 270, 271)),
}
_EVERYWHERE = (425, 438)
"""`io_uring_setup`, which opens sockets without these calls, and `pidfd_getfd`."""


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def keep_memory_private() -> None:
    """Leave no memory on the disk after a crash, and let no program of the same user read it.

    Whatever the system does with the dumps of programs: it makes none of this one.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _control(_PR_SET_DUMPABLE, 0)


def deny_network() -> bool:
    """Refuse the network to this process and all that it starts; False if the system cannot."""
    return _filtered(_ALL_THREADS)


def can_deny_network() -> bool:
    """Say whether `deny_network` would work, by trying it in a thread that then ends."""
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(_filtered(0)))
    thread.start()
    thread.join()
    return answers == [True]


def _filtered(threads: int) -> bool:
    machine = _MACHINES.get(platform.machine())
    if machine is None or struct.calcsize("P") != 8:  # noqa: PLR2004 - bytes of a pointer
        return False
    steps = b"".join(_steps(machine))
    asked = _Filter(len(steps) // 8, steps)
    if _control(_PR_SET_NO_NEW_PRIVS, 1) != 0:  # the kernel's condition, for who is not root
        return False
    call = map(ctypes.c_ulong, (machine.seccomp, _SET_MODE_FILTER, threads))
    refused: int = ctypes.CDLL(None).syscall(*call, ctypes.byref(asked))
    return refused == 0


def _steps(machine: _Machine) -> Iterator[bytes]:
    """Write the filter, in which a test names how many steps are left out if it holds, and if not.

    A call of another architecture (32 bits) has other numbers, so none is allowed.
    """
    yield _step(_LOAD, _ARCHITECTURE)
    yield _step(_IS, machine.name, 1, 0)
    yield _step(_RETURN, _REFUSE)
    yield _step(_LOAD, _NUMBER)
    yield _step(_IS_AT_LEAST, _OTHER_CALLS, 0, 1)
    yield _step(_RETURN, _REFUSE)
    for number in (*machine.others, *_EVERYWHERE):
        yield _step(_IS, number, 0, 1)
        yield _step(_RETURN, _REFUSE)
    first, second = machine.sockets
    yield _step(_IS, first, 1, 0)
    yield _step(_IS, second, 0, 3)
    yield _step(_LOAD, _FIRST_ARGUMENT)
    yield _step(_IS, socket.AF_UNIX, 1, 0)
    yield _step(_RETURN, _REFUSE)
    yield _step(_RETURN, _ALLOW)


def _step(code: int, value: int, holds: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, holds, otherwise, value)


def _control(option: int, value: int) -> int:
    result: int = ctypes.CDLL(None).prctl(option, *map(ctypes.c_ulong, (value, 0, 0, 0)))
    return result
