"""The list of a meeting's appendices, texts and files with one numbering, and what is done with the chosen file."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.attachments import Appendix, size_words
from app.ui.attachments.files import MeetingFiles
from app.ui.theme import ROW_HEIGHT
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.flow import Flow
from app.ui.widgets.tables import Column, Table

_MOST_SHOWN = 8


class _List(Table[Appendix]):
    """Delete takes away, F2 renames; Enter opens as in every list."""

    def __init__(self, files: MeetingFiles, columns: tuple[Column[Appendix], ...], *, name: str) -> None:
        super().__init__(columns, name=name)
        self._files = files

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = self.current_row()
        if found is not None and found.key and event.key() == Qt.Key.Key_Delete:
            self._files.remove(found.key)
        elif found is not None and found.key and event.key() == Qt.Key.Key_F2:
            self._files.ask_title(found.key)
        else:
            super().keyPressEvent(event)


class AppendixList(QWidget):
    """Every appendix in order; a row that is a file can be shown, opened, saved, renamed and removed."""

    def __init__(self, files: MeetingFiles) -> None:
        super().__init__()
        self.files = files
        self.table = _List(
            files,
            (
                Column(self.tr("Nr"), lambda one: str(one.number), width=44, right=True),
                Column(self.tr("Bilaga"), lambda one: one.text, hover=self._about),
                Column(self.tr("Slag"), self._kind, width=170, drop_below=420),
                Column(self.tr("Hör till"), self._where, width=130, drop_below=560),
            ),
            name=self.tr("Bilagor"),
        )
        self.table.opened.connect(lambda one: files.show(one.key) if one.key else None)
        self.table.chosen.connect(lambda _: self._offer())
        self.add_button = button(self.tr("Bifoga fil …"), files.choose, icon_name="paperclip", shortcut="Ctrl+Shift+B")
        self.show_button = button(self.tr("Visa"), lambda: self._do(files.show), icon_name="eye")
        self.open_button = button(self.tr("Öppna"), lambda: self._do(files.open), icon_name="folder-open")
        self.save_button = button(self.tr("Spara som …"), lambda: self._do(files.choose_place), icon_name="file-down")
        self.name_button = button(self.tr("Byt namn"), lambda: self._do(files.ask_title), icon_name="pencil")
        self.remove_button = button(self.tr("Ta bort"), lambda: self._do(files.remove), icon_name="trash-2")
        self._tools = box(
            Flow(self.show_button, self.open_button, self.save_button, self.name_button, self.remove_button)
        )
        self.nothing = label(self.tr("Dra filer hit, eller välj Bifoga fil."), role="muted", wrap=True)
        self.hint = label(
            self.tr("Syns för alla som läser mötet. Lägg det som rör en kund på kundens punkt."), role="muted",
            wrap=True,
        )  # fmt: skip
        self.setLayout(column(self.nothing, self.table, self._tools, box(Flow(self.add_button)), self.hint, space=6))
        files.changed.connect(self.show_files)
        files.editor.changed.connect(self.show_files)

    def show_files(self) -> None:
        """Show the list anew; the chosen row stays chosen."""
        rows = self.files.listed
        before = self.table.current_row()
        if list(rows) != self.table.rows_model.rows:
            self.table.rows_model.show_rows(rows)
            if before is not None:
                self.table.select_where(lambda one: (one.key or one.text) == (before.key or before.text))
        height = self.table.horizontalHeader().sizeHint().height() + min(len(rows), _MOST_SHOWN) * ROW_HEIGHT + 4
        self.table.setFixedHeight(height)
        self.table.setVisible(bool(rows))
        may = self.files.may_add()
        self.nothing.setText(
            self.tr("Dra filer hit, eller välj Bifoga fil.") if may else self.tr("Mötet har inga bilagor.")
        )
        self.nothing.setVisible(not rows)
        self.hint.setVisible(may)
        self.add_button.setVisible(may)
        self.add_button.setEnabled(may)  # its keys press it where it is hidden too
        self._offer()

    def _offer(self) -> None:
        chosen = self.table.current_row()
        found = self.files.find(chosen.key) if chosen is not None and chosen.key else None
        self._tools.setVisible(found is not None)
        if found is None:
            return
        self.show_button.setVisible(found.kind.is_shown)
        self.open_button.setVisible(found.kind.opens)
        may = self.files.may_add(found.item)
        for made in (self.name_button, self.remove_button):
            made.setVisible(may)

    def _do(self, gesture: object) -> None:
        chosen = self.table.current_row()
        if chosen is not None and chosen.key and callable(gesture):
            gesture(chosen.key)

    def _kind(self, one: Appendix) -> str:
        found = self.files.find(one.key) if one.key else None
        return f"{found.kind.label}, {size_words(found.size)}" if found is not None else self.tr("Text")

    def _where(self, one: Appendix) -> str:
        meeting = self.files.editor.meeting
        if not one.key or one.item is None or meeting is None:
            return self.tr("Mötet") if one.key else ""
        keys = [item.key for item in meeting.items]
        return self.tr("Punkt {0}").format(keys.index(one.item) + 1) if one.item in keys else self.tr("En punkt")

    def _about(self, one: Appendix) -> str:
        found = self.files.find(one.key) if one.key else None
        return f"{one.label}: {one.text}" + (f"\n{found.name}" if found is not None else "")


class PointFiles(QWidget):
    """The files of the point that is shown: each leads to it, and another is added here."""

    def __init__(self, files: MeetingFiles) -> None:
        super().__init__()
        self.files = files
        self._item = ""
        self._row = Flow()
        self.add_button = button(
            self.tr("Bifoga fil …"), lambda: files.choose(self._item), kind="quiet", icon_name="paperclip",
            shortcut="Ctrl+Shift+B",
        )  # fmt: skip
        self._row.addWidget(self.add_button)
        self.shown: list[QPushButton] = []
        self.setLayout(self._row)
        files.changed.connect(self._show)

    def show_item(self, key: str) -> None:
        """Another point is shown."""
        self._item = key
        self._show()

    def _show(self) -> None:
        for shown in self.shown:
            self._row.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self.shown = []
        for one in self.files.of_item(self._item):
            made = button(
                f"{one.label}: {one.text}", partial(self.files.show, one.key), kind="quiet",
                icon_name="file-text", tip=one.kind.label if one.kind is not None else "",
            )  # fmt: skip
            self._row.addWidget(made)
            self.shown.append(made)
        may = bool(self._item) and self.files.may_add(self._item)
        self.add_button.setVisible(may)
        self.add_button.setEnabled(may)  # its keys press it where it is hidden too
        self.setVisible(may or bool(self.shown))
