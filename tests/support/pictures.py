"""Pictures made on the spot."""

from io import BytesIO

from PIL import Image


def a_jpeg(shade: int, size: tuple[int, int] = (48, 36), *, exif: bool = False) -> bytes:
    """A small JPEG, another for every shade; with EXIF it tells who took it."""
    picture = Image.new("RGB", size, (shade * 37 % 256, shade * 91 % 256, 120))
    written = BytesIO()
    marks = Image.Exif()
    if exif:
        marks[0x010F] = "Máy của Trà"
    picture.save(written, "JPEG", exif=marks)
    return written.getvalue()
