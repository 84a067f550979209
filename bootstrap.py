"""Makes `.venv` from a lock, with nothing but Python's standard library: `python3 bootstrap.py run|test|spark`.

Does nothing when the environment already stands as the lock says. `uv` installs several times faster than pip,
so it is tried first; where it cannot be had, pip reads the same lock.
"""

import hashlib
import pathlib
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main(name: str) -> None:
    lock = ROOT / "locks" / f"{name}.txt"
    stamp = VENV / f"installed-{name}"
    wanted = fingerprint(lock)
    if PYTHON.exists() and any(
        mark.exists() and mark.read_text() == fingerprint(ROOT / "locks" / f"{mark.name[10:]}.txt")
        for mark in (stamp, *([VENV / "installed-test", VENV / "installed-spark"] if name == "run" else []))
    ):
        fetch_assets()
        return
    if sys.version_info < (3, 11):  # noqa: UP036 (this file runs before anything has checked it)
        sys.exit("Python 3.11 or later is needed; this is " + sys.version.split()[0])
    say(f"Making {VENV.name} from locks/{lock.name} …")
    venv.create(VENV, with_pip=True)
    install(lock)
    link_package()
    stamp.write_text(wanted)
    fetch_assets()


def install(lock: pathlib.Path) -> None:
    pins = [line for line in lock.read_text().splitlines() if line.startswith("uv==")]
    got_uv = pins and run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", pins[0].split()[0])
    if got_uv and run(PYTHON, "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode", "--require-hashes", "-r", lock):
        return
    say("uv did not do it; trying pip.")
    if not run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock):
        sys.exit(f"The packages of locks/{lock.name} could not be installed. Check the network and run the command again.")


def link_package() -> None:
    """The package is used where it stands: a path file and the command, no build step."""
    packages = next((VENV / "lib").glob("python3*/site-packages"))
    (packages / "virtualschool.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "virtualschool"
    command.write_text(f"#!{PYTHON}\nfrom virtualschool.cli import main\n\nmain()\n")
    command.chmod(0o755)


def fetch_assets() -> None:
    """What the pages load, where it is not there yet; without it everything but the pages works, and it says so."""
    run(PYTHON, "-m", "virtualschool.web.assets")


def run(*command) -> bool:
    return subprocess.run([str(part) for part in command]).returncode == 0


def fingerprint(lock: pathlib.Path) -> str:
    return hashlib.sha256(lock.read_bytes() + str(ROOT).encode()).hexdigest()


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
