"""Settings from the environment, read once. Unset means the embedded default."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SITE = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")
SENDER = re.compile(r"[^\s<>@]+@[^\s<>@]+|[^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>")
NEEDS = {
    "S3_ENDPOINT_URL": "S3_BUCKET",
    "SMTP_HOST": "TENDER_MAIL_FROM",
    "SMTP_PORT": "SMTP_HOST",
    "SMTP_USER": "SMTP_HOST",
    "SMTP_PASSWORD": "SMTP_USER",
}


class BadSetting(ValueError):
    """A setting is missing or cannot be used: a French template with its values, and the remedy."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message.format(**params))
        self.message, self.params = message, params


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; docs/operations.md explains each."""

    database_url: str = field(repr=False)
    owner_database_url: str = field(repr=False)
    backup_database_url: str = field(repr=False)
    broker_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    base_url: str
    data_dir: Path
    watch_dir: Path
    cache_dir: Path
    cache_mib: int
    s3_bucket: str
    s3_endpoint: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_starttls: bool
    mail_from: str
    cluster_name: str
    lease_seconds: int
    renderer: str
    debug_log: bool
    trusted_proxies: int
    password_cost: str
    sources: tuple[str, ...]
    sources_minutes: int
    sources_days: int
    boamp_url: str
    ted_api_url: str
    ted_site_url: str
    ted_query: str


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise BadSetting naming the variable and the remedy."""
    env = os.environ if environ is None else environ
    data = Path(env.get("TENDER_DATA_DIR", ".data")).resolve()
    url = env.get("DATABASE_URL", "")
    if not url:
        raise BadSetting(
            "DATABASE_URL n’est pas défini : donnez l’adresse de la base, ou lancez « make run »."
        )
    _require_whole_sets(env)
    return Settings(
        database_url=_database("DATABASE_URL", url),
        owner_database_url=_database(
            "TENDER_OWNER_DATABASE_URL", env.get("TENDER_OWNER_DATABASE_URL") or url
        ),
        backup_database_url=_database(
            "TENDER_BACKUP_DATABASE_URL", env.get("TENDER_BACKUP_DATABASE_URL") or url
        ),
        broker_url=_broker(env),
        secret_key=_secret(env),
        base_url=_address(env, "TENDER_BASE_URL", "http://127.0.0.1:8000"),
        data_dir=data,
        watch_dir=Path(env.get("TENDER_WATCH_DIR", str(data / "watch"))),
        cache_dir=Path(env.get("TENDER_CACHE_DIR") or data / "cache"),
        cache_mib=_whole(env, "TENDER_CACHE_MIB", 512),
        s3_bucket=env.get("S3_BUCKET", ""),
        s3_endpoint=_address(env, "S3_ENDPOINT_URL", ""),
        smtp_host=env.get("SMTP_HOST", ""),
        smtp_port=_whole(env, "SMTP_PORT", 587, most=65535),
        smtp_user=env.get("SMTP_USER", ""),
        smtp_password=env.get("SMTP_PASSWORD", ""),
        smtp_starttls=_one_of(env, "SMTP_STARTTLS", ("1", "0")) == "1",
        mail_from=_sender(env),
        cluster_name=env.get("TENDER_CLUSTER_NAME", "Fil & Brique"),
        lease_seconds=_whole(env, "TENDER_LEASE_SECONDS", 30),
        renderer=_one_of(env, "TENDER_RENDERER", ("auto", "office", "rdocx")),
        debug_log=env.get("TENDER_DEBUG_LOG", "") == "1",
        trusted_proxies=_whole(env, "TENDER_TRUSTED_PROXIES", 0, least=0),
        password_cost=_one_of(env, "TENDER_PASSWORD_COST", ("normal", "low")),
        sources=_some_of(env, "TENDER_SOURCES", ("boamp", "ted")),
        sources_minutes=_whole(env, "TENDER_SOURCES_MINUTES", 15, most=1440),
        sources_days=_whole(env, "TENDER_SOURCES_DAYS", 7, most=366),
        boamp_url=_address(env, "TENDER_BOAMP_URL", "https://boamp-datadila.opendatasoft.com"),
        ted_api_url=_address(env, "TENDER_TED_API_URL", "https://api.ted.europa.eu"),
        ted_site_url=_address(env, "TENDER_TED_SITE_URL", "https://ted.europa.eu"),
        ted_query=env.get("TENDER_TED_QUERY") or "buyer-country IN (FRA)",
    )


def _broker(env: Mapping[str, str]) -> str:
    value = env.get("BROKER_URL", "")
    if not value:
        raise BadSetting(
            "BROKER_URL n’est pas défini : donnez l’adresse du courtier, ou lancez « make run »."
        )
    return _with_scheme("BROKER_URL", value, ("redis://", "rediss://", "redis+socket://"))


def _with_scheme(name: str, value: str, known: tuple[str, ...]) -> str:
    """Refuse an address of another kind; it may hold a password, so it is not repeated."""
    if not value.startswith(known):
        raise BadSetting("{name} doit commencer par {known}.", name=name, known=" ou ".join(known))
    return value


def _secret(env: Mapping[str, str]) -> str:
    value = env.get("TENDER_SECRET_KEY", "")
    if len(value) < 32:
        raise BadSetting(
            "TENDER_SECRET_KEY manque ou est trop court : donnez 32 caractères au hasard au moins "
            "(openssl rand -hex 32)."
        )
    return value


def _whole(
    env: Mapping[str, str], name: str, default: int, *, least: int = 1, most: int = 100_000
) -> int:
    value = env.get(name) or str(default)
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else -1
    if not least <= number <= most:
        raise BadSetting(
            "{name} doit être un nombre entier de {least} à {most}, et non « {value} ».",
            name=name, least=least, most=most, value=value[:40],
        )  # fmt: skip
    return number


def _address(env: Mapping[str, str], name: str, default: str) -> str:
    """Read the address of a site: a scheme, a host, perhaps a port, nothing more."""
    value = (env.get(name) or default).rstrip("/")
    if not value and not default:
        return ""
    found = SITE.fullmatch(value)
    if not found or not 0 < int(found["port"] or 80) < 65536:
        raise BadSetting(
            "{name} doit être une adresse comme https://grappe.exemple.fr, sans chemin, et non "
            "« {value} ».", name=name, value=value[:80],
        )  # fmt: skip
    return value


def _sender(env: Mapping[str, str]) -> str:
    value = env.get("TENDER_MAIL_FROM", "")
    if value and not SENDER.fullmatch(value):
        raise BadSetting(
            "TENDER_MAIL_FROM doit être une adresse comme grappe@exemple.fr, et non « {value} ».",
            value=value[:80],
        )
    return value or "grappe@localhost"


def _require_whole_sets(env: Mapping[str, str]) -> None:
    """Half of a mail server or of a bucket would be found out with the first letter or file."""
    for name, needed in NEEDS.items():
        if env.get(name) and not env.get(needed):
            raise BadSetting(
                "{name} est défini sans {needed} : donnez les deux, ou aucun des deux.",
                name=name, needed=needed,
            )  # fmt: skip


def _one_of(env: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    value = env.get(name) or known[0]
    if value not in known:
        raise BadSetting(
            "{name} doit être l’un de {known}, et non « {value} ».",
            name=name, known=", ".join(known), value=value,
        )  # fmt: skip
    return value


def _some_of(env: Mapping[str, str], name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    wanted = [part.strip() for part in env.get(name, "").split(",") if part.strip()]
    for value in wanted:
        if value not in known:
            raise BadSetting(
                "{name} doit être une liste de {known}, séparés par des virgules, et non "
                "« {value} ».", name=name, known=", ".join(known), value=value[:40],
            )  # fmt: skip
    return tuple(dict.fromkeys(wanted))


def _database(name: str, url: str) -> str:
    """Name the driver, so that the address of any PostgreSQL tool can be pasted as it is."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return _with_scheme(name, url, ("postgresql+psycopg://", "postgresql://"))
