"""The second wall: no table stands outside it, and it holds without the first."""

from sqlalchemy import Connection, Engine, text

from tender.schema import metadata


def test_every_table_is_behind_forced_row_level_security(engine: Engine) -> None:
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                " where n.nspname = 'public' and c.relkind in ('r', 'p')"
                " and c.relname <> 'alembic_version' and (not c.relrowsecurity"
                " or not c.relforcerowsecurity or not exists"
                " (select 1 from pg_policy p where p.polrelid = c.oid))"
            )
        ).scalars()
        assert list(rows) == []


def test_the_application_role_neither_owns_nor_bypasses(engine: Engine) -> None:
    with engine.connect() as connection:
        role = connection.execute(
            text("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        ).scalar_one()
        owned = connection.execute(
            text("select count(*) from pg_tables where tableowner = current_user")
        ).scalar_one()
    assert (role, owned) == (False, 0)


def test_a_session_that_does_not_say_who_asks_sees_nothing(connection: Connection) -> None:
    for table in metadata.tables:
        count = connection.execute(text(f"select count(*) from {table}")).scalar_one()  # noqa: S608
        assert count == 0, table
