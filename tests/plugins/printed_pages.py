"""Pages as a printer draws them and a telephone reads them."""

import pypdfium2

A4 = (210, 297)
DOTS = 12  # a millimetre: as a printer does


def dark(pdf, number):
    """A page as a printer draws it: whether the dot at (x, y) millimetres is dark."""
    page = pypdfium2.PdfDocument(pdf)[number]
    drawn = page.render(scale=DOTS * 25.4 / 72, grayscale=True)
    assert (round(drawn.width / DOTS), round(drawn.height / DOTS)) == A4
    dots, stride = bytes(drawn.buffer), drawn.stride
    return lambda x, y: dots[round(y * DOTS) * stride + round(x * DOTS)] < 128


def box_of(is_dark, left, top, room=48):
    """The square of dark modules in so much room: left, top and size in millimetres."""
    xs = [left + step / 10 for step in range(room * 10)]
    ys = [top + step / 10 for step in range(20, room * 10)]
    first_x = next(x for x in xs if any(is_dark(x, y) for y in ys))
    column = [y for y in ys if is_dark(first_x + 0.3, y)]
    return first_x, column[0], column[-1] - column[0] + 0.1


def modules(is_dark, left, top, count, room=48):
    """What a telephone reads: dark or light in the middle of each of `count` × `count` modules."""
    x, y, size = box_of(is_dark, left, top, room)
    step = size / count
    return [[int(is_dark(x + (i + 0.5) * step, y + (j + 0.5) * step)) for i in range(count)] for j in range(count)]
