"""The toolkit's small marks in our colours: boxes to tick, choices and number fields can be seen in light and dark."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QStyleOptionComplex, QWidget

_LINE = 1.5


class Marks(QProxyStyle):
    """Fusion, whose own outlines are mixed from the window's colour and vanish on a dark one."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        kinds = QStyle.PrimitiveElement
        if element in (kinds.PE_IndicatorCheckBox, kinds.PE_IndicatorItemViewItemCheck):
            _box(option, painter)
        elif element is kinds.PE_IndicatorRadioButton:
            _ring(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self, control: QStyle.ComplexControl, option: QStyleOptionComplex, painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().drawComplexControl(control, option, painter, widget)
        if control is QStyle.ComplexControl.CC_SpinBox:
            palette: QPalette = option.palette
            focused = bool(_state(option) & QStyle.StateFlag.State_HasFocus)
            color = palette.color(QPalette.ColorRole.Highlight if focused else QPalette.ColorRole.Dark)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color, 2 if focused else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(_area(option).adjusted(1, 1, -1, -1), 4, 4)


def _area(option: QStyleOption) -> QRectF:
    return QRectF(option.rect)


def _state(option: QStyleOption) -> QStyle.StateFlag:
    found: QStyle.StateFlag = option.state
    return found


def _square(option: QStyleOption) -> QRectF:
    area = _area(option)
    side = min(area.width(), area.height(), 18.0) - _LINE
    return QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)


def _colors(option: QStyleOption, painter: QPainter, *, filled: bool) -> QColor:
    """Set pen and brush for the outline; returns the colour of the mark inside."""
    palette: QPalette = option.palette
    role = QPalette.ColorRole
    enabled = bool(_state(option) & QStyle.StateFlag.State_Enabled)
    edge = palette.color(role.Highlight if filled and enabled else role.Dark)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, _LINE))
    painter.setBrush(edge if filled else palette.color(role.Base))
    return palette.color(role.HighlightedText if enabled else role.Base)


def _box(option: QStyleOption, painter: QPainter) -> None:
    flags = QStyle.StateFlag
    ticked, half = bool(_state(option) & flags.State_On), bool(_state(option) & flags.State_NoChange)
    painter.save()
    mark = _colors(option, painter, filled=ticked or half)
    box = _square(option)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QPen(mark, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    strokes = ((0.24, 0.54), (0.43, 0.72), (0.77, 0.3)) if ticked else ((0.28, 0.5), (0.72, 0.5)) if half else ()
    painter.drawPolyline([QPointF(box.left() + box.width() * x, box.top() + box.height() * y) for x, y in strokes])
    painter.restore()


def _ring(option: QStyleOption, painter: QPainter) -> None:
    chosen = bool(_state(option) & QStyle.StateFlag.State_On)
    painter.save()
    mark = _colors(option, painter, filled=chosen)
    ring = _square(option)
    painter.drawEllipse(ring)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark)
        painter.drawEllipse(ring.center(), ring.width() * 0.22, ring.width() * 0.22)
    painter.restore()
