"""The shelf: what is kept of a picture, and of what is none."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from core.shelf import LARGEST, SIDE, Shelf


def photograph(size: tuple[int, int] = (2000, 1000), form: str = "JPEG") -> bytes:
    """A picture with the place where it was taken, the telephone and a remark in it, lying on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Telephone"
    exif[ExifTags.Base.ImageDescription] = "张秀英家"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (31.0, 7.0, 0.0)
    out = BytesIO()
    Image.new("RGB", size, (90, 140, 60)).save(
        out, form, exif=exif, **({"comment": b"3-502"} if form == "JPEG" else {})
    )
    return out.getvalue()


def test_of_where_and_with_what_it_was_taken_nothing_is_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "pictures")
    name = shelf.keep(photograph())
    kept = shelf.read(name)
    with Image.open(BytesIO(kept)) as found:
        assert (found.format, found.size) == ("JPEG", (SIDE // 2, SIDE)), "upright, and no larger than is needed"
        assert dict(found.getexif()) == {}
        assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not [each for each in (b"Telephone", b"3-502", "张秀英".encode()) if each in kept]
    assert shelf.keep(photograph()) == name, "the same picture has the same name"
    assert [stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "pictures").iterdir()] == [0o600]
    assert stat.S_IMODE((tmp_path / "pictures").stat().st_mode) == 0o700


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_forms_become_the_one(tmp_path: Path, form: str) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.read(shelf.keep(photograph((8, 8), form))).startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "raw",
    [b"", b"<svg onload='alert(1)'/>", b"%PDF-1.7", b"GIF89a", photograph()[:4000], b"\xff" * (LARGEST + 1)],
    ids=["nothing", "svg", "pdf", "a beginning", "half", "too large"],
)  # fmt: skip
def test_what_is_no_picture_is_not_kept(tmp_path: Path, raw: bytes) -> None:
    assert Shelf(tmp_path / "pictures").keep(raw) == ""
    assert not (tmp_path / "pictures").exists()


def test_a_picture_of_more_points_than_any_telephone_has_is_not_opened(tmp_path: Path) -> None:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert Shelf(tmp_path).keep(out.getvalue()) == ""


@pytest.mark.parametrize("name", ["", "../xiaobandeng.key", "a.jpg", "0" * 64 + ".jpg"])
def test_a_name_that_is_none_of_ours_reads_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path.parent / "xiaobandeng.key").write_bytes(b"x")
    assert Shelf(tmp_path).read(name) == b""
    assert Shelf(None).read(name) == b""


def test_what_belongs_to_nothing_is_swept_away_after_a_while(tmp_path: Path) -> None:
    shelf, now = Shelf(tmp_path), datetime.now(UTC)
    mine, other = shelf.keep(photograph((8, 8))), shelf.keep(photograph((9, 9)))
    assert shelf.sweep({mine}, now - timedelta(days=1)) == 0
    for name in (mine, other):
        os.utime(tmp_path / name, (0, 0))
    assert shelf.sweep({mine}, now - timedelta(days=1)) == 1
    assert (shelf.read(mine) != b"", shelf.read(other)) == (True, b"")
