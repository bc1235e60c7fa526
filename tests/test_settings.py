"""Settings: what is wrong is said at once and clearly, and what is secret is never shown."""

import os
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.firm import calendar_of, firm_of
from config import DateOrder, Settings, SettingsError, TeamFigures, Workday, load
from config.settings import NAMES


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper() in NAMES:
            monkeypatch.delenv(name)


def given_file(folder: Path, *lines: str) -> Path:
    file = folder / ".env"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def complaints(file: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        load(file)
    return raised.value.sentences


class TestDefaults:
    def test_nothing_needs_to_be_set(self) -> None:
        settings = load(None)
        assert settings.database_url.get_secret_value().startswith("sqlite:///")
        assert settings.date_order is DateOrder.DAY_FIRST
        assert settings.slack_bot_token is None
        assert settings.http_host == "127.0.0.1"

    def test_an_empty_value_is_as_good_as_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
        monkeypatch.setenv("HTTP_PORT", "")
        assert load(None).telegram_bot_token is None
        assert load(None).http_port == 8080

    def test_settings_never_change(self) -> None:
        with pytest.raises(ValueError, match="frozen"):
            load(None).http_port = 9


class TestSources:
    def test_the_environment_wins_over_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = given_file(tmp_path, "CURRENCY=eur", "MORNING=8:15")
        monkeypatch.setenv("CURRENCY", "chf")
        settings = load(file)
        assert (settings.currency, settings.morning) == ("CHF", time(8, 15))

    def test_a_file_that_is_not_there_is_no_error(self, tmp_path: Path) -> None:
        assert load(tmp_path / ".env").currency == "USD"

    def test_a_file_that_is_no_text_is_one_sentence(self, tmp_path: Path) -> None:
        file = tmp_path / ".env"
        file.write_bytes(b"\xff\xfe\x00CURRENCY")
        assert complaints(file) == (f"{file} cannot be read as text.",)

    def test_docker_compose_may_keep_its_own_names_in_the_file(self, tmp_path: Path) -> None:
        load(given_file(tmp_path, "COMPOSE_PROJECT_NAME=crm", "POSTGRES_PASSWORD=x"))


class TestUnknownNames:
    def test_in_the_file_any_other_name_is_an_error_with_the_nearest(self, tmp_path: Path) -> None:
        (sentence,) = complaints(given_file(tmp_path, "COMPANY_TIME_ZONE=Europe/Rome"))
        assert "COMPANY_TIME_ZONE is not a setting; did you mean COMPANY_TIMEZONE?" in sentence

    def test_in_the_file_a_name_like_none_of_ours_is_an_error_too(self, tmp_path: Path) -> None:
        (sentence,) = complaints(given_file(tmp_path, "QUUX=1"))
        assert "QUUX is not a setting" in sentence
        assert "python -m config" in sentence

    @pytest.mark.parametrize(
        ("slip", "meant"),
        [
            ("SLACK_BOT_TOKN", "SLACK_BOT_TOKEN"),
            ("SLACK_TOKEN", "SLACK_BOT_TOKEN"),
            ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"),
            ("TELEGRAM_WEBHOOK_URI", "TELEGRAM_WEBHOOK_URL"),
            ("COMPANY_TIME_ZONE", "COMPANY_TIMEZONE"),
            ("RASA_URI", "RASA_URL"),
            ("NLU_ENGIN", "NLU_ENGINE"),
        ],
    )
    def test_in_the_environment_a_slip_is_an_error(
        self, slip: str, meant: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(slip, "something")
        assert complaints() == (f"{slip} is not a setting; did you mean {meant}?",)

    @pytest.mark.parametrize(
        "name", ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "LOGNAME", "SLACK_WEBHOOK_URL", "HOST"]
    )
    def test_in_the_environment_names_of_other_programs_are_left_alone(
        self, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(name, "something")
        load(None)

    def test_a_like_name_beside_the_right_one_is_some_other_programs(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URI", "whatever")
        monkeypatch.setenv("DATABASE_URL", "sqlite:////tmp/crm.sqlite3")
        load(None)


class TestMalformedValues:
    @pytest.mark.parametrize(
        ("name", "value", "says"),
        [
            ("HTTP_PORT", "eighty", "HTTP_PORT must be a number from 1 to 65535, not 'eighty'."),
            ("HTTP_PORT", "0", "from 1 to 65535"),
            ("HTTP_HOST", "http://0.0.0.0:80", "HTTP_HOST must be a host name"),
            ("COMPANY_TIMEZONE", "Mars/Olympus", "IANA time zone such as Europe/Berlin"),
            ("COMPANY_TIMEZONE", "../../etc/passwd", "IANA time zone"),
            ("COMPANY_COUNTRY", "Germany", "a country code of two letters"),
            ("CURRENCY", "Euro", "a currency code such as EUR"),
            ("DATE_ORDER", "ymd", "day-first or month-first"),
            ("WORKDAY", "nine to five", "hours such as 09:00-17:00"),
            ("WORKDAY", "17:00-09:00", "hours such as 09:00-17:00"),
            ("WORKDAY", "Xyz-Fri 09:00-17:00", "hours such as 09:00-17:00"),
            ("MORNING", "25:00", "a time of day"),
            ("MORNING", "9", "a time of day"),
            ("NLU_ENGINE", "gpt", "embedded or rasa"),
            ("RASA_URL", "localhost:5005", "a web address"),
            ("TELEGRAM_API_URL", "ftp://x", "a web address"),
            ("SLACK_API_URL", "http://", "a web address"),
            ("LOG_LEVEL", "chatty", "DEBUG, INFO, WARNING or ERROR"),
            ("LOG_FORMAT", "xml", "text or json"),
            ("TEAM_FIGURES", "nobody", "managers or everyone"),
        ],
    )
    def test_each_is_one_sentence_that_says_what_it_must_be(
        self, name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(name, value)
        (sentence,) = complaints()
        assert sentence.startswith(f"{name} must be ")
        assert says in sentence

    @pytest.mark.parametrize(
        "value", ["mysql://root@localhost/crm", "crm.sqlite3", "sqlite://", "postgresql://"]
    )
    def test_a_database_of_another_kind_is_refused(
        self, value: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", value)
        (sentence,) = complaints()
        assert sentence.startswith("DATABASE_URL must be sqlite:///")

    def test_all_that_is_wrong_is_said_at_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PORT", "-1")
        monkeypatch.setenv("TELEGRAM_TOKEN", "1:a")
        said = complaints(given_file(tmp_path, "MONEY=EUR", "CURRENCY=lots"))
        assert len(said) == 4

    @given(
        name=st.sampled_from(NAMES),
        text=st.text(max_size=40).filter(lambda text: "\0" not in text),
    )
    def test_any_text_is_a_value_or_is_told_of_by_name(self, name: str, text: str) -> None:
        said: tuple[str, ...] = (name,)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(name, text.encode("utf-8", "replace").decode())
            try:
                load(None)
            except SettingsError as error:
                said = error.sentences
        assert said
        assert all(name in sentence or "SLACK_BOT_TOKEN" in sentence for sentence in said)


class TestWhatBelongsTogether:
    def test_slack_needs_a_way_to_hear(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
        (sentence,) = complaints()
        assert "SLACK_APP_TOKEN" in sentence
        assert "SLACK_SIGNING_SECRET" in sentence

    @pytest.mark.parametrize("other", ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
    def test_slack_is_complete_with_either_way(
        self, other: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
        monkeypatch.setenv(other, "xapp-1")
        load(None)

    def test_tokens_that_were_swapped_are_told_apart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xapp-1")
        monkeypatch.setenv("SLACK_APP_TOKEN", "xoxb-1")
        assert len(complaints()) == 2

    def test_a_webhook_needs_its_bot(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", "http://bot.example.com/telegram")
        assert complaints() == ("TELEGRAM_WEBHOOK_URL needs TELEGRAM_BOT_TOKEN beside it.",)


class TestSecrets:
    SECRETS = (
        ("SLACK_BOT_TOKEN", "xoxb-111-veryhidden"),
        ("SLACK_APP_TOKEN", "xapp-222-veryhidden"),
        ("SLACK_SIGNING_SECRET", "333veryhidden"),
        ("TELEGRAM_BOT_TOKEN", "444:veryhidden"),
        ("TELEGRAM_WEBHOOK_SECRET", "555-veryhidden"),
        ("DATABASE_URL", "postgresql://crm:veryhidden@db.example.com/crm"),
    )

    def test_none_shows_in_a_repr_or_a_dump(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in self.SECRETS:
            monkeypatch.setenv(name, value)
        settings = load(None)
        shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
        assert "hidden" not in shown

    @pytest.mark.parametrize("name", [name for name, _ in SECRETS])
    def test_none_shows_when_it_is_malformed(
        self, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(name, "very hidden")
        assert all("hidden" not in sentence for sentence in complaints())

    def test_the_log_is_told_of_every_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in self.SECRETS:
            monkeypatch.setenv(name, value)
        secrets = load(None).secrets()
        assert {value for _, value in self.SECRETS[:-1]} | {"veryhidden"} == secrets


class TestWorkday:
    @pytest.mark.parametrize(
        ("text", "days", "opens", "closes"),
        [
            ("09:00-17:00", {0, 1, 2, 3, 4}, time(9), time(17)),
            ("8:30 - 16:45", {0, 1, 2, 3, 4}, time(8, 30), time(16, 45)),
            ("Sun-Thu 08:00-16:00", {6, 0, 1, 2, 3}, time(8), time(16)),
            ("tue-sat 10:00-19:00", {1, 2, 3, 4, 5}, time(10), time(19)),
            ("Mon-Sun 00:00-23:59", set(range(7)), time(0), time(23, 59)),
            ("Sat 10:00-12:00", {5}, time(10), time(12)),
        ],
    )
    def test_days_and_hours(self, text: str, days: set[int], opens: time, closes: time) -> None:
        workday = Workday.parse(text)
        assert workday == Workday(frozenset(days), opens, closes)
        assert Workday.parse(str(workday)) == workday


class TestFirm:
    def test_the_firm_is_what_the_settings_say(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in {
            "COMPANY_TIMEZONE": "America/Denver",
            "COMPANY_COUNTRY": "us",
            "CURRENCY": "usd",
            "DATE_ORDER": "month-first",
            "WORKDAY": "Tue-Sat 08:00-16:00",
            "MORNING": "07:30",
            "DIGEST_AT": "07:00",
            "TEAM_FIGURES": "everyone",
        }.items():
            monkeypatch.setenv(name, value)
        settings = load(None)
        firm = firm_of(settings)
        assert settings.team_figures is TeamFigures.EVERYONE
        assert (firm.timezone, firm.country, firm.currency) == ("America/Denver", "US", "USD")
        assert not firm.day_first
        assert firm.workdays == {1, 2, 3, 4, 5}
        assert (firm.opens, firm.closes, firm.end_of_day) == (time(8), time(16), time(16))
        assert (firm.morning, firm.digest_at) == (time(7, 30), time(7))
        assert firm.open_leaderboard

    def test_business_days_skip_the_countrys_holidays(self) -> None:
        from datetime import date

        def works(country: str, day: date) -> bool:
            return calendar_of(Settings(company_country=country)).works(day)

        assert not works("US", date(2026, 11, 26))
        assert works("DE", date(2026, 11, 26))
        assert not works("DE", date(2026, 12, 25))
        assert works("AQ", date(2026, 12, 24))

    def test_every_country_has_a_calendar(self) -> None:
        from config.forms import _countries

        for country in sorted(_countries()):
            assert calendar_of(Settings(company_country=country)).workdays
