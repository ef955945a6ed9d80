use std::error::Error;

use evt_runtime::{outbox, Row};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteTransaction};

use crate::cow::Cow;
use crate::story;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A day in the barn on SQLite; gives what the outbox holds in the end.
pub(crate) async fn run(url: &str) -> Result<Vec<String>> {
    let options: SqliteConnectOptions = url.parse()?;
    // A database in memory lives as long as its connection.
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options.create_if_missing(true))
        .await?;
    set_up(&pool).await?;
    let cow = Cow::bella();

    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    save(&mut tx, &cow).await?;
    story::feed(&mut tx, &cow).await?;
    story::weigh(&mut tx, &cow).await?;
    tx.commit().await?;

    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    save(&mut tx, &cow).await?;
    story::feed(&mut tx, &cow).await?;
    tx.rollback().await?;

    stored(&pool).await
}

async fn set_up(pool: &SqlitePool) -> Result<()> {
    outbox::migrate(&mut *pool.acquire().await?, crate::events::TABLE).await?;
    sqlx::query("CREATE TABLE IF NOT EXISTS cows (id TEXT PRIMARY KEY, weight REAL NOT NULL)")
        .execute(pool)
        .await?;
    Ok(())
}

async fn save(tx: &mut SqliteTransaction<'_>, cow: &Cow) -> Result<()> {
    let insert = "INSERT INTO cows (id, weight) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET weight = excluded.weight";
    sqlx::query(insert)
        .bind(&cow.id)
        .bind(cow.weight)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn stored(pool: &SqlitePool) -> Result<Vec<String>> {
    let rows: Vec<(String, u32, String)> =
        sqlx::query_as("SELECT event_name, event_version, payload FROM evt_outbox ORDER BY seq")
            .fetch_all(pool)
            .await?;
    let rows = rows
        .into_iter()
        .map(|(name, version, payload)| Row::new(name, version, payload));
    Ok(rows.map(|row| story::tell(&row)).collect())
}
