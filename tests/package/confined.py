#!/usr/bin/env python3
"""Runs a command confined as a systemd unit says, as far as that can be done without systemd: the
unit's system call filter, no new privileges, no capabilities, no memory that is both writable and
executable, no namespaces, its address families, and another user (where root runs this).

Usage: tests/package/confined.py UNIT USER COMMAND [WORD …]
"""
import ctypes
import os
import pwd
import re
import subprocess
import sys

unit = open(sys.argv[1], encoding="utf-8").read()
user = pwd.getpwnam(sys.argv[2])
command = sys.argv[3:]


def settings(name):
    """The values of the unit's lines of this name, in order."""
    return re.findall(rf"^{name}=(.*)$", unit, re.M)


def calls_of(group):
    """The system calls of "@group", or of a plain name."""
    if not group.startswith("@"):
        return {group}
    out = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True)
    found = set()
    for line in out.stdout.splitlines()[1:]:
        word = line.strip()
        if word and not word.startswith("#"):
            found |= calls_of(word)
    return found


allowed = set()
for line in settings("SystemCallFilter"):
    for word in line.lstrip("~").split():
        allowed = allowed - calls_of(word) if line.startswith("~") else allowed | calls_of(word)

libc = ctypes.CDLL(None, use_errno=True)
seccomp = ctypes.CDLL("libseccomp.so.2", use_errno=True)
seccomp.seccomp_init.restype = ctypes.c_void_p
ALLOW, KILL = 0x7FFF0000, 0x80000000


def refuse(error):
    return 0x00050000 | error


EPERM, ENOSYS, EAFNOSUPPORT = 1, 38, 97
NE, EQ, MASKED_EQ = 1, 4, 7


class Argument(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def rule(context, action, call, *arguments):
    number = seccomp.seccomp_syscall_resolve_name(call.encode())
    if number < 0:
        return
    array = (Argument * len(arguments))(*arguments)
    failed = seccomp.seccomp_rule_add_array(ctypes.c_void_p(context), ctypes.c_uint32(action), number, len(arguments), array)
    if failed:
        raise OSError(-failed, f"no rule for {call}")


def load(default, rules):
    context = seccomp.seccomp_init(ctypes.c_uint32(default))
    for action, call, *arguments in rules:
        rule(context, action, call, *arguments)
    failed = seccomp.seccomp_load(ctypes.c_void_p(context))
    if failed:
        raise OSError(-failed, "the filter can't be loaded")


NAMESPACES = [0x00000080, 0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]
PROT_WRITE, PROT_EXEC, SHM_EXEC = 2, 4, 0o100000


def confine():
    if settings("MemoryDenyWriteExecute") == ["yes"]:
        both = PROT_WRITE | PROT_EXEC
        load(ALLOW, [
            (refuse(EPERM), "mmap", Argument(2, MASKED_EQ, both, both)),
            (refuse(EPERM), "mprotect", Argument(2, MASKED_EQ, PROT_EXEC, PROT_EXEC)),
            (refuse(EPERM), "pkey_mprotect", Argument(2, MASKED_EQ, PROT_EXEC, PROT_EXEC)),
            (refuse(EPERM), "shmat", Argument(2, MASKED_EQ, SHM_EXEC, SHM_EXEC)),
        ])
    if settings("RestrictNamespaces") == ["yes"]:
        load(ALLOW, [(refuse(ENOSYS), "clone3"), (refuse(EPERM), "setns")] + [
            (refuse(EPERM), call, Argument(0, MASKED_EQ, flag, flag)) for flag in NAMESPACES for call in ("clone", "unshare")])
    families = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}
    kept = [families[name] for name in settings("RestrictAddressFamilies")[0].split()]
    load(ALLOW, [(refuse(EAFNOSUPPORT), "socket", Argument(0, EQ, family, 0)) for family in range(46) if family not in kept])
    # The last, since after it the others could no longer be loaded. What systemd itself needs to
    # get to the program stays allowed, as there.
    load(refuse(EPERM), [(ALLOW, call) for call in sorted(allowed | {"execve"})])


def bounds():
    if os.geteuid() != 0:
        libc.prctl(38, 1, 0, 0, 0)
        return
    for capability in range(41):
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS


bounds()
confine()
os.execvp(command[0], command)
