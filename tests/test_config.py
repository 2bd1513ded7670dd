"""A setting that cannot be used stops the process with one line that names it and the remedy."""

import pytest

from config import BadSetting, load

WHOLE = {
    "DATABASE_URL": "postgres://u:p@db/grappe", "BROKER_URL": "redis://broker",
    "TENDER_SECRET_KEY": "0" * 32,
}  # fmt: skip


def test_the_least_that_is_needed_gives_the_defaults() -> None:
    settings = load(WHOLE)
    assert settings.database_url == "postgresql+psycopg://u:p@db/grappe"
    assert settings.renderer == "auto"
    assert settings.sources == ()
    assert settings.base_url == "http://127.0.0.1:8000"
    assert "u:p@db" not in repr(settings)


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_needed_is_named_when_it_is_missing(name: str) -> None:
    with pytest.raises(BadSetting, match=name):
        load({key: value for key, value in WHOLE.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://u:secret@db/grappe"),
        ("TENDER_OWNER_DATABASE_URL", "db/grappe"),
        ("BROKER_URL", "amqp://u:secret@broker"),
        ("TENDER_SECRET_KEY", "change-me"),
        ("TENDER_RENDERER", "word"),
        ("TENDER_PASSWORD_COST", "none"),
        ("TENDER_BASE_URL", "grappe.exemple.fr"),
        ("TENDER_BASE_URL", "https://"),
        ("TENDER_BASE_URL", "https://grappe.exemple.fr/app"),
        ("TENDER_BASE_URL", "https://grappe.exemple.fr\nX: y"),
        ("TENDER_BASE_URL", "http://grappe.exemple.fr:99999"),
        ("TENDER_SOURCES", "boamp, place"),
        ("TENDER_BOAMP_URL", "file:///etc/passwd"),
        ("TENDER_LEASE_SECONDS", "0"),
        ("TENDER_LEASE_SECONDS", "²"),
        ("TENDER_TRUSTED_PROXIES", "-1"),
        ("TENDER_MAIL_FROM", "personne"),
        ("TENDER_MAIL_FROM", "a@b.fr\nBcc: c@d.fr"),
    ],
)
def test_what_cannot_be_used_is_named_without_its_secret(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name) as refused:
        load(WHOLE | {name: value})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"S3_ENDPOINT_URL": "https://s3.exemple.fr"}, "S3_BUCKET"),
        ({"SMTP_HOST": "mail"}, "TENDER_MAIL_FROM"),
        ({"SMTP_USER": "grappe"}, "SMTP_HOST"),
        ({"SMTP_HOST": "mail", "TENDER_MAIL_FROM": "a@b.fr", "SMTP_PASSWORD": "x"}, "SMTP_USER"),
    ],
)
def test_half_a_set_names_what_is_missing(given: dict[str, str], missing: str) -> None:
    with pytest.raises(BadSetting, match=missing):
        load(WHOLE | given)


def test_a_whole_mail_server_and_bucket_are_taken() -> None:
    settings = load(
        WHOLE
        | {
            "SMTP_HOST": "mail.exemple.fr", "SMTP_PORT": "25", "SMTP_STARTTLS": "0",
            "TENDER_MAIL_FROM": "Grappe <grappe@exemple.fr>", "S3_BUCKET": "b",
            "S3_ENDPOINT_URL": "https://s3.exemple.fr/", "TENDER_BASE_URL": "https://g.fr:8443/",
        }
    )  # fmt: skip
    assert (settings.smtp_port, settings.smtp_starttls) == (25, False)
    assert (settings.base_url, settings.s3_endpoint) == (
        "https://g.fr:8443",
        "https://s3.exemple.fr",
    )
