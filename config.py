"""Settings from the environment, read once. Unset means the embedded default."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


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


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise BadSetting naming the variable and the remedy."""
    env = os.environ if environ is None else environ
    data = Path(env.get("TENDER_DATA_DIR", ".data")).resolve()
    url = env.get("DATABASE_URL", "")
    if not url:
        raise BadSetting(
            "DATABASE_URL n’est pas défini : donnez l’adresse de la base, ou lancez « make run »."
        )
    return Settings(
        database_url=_psycopg(url),
        owner_database_url=_psycopg(env.get("TENDER_OWNER_DATABASE_URL", url)),
        backup_database_url=_psycopg(env.get("TENDER_BACKUP_DATABASE_URL", url)),
        broker_url=_broker(env),
        secret_key=_secret(env),
        base_url=env.get("TENDER_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        data_dir=data,
        watch_dir=Path(env.get("TENDER_WATCH_DIR", str(data / "watch"))),
        s3_bucket=env.get("S3_BUCKET", ""),
        s3_endpoint=env.get("S3_ENDPOINT_URL", ""),
        smtp_host=env.get("SMTP_HOST", ""),
        smtp_port=_whole(env, "SMTP_PORT", 587),
        smtp_user=env.get("SMTP_USER", ""),
        smtp_password=env.get("SMTP_PASSWORD", ""),
        smtp_starttls=env.get("SMTP_STARTTLS", "1") == "1",
        mail_from=env.get("TENDER_MAIL_FROM", "grappe@localhost"),
        cluster_name=env.get("TENDER_CLUSTER_NAME", "Fil & Brique"),
        lease_seconds=_whole(env, "TENDER_LEASE_SECONDS", 30),
        renderer=env.get("TENDER_RENDERER", "auto"),
        debug_log=env.get("TENDER_DEBUG_LOG", "") == "1",
        trusted_proxies=_whole(env, "TENDER_TRUSTED_PROXIES", 0),
        password_cost=_one_of(env, "TENDER_PASSWORD_COST", ("normal", "low")),
    )


def _broker(env: Mapping[str, str]) -> str:
    value = env.get("BROKER_URL", "")
    if not value:
        raise BadSetting(
            "BROKER_URL n’est pas défini : donnez l’adresse du courtier, ou lancez « make run »."
        )
    return value


def _secret(env: Mapping[str, str]) -> str:
    value = env.get("TENDER_SECRET_KEY", "")
    if len(value) < 32:
        raise BadSetting(
            "TENDER_SECRET_KEY manque ou est trop court : donnez 32 caractères au hasard au moins "
            "(openssl rand -hex 32)."
        )
    return value


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isdigit():
        raise BadSetting(
            "{name} doit être un nombre entier, et non « {value} ».", name=name, value=value
        )
    return int(value)


def _one_of(env: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    value = env.get(name) or known[0]
    if value not in known:
        raise BadSetting(
            "{name} doit être l’un de {known}, et non « {value} ».",
            name=name, known=", ".join(known), value=value,
        )  # fmt: skip
    return value


def _psycopg(url: str) -> str:
    """Name the driver, so that the address of any PostgreSQL tool can be pasted as it is."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
