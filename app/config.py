"""What the environment must provide; refuses to start when something is missing or unsafe."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

INSTANCE = Path("instance")
SECRET_LENGTH_MIN = 32
PASSPHRASE_LENGTH_MIN = 20
FILE_MEGABYTES_AT_MOST = 19  # with what else a form sends, web/security takes 20
REASONS_OF_PINS = ("agreed_before", "circumstances", "continues", "study_needs", "nominated", "other")


class Misconfigured(Exception):
    """The environment lacks something or says something unsafe; the message says what to set."""


@dataclass(frozen=True)
class Settings:
    """Everything that an operator can choose; docs/operations.md says what each variable means.

    `jobs` is "worker" (a worker process does them) or "at-once" (they are done before the request that asks for them
    is answered). `smtp_url` is "smtp://[USER:PASSWORD@]HOST:PORT" (`smtps` for TLS from the
    start, `?starttls` for STARTTLS); without it mail stays in the outbox, where the administrator reads it. `proxies`
    is how many reverse proxies stand in front, each of which must set X-Forwarded-For and X-Forwarded-Proto.
    Mentors are asked to confirm their openings `confirm_days` before a round closes.
    `pins_with_evidence` names the reasons for pins that a second person has to have seen, with spaces between.
    `nomination_days` is after how many days without an answer a nominated supervisor is asked again.
    `keys_folder` is where the secret halves of the keys are kept with which records are signed, locked with
    `keys_passphrase`; without it, a folder beside the database.
    `other_services` are the addresses of services like this one that may be asked about records which they issued, with
    spaces between; without any, nobody is asked.
    A learner stands under At risk whose practical module starts within `unplaced_days` and who has no placement.
    `files_folder` is where files that people hand in are kept; without it, a folder beside the database. None may be
    larger than `file_megabytes_max`. `clamd` is the virus scanner that looks at each: "unix:///PATH" or
    "tcp://HOST:PORT"; without it nobody looks.
    """

    is_production: bool
    secret_key: str
    database_url: str
    base_url: str
    service_name: str = "Research Practice Experience placements"
    smtp_url: str = ""
    mail_from: str = "rpe@localhost"
    jobs: str = "at-once"
    session_idle_minutes: int = 120
    session_hours: int = 12
    proxies: int = 0
    is_demo: bool = False
    contact: str = ""
    review_ask_days: int = 10
    review_answer_days: int = 10
    font_folder: str = "/usr/share/fonts/truetype/dejavu"
    confirm_days: int = 14
    pins_with_evidence: str = "circumstances"
    nomination_days: int = 7
    unplaced_days: int = 42
    files_folder: str = ""
    file_megabytes_max: int = 10
    clamd: str = ""
    keys_folder: str = ""
    keys_passphrase: str = ""
    other_services: str = ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; raise Misconfigured with one sentence when the system could not run safely on them."""
        is_production = _is_production(environ.get("RPE_ENV", "development"))
        settings = cls(
            is_production=is_production,
            secret_key=environ.get("RPE_SECRET_KEY", "" if is_production else "for development only"),
            database_url=environ.get("RPE_DATABASE_URL", _in_instance("rpe.sqlite3")),
            base_url=environ.get("RPE_BASE_URL", "" if is_production else "http://127.0.0.1:8000").rstrip("/"),
            service_name=environ.get("RPE_SERVICE_NAME", cls.service_name),
            smtp_url=environ.get("RPE_SMTP_URL", ""),
            mail_from=environ.get("RPE_MAIL_FROM", cls.mail_from),
            jobs=environ.get("RPE_JOBS", "worker" if is_production else cls.jobs),
            session_idle_minutes=_whole_number(environ, "RPE_SESSION_IDLE_MINUTES", cls.session_idle_minutes),
            session_hours=_whole_number(environ, "RPE_SESSION_HOURS", cls.session_hours),
            proxies=_whole_number(environ, "RPE_PROXIES", cls.proxies, smallest=0),
            is_demo=environ.get("RPE_DEMO", "") == "1",
            contact=environ.get("RPE_CONTACT", ""),
            review_ask_days=_whole_number(environ, "RPE_REVIEW_ASK_DAYS", cls.review_ask_days),
            review_answer_days=_whole_number(environ, "RPE_REVIEW_ANSWER_DAYS", cls.review_answer_days),
            font_folder=environ.get("RPE_FONT_FOLDER", cls.font_folder),
            confirm_days=_whole_number(environ, "RPE_CONFIRM_DAYS", cls.confirm_days),
            pins_with_evidence=environ.get("RPE_PINS_WITH_EVIDENCE", cls.pins_with_evidence),
            nomination_days=_whole_number(environ, "RPE_NOMINATION_DAYS", cls.nomination_days),
            unplaced_days=_whole_number(environ, "RPE_UNPLACED_DAYS", cls.unplaced_days),
            files_folder=environ.get("RPE_FILES_FOLDER", cls.files_folder),
            file_megabytes_max=_whole_number(environ, "RPE_FILE_MEGABYTES_MAX", cls.file_megabytes_max),
            clamd=environ.get("RPE_CLAMD", cls.clamd),
            keys_folder=environ.get("RPE_KEYS_FOLDER", cls.keys_folder),
            keys_passphrase=environ.get("RPE_KEYS_PASSPHRASE", "" if is_production else "for development only"),
            other_services=environ.get("RPE_OTHER_SERVICES", cls.other_services),
        )
        settings.refuse_what_cannot_work()
        if is_production:
            settings.refuse_what_is_unsafe()
        return settings

    @property
    def files(self) -> Path:
        """The folder of files that people hand in."""
        return Path(self.files_folder) if self.files_folder else self.beside_database("files")

    @property
    def keys(self) -> Path:
        """The folder of the keys that sign records."""
        return Path(self.keys_folder) if self.keys_folder else self.beside_database("keys")

    def beside_database(self, name: str) -> Path:
        """A folder beside the file of the database, else in the instance folder."""
        _, is_file, path = self.database_url.partition("sqlite:///")
        return Path(f"{path}.{name}") if is_file and path else INSTANCE.resolve() / name

    def to_environ(self) -> dict[str, str]:
        """The environment that gives these settings, for a process that is started beside this one."""
        return {
            **{f"RPE_{name.upper()}": str(value) for name, value in asdict(self).items()},
            "RPE_ENV": "production" if self.is_production else "development",
            "RPE_DEMO": "1" if self.is_demo else "",
        }

    def refuse_what_cannot_work(self) -> None:
        """Raise Misconfigured for an address that nothing here understands, rather than quietly do without it."""
        mail = urlsplit(self.smtp_url)
        if self.smtp_url and (mail.scheme not in ("smtp", "smtps") or not mail.hostname):
            raise Misconfigured("Set RPE_SMTP_URL to an address like smtp://user:password@mail.example:587?starttls.")
        if self.file_megabytes_max > FILE_MEGABYTES_AT_MOST:
            raise Misconfigured(
                f"Set RPE_FILE_MEGABYTES_MAX to {FILE_MEGABYTES_AT_MOST} at most: no form may be larger."
            )
        if self.clamd and not _is_socket(self.clamd):
            raise Misconfigured("Set RPE_CLAMD to something like unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310.")
        if not all(map(_is_safe_address, self.other_services.split())):
            raise Misconfigured(
                "Set RPE_OTHER_SERVICES to https addresses like https://placements.example, with spaces between."
            )
        if set(self.pins_with_evidence.split()) - set(REASONS_OF_PINS):
            raise Misconfigured(f"Set RPE_PINS_WITH_EVIDENCE to some of: {' '.join(REASONS_OF_PINS)}.")
        if self.jobs not in ("at-once", "worker"):
            raise Misconfigured(
                "Set RPE_JOBS to worker or to at-once, or leave it unset: jobs are rows of the database, and have no "
                "address of their own any more."
            )

    def refuse_what_is_unsafe(self) -> None:
        """Raise Misconfigured when production would run without a secret, without https or without a mail server."""
        if len(self.secret_key) < SECRET_LENGTH_MIN:
            raise Misconfigured(
                f"Set RPE_SECRET_KEY to a random text of at least {SECRET_LENGTH_MIN} characters, for instance the "
                "output of python3 -c 'import secrets; print(secrets.token_urlsafe(48))'."
            )
        address = urlsplit(self.base_url)
        if address.scheme != "https" or not address.hostname or address.path:
            raise Misconfigured(
                "Set RPE_BASE_URL to the https address under which people reach this service, "
                "like https://placements.example."
            )
        if 0 < len(self.keys_passphrase) < PASSPHRASE_LENGTH_MIN:
            raise Misconfigured(
                f"Set RPE_KEYS_PASSPHRASE to at least {PASSPHRASE_LENGTH_MIN} random characters: it locks the keys "
                "that sign records."
            )
        if self.is_demo:
            raise Misconfigured("RPE_DEMO=1 signs anybody in with a known password: unset it in production.")
        if self.jobs == "at-once":
            raise Misconfigured(
                "Leave RPE_JOBS unset in production, or set it to worker: at once, people wait for the mail server, "
                "and how long tells a stranger who has an account."
            )
        if not self.smtp_url:
            raise Misconfigured(
                "Set RPE_SMTP_URL to your mail server, like smtp://user:password@mail.example:587?starttls: people "
                "choose their passwords by links that only they may read, so these must reach them by mail."
            )


def _is_safe_address(address: str) -> bool:
    """An https address, or one of this machine."""
    parts = urlsplit(address)
    is_here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    return bool(parts.hostname) and (parts.scheme == "https" or is_here)


def _is_production(environment: str) -> bool:
    if environment not in ("development", "production"):
        raise Misconfigured(f"Set RPE_ENV to production or development; it is “{environment}”.")
    return environment == "production"


def _in_instance(file: str) -> str:
    return f"sqlite:///{(INSTANCE / file).resolve()}"


def _whole_number(environ: Mapping[str, str], name: str, default: int, smallest: int = 1) -> int:
    text = environ.get(name, str(default))
    if not text.isdecimal() or int(text) < smallest:
        raise Misconfigured(f"{name} must be a whole number of at least {smallest}; it is “{text}”.")
    return int(text)


def _is_socket(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            bool(parts.path)
            if parts.scheme == "unix"
            else parts.scheme == "tcp" and bool(parts.hostname and parts.port)
        )
    except ValueError:
        return False
