-- Roles and database, once, as a superuser of PostgreSQL 15 or newer; the passwords come from the environment:
--   GRAPPE_OWNER_PASSWORD=... GRAPPE_APP_PASSWORD=... GRAPPE_BACKUP_PASSWORD=... \
--     psql -v ON_ERROR_STOP=1 -f deploy/roles.sql
-- The application's role neither owns the tables nor escapes row-level security; only the backup's
-- role sees all rows, and it cannot write.
\getenv owner_password GRAPPE_OWNER_PASSWORD
\getenv app_password GRAPPE_APP_PASSWORD
\getenv backup_password GRAPPE_BACKUP_PASSWORD
CREATE ROLE grappe_owner LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE grappe_app LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'app_password';
CREATE ROLE grappe_backup LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION BYPASSRLS PASSWORD :'backup_password';
GRANT pg_read_all_data TO grappe_backup;
CREATE DATABASE grappe OWNER grappe_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
\connect grappe
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
