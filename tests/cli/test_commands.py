"""What the commands say and how they end, through a real port of a real engine."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from radarr_desktop import __main__ as program
from radarr_desktop.app import program_version
from radarr_desktop.cli import COMMANDS
from radarr_desktop.cli.commands import commands
from radarr_desktop.loopback.releases import GOOD, THE_SALT_MERIDIAN_ROAD
from radarr_desktop.loopback.torrents import claiming
from radarr_desktop.store import movies as store
from tests.api.served import NOBODY, Served
from tests.cli.conftest import Run, write_port_file
from tests.fakes.film import film as a_film

ROAD = THE_SALT_MERIDIAN_ROAD


def test_knows_its_commands_without_importing_them() -> None:
    assert set(COMMANDS) == set(commands.commands)


def test_the_program_takes_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with contextlib.suppress(SystemExit):
            program.main([command, "--help"])
        assert f"radarr-desktop {command} " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["serch"], "“serch” is no command, and there is no such file. Did you mean “search”?"),
        (["--headless", "gone.torrent"], "“gone.torrent” is no command, and there is no such file."),
    ],
)
def test_a_mistyped_command_starts_nothing(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_torrent_without_a_window_is_for_another_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torrent = tmp_path / "film.torrent"
    torrent.touch()
    assert program.main(["--headless", "--data-dir", str(tmp_path / "data"), str(torrent)]) == 2
    assert "radarr-desktop grab TORRENT" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_says_that_the_program_is_not_running(run: Run, tmp_path: Path) -> None:
    ran = run("status")
    assert (ran.code, ran.out) == (3, "")
    assert "not running" in ran.err
    write_port_file(tmp_path / "data", "http://127.0.0.1:1")
    ran = run("queue", "--json")
    assert (ran.code, ran.out) == (3, "")
    assert "http://127.0.0.1:1" in ran.err


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"url": 5, "api_key": ""}'])
def test_survives_a_broken_port_file(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "port.json").write_text(text, encoding="utf-8")
    ran = run("status")
    assert ran.code == 1
    assert "port.json cannot be read" in ran.err


def test_a_torrent_file_that_is_not_there_is_told(run: Run, served: Served) -> None:
    ran = run("grab", str(served.folder / "gone.torrent"))
    assert (ran.code, ran.err) == (4, f"There is no file {served.folder / 'gone.torrent'}.\n")


def test_says_that_the_key_does_not_fit(run: Run, served: Served) -> None:
    write_port_file(served.folder / "data", served.url, "0" * 32)
    ran = run("status")
    assert ran.code == 1
    assert "key" in ran.err
    assert "0" * 32 not in ran.err


def test_wrong_use_is_2(run: Run) -> None:
    for words in (["nonsense"], ["search"], ["add"], ["grab"], ["import"], ["grab", "x", "--release", "y"], []):
        ran = run(*words)
        assert ran.code == 2, words
        assert "Usage" in ran.err or "Error" in ran.err, words


def test_help_is_no_fault(run: Run) -> None:
    for command in COMMANDS:
        ran = run(command, "--help")
        assert (ran.code, ran.err) == (0, ""), command


def test_status(run: Run, served: Served) -> None:
    ran = run("status")
    assert ran.code == 0
    assert f"radarr-desktop {program_version()}" in ran.out
    assert "1\u00a0movie: 0 with a file, 1 wanted." in ran.out
    assert run("status", "--json").json["movies"] == 1


def test_takes_the_data_folder_after_the_command_too(run: Run, served: Served, tmp_path: Path) -> None:
    assert run("--data-dir", "/nowhere", "status", "--data-dir", str(tmp_path / "data")).code == 0


def test_search_shows_releases_with_verdicts_in_columns(run: Run, served: Served) -> None:
    ran = run("search", "salt", "meridian")
    assert ran.code == 0
    lines = ran.out.splitlines()
    column = lines[0].index("Release")
    assert any(line[column:].startswith(GOOD) for line in lines)
    assert all(line[column - 1] == " " for line in lines)
    assert "\x1b" not in ran.out
    assert {one["verdict"]["outcome"] for one in run("search", "1", "--json").json} == {"accepted", "rejected"}


def test_a_dropped_torrent_is_taken_and_what_speaks_against_it_is_told(run: Run, served: Served) -> None:
    ran = run("grab", f"magnet:?xt=urn:btih:{'ab' * 20}&dn=The.Salt.Meridian.2025.CAM.x264-SHAKY")
    assert ran.code == 0, ran.err
    taken, told = ran.out.splitlines()
    assert taken.startswith("Fetching The Salt Meridian (2025): The.Salt.Meridian.2025.CAM.x264-SHAKY")
    assert told == "It is taken because you gave it: CAM is not wanted in profile HD."


def test_a_movie_is_named_by_title_year_or_number(run: Run, served: Served) -> None:
    for words in ("The Salt Meridian", "the salt meridian (2025)", "tmdb:900001", "salt", "Sált  meridian 2025", "1"):
        assert run("why", words).code == 0, words
    ran = run("why", "Nothing Like It")
    assert ran.code == 4
    assert "not in the library" in ran.err
    assert run("add", "--tmdb", str(ROAD.tmdb_id)).code == 0
    ran = run("why", "salt meri")
    assert ran.code == 2
    assert "The Salt Meridian Road (2019)" in ran.err
    assert run("why", "the salt meridian").code == 0
    assert run("why", " ").code == 4


def test_of_very_many_that_fit_only_some_are_named(run: Run, served: Served) -> None:
    movie = served.call(served.engine.movies.all())[0]

    def work() -> None:
        for number in range(1, 31):
            info = replace(movie.info, tmdb_id=number, imdb_id="", title=f"Film number {number}")
            store.insert(replace(movie, info=info, folder=f"{movie.folder} {number}"))

    served.call(served.engine.db.run(work))
    ran = run("why", "film")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 22
    assert ran.err.endswith("and 10 more: give more of the title\n")
    assert run("why", "Film number 7").code == 0


def test_add_asks_or_is_told_which(run: Run, served: Served) -> None:
    ran = run("add", "salt", "meridian")
    assert ran.code == 2
    assert f"tmdb:{ROAD.tmdb_id}" in ran.err
    assert run("add", "no such movie at all").code == 4
    ran = run("add", ROAD.title, "--tmdb", str(ROAD.tmdb_id), "--profile", "hd", "--unmonitored", "--json")
    assert ran.code == 0
    assert ran.json["monitored"] is False
    ran = run("add", f"tmdb:{ROAD.tmdb_id}")
    assert ran.code == 0
    assert "already" in ran.out
    assert run("add", "--tmdb", "5").code == 4
    assert run("add", "--tmdb", str(ROAD.tmdb_id), "--profile", "nothing").code == 0


def test_add_tells_which_profile_or_folder_is_missing(run: Run, served: Served) -> None:
    ran = run("add", "--tmdb", str(ROAD.tmdb_id), "--profile", "nothing")
    assert ran.code == 4
    assert "HD" in ran.err
    ran = run("add", "--tmdb", str(ROAD.tmdb_id), "--root", "/nowhere")
    assert ran.code == 1
    assert "/nowhere" in ran.err


def test_grab_takes_the_best_and_the_queue_shows_it(run: Run, served: Served) -> None:
    assert run("queue").out == "Nothing is being fetched.\n"
    ran = run("grab", "Salt Meridian")
    assert ran.code == 0
    assert GOOD in ran.out
    ran = run("queue")
    assert ran.code == 0
    assert "The Salt Meridian (2025)" in ran.out
    assert GOOD in ran.out
    assert [one["title"] for one in run("queue", "--json").json] == [GOOD]
    ran = run("grab", "Salt Meridian", "--best")
    assert ran.code == 5
    assert "Nothing was taken" in ran.out


def test_grab_takes_the_release_named(run: Run, served: Served) -> None:
    releases = run("search", "1", "--json").json
    poor = next(one for one in releases if one["quality"] == "CAM")
    ran = run("grab", "1", "--release", str(poor["id"]))
    assert ran.code == 5
    assert "was not taken" in ran.err
    ran = run("grab", "1", "--release", "4711")
    assert ran.code == 4
    good = next(one for one in releases if one["title"] == GOOD)
    assert run("grab", "1", "--release", str(good["id"]), "--json").json["grab"]["title"] == GOOD


def test_grab_takes_a_torrent_file(run: Run, served: Served, tmp_path: Path) -> None:
    file = tmp_path / "a file.torrent"
    file.write_bytes(claiming({f"{GOOD}.mkv": 700_000}, NOBODY).data)
    ran = run("grab", str(file))
    assert ran.code == 0, ran.err
    assert "Fetching The Salt Meridian (2025)" in ran.out


def test_grab_asks_which_movie_a_magnet_link_is_of(run: Run, served: Served) -> None:
    magnet = f"magnet:?xt=urn:btih:{'ab' * 20}&dn=Nobody.Knows.This.2020.1080p.WEB-DL-X"
    ran = run("grab", magnet)
    assert ran.code == 5
    assert "--movie" in ran.err
    assert run("grab", "magnet:?nothing").code == 1


def test_why_tells_releases_and_history(run: Run, served: Served) -> None:
    run("search", "1")
    ran = run("why", "1")
    assert ran.code == 0
    assert ran.out.startswith(run("why", "1", "--json").json["sentence"])
    assert GOOD in ran.out
    assert "Verdict" in ran.out
    said = run("why", "1", "--json").json
    assert said["movie"]["id"] == 1
    assert said["nextSearch"] in ran.out
    assert "Next best: " in ran.out
    assert re.search(r"^ok +seeders +", ran.out, re.MULTILINE)
    bad = next(one for one in said["releases"] if one["verdict"]["outcome"] == "rejected")
    unfolded = run("why", "1", "--release", str(bad["id"])).out
    assert re.search(r"^no +\w+ +", unfolded, re.MULTILINE)
    assert f"{bad['id']}  {bad['title']}\nScore " in unfolded
    assert run("why", "1", "--release", "4711").code == 4


def test_recheck_lists_files_that_their_profile_does_not_want(run: Run, served: Served, tmp_path: Path) -> None:
    film = tmp_path / "The.Salt.Meridian.2025.480p.DVDRip.x264-KITE.mkv"
    film.write_bytes(a_film())
    assert run("recheck").out == "Every file is what its profile wants.\n"
    assert run("import", str(film), "--movie", "salt meridian").code == 0
    ran = run("recheck")
    assert ran.code == 0
    assert "The Salt Meridian (2025)" in ran.out
    assert "DVD is not wanted in profile" in ran.out
    (unfit,) = run("recheck", "--json").json
    assert (unfit["movie"]["id"], unfit["quality"], unfit["size"]) == (1, "DVD", len(a_film()))


def test_import_puts_a_file_into_the_library(run: Run, served: Served, tmp_path: Path) -> None:
    film = tmp_path / f"{GOOD}.mkv"
    film.write_bytes(a_film())
    ran = run("import", str(film), "--movie", "salt meridian")
    assert ran.code == 0, ran.err
    assert "is in your library: Bluray-1080p" in ran.out
    assert run("import", str(film), "--movie", "unknown").code == 4
    assert next(served.library.rglob("*.mkv")).samefile(film)


def test_config_check_needs_no_program(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "radarr-desktop.toml"
    file.write_text('[port]\nport = 0\n\n[[root_folder]]\npath = "/tmp"\n', encoding="utf-8")
    ran = run("config", "check", str(file))
    assert (ran.code, ran.out) == (0, f"{file} is right.\n")
    file.write_text('[port]\nport = "x"\n\n[[plugin]]\nmodule = "nothing"\nname = "N"\n', encoding="utf-8")
    ran = run("config", "check", str(file))
    assert ran.code == 1
    assert ran.out.startswith(f"{file}:2: ")
    assert run("config", "check", str(file), "--json").json[0]["line"] == 2
    assert run("config", "check", str(tmp_path / "missing.toml")).code == 4


def test_formats_come_in_go_out_and_are_looked_over(run: Run, served: Served, tmp_path: Path) -> None:
    condition = {"name": "It", "implementation": "ReleaseTitleSpecification", "negate": False, "required": True}
    body = {
        "name": "Mine",
        "includeCustomFormatWhenRenaming": False,
        "specifications": [condition | {"fields": {"value": ".*"}}],
    }
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(body), encoding="utf-8")
    ran = run("formats", "lint")
    assert (ran.code, ran.out) == (0, "Nothing is odd about the custom formats.\n")
    ran = run("formats", "import", str(file))
    assert ran.code == 0, ran.err
    assert ran.out == "1\u00a0custom format added, 0 changed, 0 as they were.\n"
    assert run("formats", "import", str(file), "--json").json["same"] == ["Mine"]
    assert run("formats", "export", "mine", "--json").json == [body]
    assert len(run("formats", "export").json) > 1
    ran = run("formats", "lint")
    assert ran.code == 1
    assert "“Mine” matches every release." in ran.out
    exported = tmp_path / "exported.json"
    exported.write_text(run("formats", "export").out, encoding="utf-8")
    ran = run("whatif", "--formats", str(exported))
    assert ran.code == 0, ran.err
    assert run("formats", "export", "nobody's").code == 4
    assert run("formats", "export", "--profile", "balanced").json["name"] == "Balanced"
    assert run("formats", "import", str(tmp_path / "nothing")).code == 4
    file.write_text("[5]", encoding="utf-8")
    ran = run("formats", "import", str(file))
    assert (ran.code, ran.err) == (5, "Nothing was taken over.\n")
    assert "neither a custom format" in ran.out
