"""What is typed into the field of a secret is not to be seen, whichever service it is of."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from radarr_desktop.engine.plugins.discovery import discover, module_name
from radarr_desktop.engine.plugins.forms import fields
from radarr_desktop.engine.plugins.kinds import kind_of
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.ui.pages.settings.form import Service, ServiceForm
from radarr_desktop.ui.parts import Button
from tests.fakes.secrets import shows
from tests.ui import camera

CLASSES = {module_name(cls): cls for cls in discover(Path("no drop-in folder")).classes}


@pytest.mark.usefixtures("look")
def test_the_cookie_file_of_a_whole_browser_fits_in(qtbot: QtBot) -> None:
    cls = CLASSES["hdbits"]
    form = ServiceForm()
    qtbot.addWidget(form)
    form.show_service(Service(kind_of(cls), cls, fields(cls)))
    field = form.editor("cookie").editor
    assert isinstance(field, QLineEdit)
    lines = "".join(f".site{number}.example\tTRUE\t/\tTRUE\t1999999999\tname\tvalue\n" for number in range(1_500))
    text = f"{lines}.hdbits.org\tTRUE\t/\tTRUE\t1999999999\tsession\t{made_up('session')}"
    assert 60_000 < len(text) < 100_000
    QApplication.clipboard().setText(text)
    field.paste()
    assert form.editor("cookie").value() == text


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("module", [name for name, cls in CLASSES.items() if any(one.secret for one in fields(cls))])
def test_dots_stand_for_it(qtbot: QtBot, module: str) -> None:
    cls = CLASSES[module]
    form = ServiceForm()
    qtbot.addWidget(form)
    form.resize(1100, 1400)
    form.show_service(Service(kind_of(cls), cls, fields(cls)))
    form.show()
    for more in form.findChildren(Button):
        if more.text() == "More settings" and more.isVisible():
            more.click()
    secret = [one.name for one in fields(cls) if one.secret]
    for name in secret:
        form.editor(name).set_value(made_up(name))
    words = camera.painted(form)
    assert not shows(words)
    assert words.splitlines().count("●" * 32) == len(secret)
    field = form.editor(secret[0]).editor
    assert isinstance(field, QLineEdit)
    field.actions()[0].trigger()
    assert shows(camera.painted(form)), "what its button shows on purpose was not seen"
