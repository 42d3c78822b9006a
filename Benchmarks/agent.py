#!/usr/bin/env python3
"""Measures the agent against peers on the same files in the same run, and prints ratios as Markdown.

usage: Benchmarks/agent.py AGENT   (AGENT: path of the release binary; `make bench` gives it)

Every program is run as a whole process; CPU time and peak memory come from wait4(2). Files are read once before anything
is timed, so that all programs find them in the page cache.
"""
import os
import subprocess
import sys
import tempfile
import time


def run(arguments, cores=None):
    """Runs a program; returns wall seconds, CPU seconds and peak resident MiB."""
    start = time.monotonic()
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.dup2(write, 2)
        if cores is not None:
            os.sched_setaffinity(0, cores)
        os.execvp(arguments[0], arguments)
    os.close(write)
    errors = b""
    while chunk := os.read(read, 65536):
        errors += chunk
    os.close(read)
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{arguments}: {errors.decode(errors='replace')}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def best(arguments, cores=None, runs=3):
    """The fastest of several runs by CPU time, with the largest peak memory seen."""
    results = [run(arguments, cores) for _ in range(runs)]
    return min(r[0] for r in results), min(r[1] for r in results), max(r[2] for r in results)


def make_files(folder):
    """256 MiB of ELF-looking files of several sizes, without an owner package."""
    header = b"\x7fELF\x02\x01\x01" + bytes(9) + (2).to_bytes(2, "little") + (62).to_bytes(2, "little") + bytes(44)
    names = []
    for index, size in enumerate([1 << 20] * 64 + [16 << 20] * 4 + [128 << 20]):
        name = os.path.join(folder, f"file{index:03}")
        with open(name, "wb") as file:
            file.write(header)
            block = os.urandom(1 << 20)
            left = size - len(header)
            while left > 0:
                file.write(block[: min(left, len(block))])
                left -= len(block)
        names.append(name)
    return names


def make_tree(folder, count):
    """A tree of `count` small files: one third ELF, one third scripts, one third text."""
    header = b"\x7fELF\x02\x01\x01" + bytes(9) + (2).to_bytes(2, "little") + (62).to_bytes(2, "little") + bytes(44)
    kinds = [header + bytes(2000), b"#!/bin/sh\nexit 0\n", b"plain text\n" * 20]
    for index in range(count):
        directory = os.path.join(folder, f"d{index // 1000:03}", f"e{index // 100 % 10}")
        if index % 100 == 0:
            os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, f"f{index:06}"), "wb") as file:
            file.write(kinds[index % 3] + str(index).encode())


def hashing(agent, folder):
    names = make_files(folder)
    size = sum(os.path.getsize(name) for name in names)
    for name in names:
        with open(name, "rb") as file:
            while file.read(1 << 20):
                pass
    one, both = {0}, set(range(os.cpu_count()))
    scan = [agent, "scan", "--root", folder, "--sections", "files", "--format", "json"]
    ours = best(scan, one)
    ours_both = best(scan, both)
    openssl = best(["openssl", "dgst", "-sha256"] + names, one)
    coreutils = best(["sha256sum"] + names, one)

    def rate(seconds):
        return size / seconds / 1e6

    print(f"## Hashing {size >> 20} MiB in {len(names)} cached files\n")
    print("| Program | MB/s | ratio to openssl, one core |\n|---|---|---|")
    for title, result in [
        ("assay-agent scan, one core", ours),
        (f"assay-agent scan, {len(both)} cores", ours_both),
        ("openssl dgst -sha256, one core", openssl),
        ("sha256sum, one core", coreutils),
    ]:
        print(f"| {title} | {rate(result[0]):.0f} | {openssl[0] / result[0]:.2f} |")
    print()


def scanning(agent, root, title, scratch):
    """A full scan that fills the cache, then an unchanged one that uses it; the time between lets timestamps age."""
    cache = os.path.join(scratch, "cache-" + title.replace("/", "_"))
    command = [agent, "scan", "--root", root, "--sections", "files,packages,gaps", "--format", "json", "--cache", cache]
    full = run(command)
    run(command)
    unchanged = best(command)
    print(f"| {title} | full | {full[0]:.2f} | {full[1]:.2f} | {full[2]:.1f} |")
    print(f"| {title} | unchanged | {unchanged[0]:.2f} | {unchanged[1]:.2f} | {unchanged[2]:.1f} |")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    agent = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as scratch:
        files = os.path.join(scratch, "files")
        os.mkdir(files)
        hashing(agent, files)

        print("## Scans\n")
        print("| What | Scan | Wall s | CPU s | Peak MiB |\n|---|---|---|---|---|")
        tree = os.path.join(scratch, "tree")
        os.mkdir(tree)
        make_tree(tree, 100_000)
        time.sleep(2)  # older than the timestamps' granularity, as the racily-clean rule demands
        scanning(agent, tree, "100,000 small files", scratch)
        big = os.path.join(scratch, "big")
        os.mkdir(big)
        with open(os.path.join(big, "image"), "wb") as file:
            file.write(b"\x7fELF\x02\x01\x01" + bytes(57))
            file.truncate(4 << 30)
        scanning(agent, big, "one file of 4 GiB", scratch)
        scanning(agent, "/usr", "/usr", scratch)
        hardware = best([agent, "scan", "--sections", "platform,components,firmware,boot,kernel,gaps", "--format", "json"])
        print(f"| hardware pass, this machine | – | {hardware[0]:.2f} | {hardware[1]:.3f} | {hardware[2]:.1f} |")
        print()
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as scratch:
        stripped = os.path.join(scratch, "agent")
        subprocess.run(["strip", "-o", stripped, agent], check=True)
        print(f"Binary: {os.path.getsize(stripped) / 1e6:.1f} MB stripped (limit: 20 MB).\n")


main()
