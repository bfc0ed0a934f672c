"""The system calls that a sandbox knows: name, number on x86_64, number on aarch64.

The numbers are those of Linux's ``asm/unistd_64.h`` and ``asm-generic/unistd.h``.
"""

from __future__ import annotations

TABLE = """
# reading, writing, waiting
read 0 63, write 1 64, readv 19 65, writev 20 66, pread64 17 67, pwrite64 18 68, preadv 295 69
pwritev 296 70, preadv2 327 286, pwritev2 328 287, lseek 8 62, sendfile 40 71, copy_file_range 326 285
close 3 57, close_range 436 436, dup 32 23, dup2 33 -, dup3 292 24, fcntl 72 25, flock 73 32
fsync 74 82, fdatasync 75 83, sync_file_range 277 84, ioctl 16 29, readahead 187 213, fadvise64 221 223
pipe 22 -, pipe2 293 59, poll 7 -, ppoll 271 73, select 23 -, pselect6 270 72, epoll_create 213 -
epoll_create1 291 20, epoll_ctl 233 21, epoll_wait 232 -, epoll_pwait 281 22, epoll_pwait2 441 441
eventfd 284 -, eventfd2 290 19, timerfd_create 283 85, timerfd_settime 286 86, timerfd_gettime 287 87
signalfd 282 -, signalfd4 289 74
# files and folders
open 2 -, openat 257 56, openat2 437 437, creat 85 -, stat 4 -, fstat 5 80, lstat 6 -, newfstatat 262 79
statx 332 291, access 21 -, faccessat 269 48, faccessat2 439 439, readlink 89 -, readlinkat 267 78
getdents 78 -, getdents64 217 61, getcwd 79 17, chdir 80 49, fchdir 81 50, statfs 137 43, fstatfs 138 44
truncate 76 45, ftruncate 77 46, fallocate 285 47, rename 82 -, renameat 264 38, renameat2 316 276
mkdir 83 -, mkdirat 258 34, rmdir 84 -, link 86 -, linkat 265 37, unlink 87 -, unlinkat 263 35
symlink 88 -, symlinkat 266 36, chmod 90 -, fchmod 91 52, fchmodat 268 53, utime 132 -, utimes 235 -
futimesat 261 -, utimensat 280 88, umask 95 166, getxattr 191 8, lgetxattr 192 9, fgetxattr 193 10
listxattr 194 11, llistxattr 195 12, flistxattr 196 13
# memory
mmap 9 222, mprotect 10 226, munmap 11 215, brk 12 214, mremap 25 216, msync 26 227, mincore 27 232
madvise 28 233, mlock 149 228, mlock2 325 284, munlock 150 229, membarrier 324 283
pkey_mprotect 329 288, pkey_alloc 330 289, pkey_free 331 290, get_mempolicy 239 236
# threads and processes
clone 56 220, fork 57 -, vfork 58 -, execve 59 221, exit 60 93, exit_group 231 94, wait4 61 260
waitid 247 95, futex 202 98, futex_waitv 449 449, set_robust_list 273 99, rseq 334 293
set_tid_address 218 96, gettid 186 178, arch_prctl 158 -, sched_yield 24 124, sched_getaffinity 204 123
sched_getparam 143 121, sched_getscheduler 145 120, sched_getattr 315 275
sched_get_priority_max 146 125, sched_get_priority_min 147 126, sched_rr_get_interval 148 127
getcpu 309 168, getpriority 140 141, restart_syscall 219 128
# signals and timers
rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, rt_sigpending 127 136
rt_sigtimedwait 128 137, rt_sigsuspend 130 133, sigaltstack 131 132, kill 62 129, tkill 200 130
tgkill 234 131, pause 34 -, alarm 37 -, getitimer 36 102, setitimer 38 103, timer_create 222 107
timer_settime 223 110, timer_gettime 224 108, timer_getoverrun 225 109, timer_delete 226 111
nanosleep 35 101, clock_nanosleep 230 115, clock_gettime 228 113, clock_getres 229 114
gettimeofday 96 169, time 201 -, times 100 153
# the process itself
getpid 39 172, getppid 110 173, getuid 102 174, geteuid 107 175, getgid 104 176, getegid 108 177
getgroups 115 158, getresuid 118 148, getresgid 120 150, getpgrp 111 -, getpgid 121 155, getsid 124 156
setpgid 109 154, setsid 112 157, capget 125 90, uname 63 160, sysinfo 99 179, getrusage 98 165
getrlimit 97 163, setrlimit 160 164, prlimit64 302 261, prctl 157 167, getrandom 318 278
# pairs of sockets, connected to each other and to nothing else
socketpair 53 199, sendto 44 206, recvfrom 45 207, shutdown 48 210, getsockname 51 204, getsockopt 55 209
# for the warm Python's supervisor only
sendmsg 46 211, recvmsg 47 212, pidfd_open 434 434, landlock_create_ruleset 444 444
landlock_add_rule 445 445, landlock_restrict_self 446 446
"""


def numbers(machine: str) -> dict[str, int]:
    """Name to number, for ``x86_64`` or ``aarch64``; a call that the machine lacks is left out."""
    column = {"x86_64": 1, "aarch64": 2}[machine]
    lines = [line for line in TABLE.splitlines() if not line.startswith("#")]
    entries = [entry.split() for entry in ",".join(lines).split(",") if entry.strip()]
    return {entry[0]: int(entry[column]) for entry in entries if entry[column] != "-"}
