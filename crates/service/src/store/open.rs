//! Opening of the database: permissions of the file, kind of database, release that wrote it, and tables. Called by `database`.

use std::io;
use std::path::Path;

use sqlx::migrate::MigrateError;
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, SqliteConnection};

use super::kind::{CannotOpen, Kind};
use super::schema::SCHEMA;

/// Creates the file, readable and writable only by its owner, if it does not exist. SQLite gives the files of the write-ahead log
/// the same permissions. If the file exists, removes the permissions of other users from the file and its log files. The
/// permissions of the group are kept.
#[cfg(unix)]
pub(super) fn restrict_permissions(file: &Path) -> Result<(), CannotOpen> {
    use std::fs::{OpenOptions, Permissions, metadata, set_permissions};
    use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};

    let failed = |error| CannotOpen::File(file.to_owned(), error);
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed(error)),
    }
    for suffix in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(suffix);
        let Ok(mode) = metadata(&path).map(|found| found.permissions().mode()) else { continue };
        if mode & 0o007 == 0 {
            continue;
        }
        match set_permissions(&path, Permissions::from_mode(mode & 0o7770)) {
            Ok(()) => {
                tracing::warn!(file = %Path::new(&path).display(), "everybody could read the database; now only its owner and group can")
            }
            Err(error) => {
                tracing::warn!(file = %Path::new(&path).display(), %error, "everybody can read the database: chmod o= it")
            }
        }
    }
    Ok(())
}

/// Does nothing: on other systems files have the permissions of their directory.
#[cfg(not(unix))]
pub(super) fn restrict_permissions(_: &Path) -> Result<(), CannotOpen> {
    Ok(())
}

/// Rejects a database of another kind or of another program. Marks a database that has no mark yet. Nothing is written before
/// these checks.
pub(super) async fn check_kind(writer: &SqlitePool, kind: Kind) -> Result<(), CannotOpen> {
    let mut connection = writer.acquire().await?;
    let mark: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await?;
    let marked = [Kind::Shop, Kind::Demo].into_iter().find(|known| known.mark() == mark);
    let found = match (marked, mark) {
        (Some(marked), _) => Some(marked),
        (None, 0) => unmarked(&mut connection).await?,
        (None, _) => return Err(CannotOpen::IsForeign),
    };
    match (kind, found) {
        (Kind::Demo, Some(Kind::Shop)) => Err(CannotOpen::IsNoDemo),
        (Kind::Shop, Some(Kind::Demo)) => Err(CannotOpen::IsDemo),
        (Kind::Shop, Some(Kind::Shop) | None) | (Kind::Demo, Some(Kind::Demo) | None) if marked.is_none() => {
            let set = format!("PRAGMA application_id = {}", kind.mark());
            sqlx::query(AssertSqlSafe(set)).execute(&mut *connection).await?;
            Ok(())
        }
        (Kind::Shop, Some(Kind::Shop) | None) | (Kind::Demo, Some(Kind::Demo) | None) => Ok(()),
    }
}

/// Returns the kind of a database without a mark, as older releases wrote it: `Demo` if it holds only demo orders, else `Shop`.
/// Returns None if the database is empty, and an error if it has tables but none for orders.
async fn unmarked(connection: &mut SqliteConnection) -> Result<Option<Kind>, CannotOpen> {
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *connection).await?;
    if tables == 0 {
        return Ok(None);
    }
    let has_orders = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'orders'";
    if sqlx::query_scalar::<_, i64>(has_orders).fetch_one(&mut *connection).await? == 0 {
        return Err(CannotOpen::IsForeign);
    }
    let count = "SELECT count(*), count(*) FILTER (WHERE id GLOB 'ord_demo_*') FROM orders";
    let (all, demo): (i64, i64) = sqlx::query_as(count).fetch_one(&mut *connection).await?;
    Ok(Some(if all > 0 && all == demo { Kind::Demo } else { Kind::Shop }))
}

/// Migrates the tables; rejects a database that a newer release has written to.
pub(super) async fn migrate(writer: &SqlitePool) -> Result<(), CannotOpen> {
    match sqlx::migrate!().run(writer).await {
        Ok(()) => {}
        Err(MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_)) => return Err(CannotOpen::IsNewer),
        Err(error) => return Err(CannotOpen::Store(error.into())),
    }
    let mut connection = writer.acquire().await?;
    let newest: Option<i64> = sqlx::query_scalar("SELECT max(schema) FROM orders").fetch_one(&mut *connection).await?;
    if newest.is_some_and(|schema| schema > SCHEMA) { Err(CannotOpen::IsNewer) } else { Ok(()) }
}
