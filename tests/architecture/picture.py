"""Draws the rooms of the code and what imports what, as an SVG: `python -m tests.architecture.picture`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

import grimp

from tests.architecture import layers
from tests.architecture.conftest import ROOT, read_imports

FILE = ROOT / "docs" / "architecture.svg"
TITLE = "The rooms of the code: each imports only from what stands lower; arrows that follow from others are left out"
BOX_HEIGHT, ROW_HEIGHT, GAP, MARGIN, HEAD = 34, 78, 14, 30, 62
LETTER, LEAST_WIDTH = 7.6, 64
MOST_IN_A_ROW = 6
PANELS = {"app": 700, "matching": 520}

Edge = tuple[str, str]


@dataclass(frozen=True)
class Box:
    """A room on the sheet; `x` and `y` are its upper left corner."""

    name: str
    x: float
    y: float
    width: float
    height: float = BOX_HEIGHT

    @property
    def top(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y

    @property
    def left(self) -> tuple[float, float]:
        return self.x, self.y + self.height / 2

    @property
    def right(self) -> tuple[float, float]:
        return self.x + self.width, self.y + self.height / 2

    @property
    def bottom(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height


def draw(imports: grimp.ImportGraph) -> str:
    """The whole sheet: the service on the left, the engine on the right, as SVG text."""
    features = {one for one in imports.find_children("app") if f"{one}.views" in imports.modules}
    boxes = {box.name: box for box in placed({one.partition(".")[2] for one in features})}
    frame = frame_around([boxes[name] for name in features])
    width = sum(PANELS.values()) + 3 * MARGIN
    height = max(box.y for box in boxes.values()) + BOX_HEIGHT + MARGIN
    ends = boxes | {frame.name: frame}
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" role="img" '
            'font-family="Arial, sans-serif" font-size="13">',
            f"<title>{escape(TITLE)}</title>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            'orient="auto"><path d="M0 0 8 4 0 8z" fill="#4c6272"/></marker></defs>',
            f'<rect width="{width}" height="{height:g}" fill="#ffffff"/>',
            f'<rect x="{frame.x:g}" y="{frame.y:g}" width="{frame.width:g}" height="{frame.height:g}" rx="6" '
            'fill="#f0f4f5" stroke="#aeb7bd"/>',
            *(arrow(ends[one], ends[other]) for one, other in shown_edges(imports, features, frame.name)),
            *headings(),
            *(rectangle(box) for box in boxes.values()),
            "</svg>\n",
        ]
    )


def shown_edges(imports: grimp.ImportGraph, features: set[str], frame: str) -> list[Edge]:
    """The arrows to draw: what all features import, and whoever imports a feature, has its arrow at their frame."""
    edges = without_shortcuts(room_edges(imports))
    shared = {other for _, other in edges if all((one, other) in edges for one in features)}
    framed = {
        (frame if one in features and other in shared else one, frame if other in features else other)
        for one, other in edges
    }
    return sorted(without_shortcuts(framed | {(one, frame) for one in features}) - {(one, frame) for one in features})


def room_edges(imports: grimp.ImportGraph) -> set[Edge]:
    """Which room imports which: (app.rounds, app.web)."""
    modules = imports.find_descendants("app") | imports.find_descendants("matching") | {"matching"}
    found = {
        (room(module), room(needed))
        for module in modules
        for needed in imports.find_modules_directly_imported_by(module) & modules
    }
    return {(one, other) for one, other in found if one != other}


def room(module: str) -> str:
    return ".".join(module.split(".")[:2]) if "." in module else f"{module}.{layers.API}"


def without_shortcuts(edges: set[Edge]) -> set[Edge]:
    """The arrows that do not follow from a longer way (the transitive reduction; the rooms are free of circles)."""
    needs: dict[str, set[str]] = {}
    for one, other in edges:
        needs.setdefault(one, set()).add(other)
    return {
        (one, other) for one, other in edges if not any(other in reached(far, needs) for far in needs[one] - {other})
    }


def reached(start: str, needs: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = needs.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def placed(features: set[str]) -> Iterator[Box]:
    """A box for each room, the layers from above."""
    left = float(MARGIN)
    for package, order in (("app", layers.with_features(layers.APP, features)), ("matching", layers.MATCHING)):
        y = float(HEAD)
        for row in rows_of(order):
            yield from row_of_boxes(package, row, left, y)
            y += ROW_HEIGHT
        left += PANELS[package] + MARGIN


def rows_of(order: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Layers with many rooms take several rows."""
    for layer in order:
        rows = -(-len(layer) // MOST_IN_A_ROW)
        size = -(-len(layer) // rows)
        yield from (layer[at : at + size] for at in range(0, len(layer), size))


def row_of_boxes(package: str, names: tuple[str, ...], left: float, y: float) -> Iterator[Box]:
    widths = [max(LEAST_WIDTH, LETTER * len(name) + 18) for name in names]
    x = left + (PANELS[package] - sum(widths) - GAP * (len(widths) - 1)) / 2
    for name, width in zip(names, widths, strict=True):
        yield Box(f"{package}.{name}", x, y, width)
        x += width + GAP


def frame_around(boxes: list[Box]) -> Box:
    """What stands around the features, as a room of its own."""
    x, y = min(box.x for box in boxes) - GAP, min(box.y for box in boxes) - GAP
    right = max(box.x + box.width for box in boxes) + GAP
    return Box("app.features", x, y, right - x, max(box.y for box in boxes) + BOX_HEIGHT + GAP - y)


def headings() -> Iterator[str]:
    left = MARGIN
    for package, width in PANELS.items():
        middle = left + width / 2
        yield f'<text x="{middle:g}" y="34" text-anchor="middle" font-size="18" font-weight="bold">{package}/</text>'
        left += width + MARGIN


def rectangle(box: Box) -> str:
    x, y = box.bottom
    label = escape(box.name.partition(".")[2])
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{BOX_HEIGHT}" rx="4" fill="#e8edee" '
        f'stroke="#005eb8"/><text x="{x:g}" y="{y - 12:g}" text-anchor="middle" fill="#212b32">{label}</text>'
    )


def arrow(one: Box, other: Box) -> str:
    """From the foot of a room to the head of what it imports; from side to side between service and engine."""
    if one.name.partition(".")[0] == "app" != other.name.partition(".")[0]:
        (x, y), (to_x, to_y) = one.right, other.left
        bend = f"{(x + to_x) / 2:g} {y:g} {(x + to_x) / 2:g} {to_y:g}"
    else:
        (x, y), (to_x, to_y) = one.bottom, other.top
        bow = max(24.0, (to_y - y) / 2)
        bend = f"{x:g} {y + bow:g} {to_x:g} {to_y - bow:g}"
    return f'<path d="M{x:g} {y:g}C{bend} {to_x:g} {to_y:g}" fill="none" stroke="#4c6272" marker-end="url(#tip)"/>'


def main() -> None:
    FILE.write_text(draw(read_imports()))


if __name__ == "__main__":
    main()
