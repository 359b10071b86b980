"""Files dropped on a meeting: the page says where they go while they are held over it, and takes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.ui.attachments.files import MeetingFiles
from app.ui.widgets.controls import label

_HEIGHT = 64


class FileDrop(QObject):
    """Takes files dropped on a page; `where` is the point they go to, None for the meeting itself."""

    def __init__(self, page: QWidget, files: MeetingFiles, where: Callable[[], str | None]) -> None:
        super().__init__(page)
        self._page, self._files, self._where = page, files, where
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        self.sign = label(role="heading", wrap=True)
        self.sign.setParent(page)
        self.sign.setObjectName("bar")
        self.sign.setProperty("kind", "notice")
        self.sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sign.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what concerns dragged files; everything else goes its way."""
        if isinstance(event, QDragMoveEvent | QDragEnterEvent) and paths_in(event.mimeData()):
            if self._files.may_add(self._where()):
                event.acceptProposedAction()
                self._tell()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.sign.hide()
            paths = paths_in(event.mimeData())
            if paths and self._files.may_add(self._where()):
                event.acceptProposedAction()
                self._files.add(paths, item=self._where())
                return True
        elif event.type() == QEvent.Type.DragLeave:
            self.sign.hide()
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        if self.sign.isVisible():
            return
        meeting, item = self._files.editor.meeting, self._where()
        point = meeting.item(item) if meeting is not None and item else None
        to_meeting = self.tr("Släpp för att bifoga till mötet")
        self.sign.setText(self.tr("Släpp för att bifoga till {0}").format(point.heading) if point else to_meeting)
        self.sign.setGeometry(0, self._page.height() - _HEIGHT, self._page.width(), _HEIGHT)
        self.sign.raise_()
        self.sign.show()


def paths_in(data: QMimeData) -> list[Path]:
    """The files that are dragged; no folders, and nothing from the network."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    return [path for path in found if path.is_file()]
