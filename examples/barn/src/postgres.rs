use std::error::Error;

use evt_runtime::{outbox, Row};
use sqlx::postgres::{PgPool, PgTransaction};

use crate::cow::Cow;
use crate::story;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A day in the barn on PostgreSQL; gives what the outbox holds in the end.
pub(crate) async fn run(url: &str) -> Result<Vec<String>> {
    let pool = PgPool::connect(url).await?;
    set_up(&pool).await?;
    let cow = Cow::bella();

    let mut tx = pool.begin().await?;
    save(&mut tx, &cow).await?;
    story::feed(&mut tx, &cow).await?;
    story::weigh(&mut tx, &cow).await?;
    tx.commit().await?;

    let mut tx = pool.begin().await?;
    save(&mut tx, &cow).await?;
    story::feed(&mut tx, &cow).await?;
    tx.rollback().await?;

    stored(&pool).await
}

async fn set_up(pool: &PgPool) -> Result<()> {
    outbox::migrate(&mut *pool.acquire().await?, crate::events::TABLE).await?;
    let create =
        "CREATE TABLE IF NOT EXISTS cows (id TEXT PRIMARY KEY, weight DOUBLE PRECISION NOT NULL)";
    sqlx::query(create).execute(pool).await?;
    Ok(())
}

async fn save(tx: &mut PgTransaction<'_>, cow: &Cow) -> Result<()> {
    let insert = "INSERT INTO cows (id, weight) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET weight = excluded.weight";
    sqlx::query(insert)
        .bind(&cow.id)
        .bind(cow.weight)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn stored(pool: &PgPool) -> Result<Vec<String>> {
    let rows: Vec<(String, i32, String)> = sqlx::query_as(
        "SELECT event_name, event_version, payload::text FROM evt_outbox ORDER BY seq",
    )
    .fetch_all(pool)
    .await?;
    let rows = rows.into_iter().map(|(name, version, payload)| {
        Row::new(name, u32::try_from(version).unwrap_or_default(), payload)
    });
    Ok(rows.map(|row| story::tell(&row)).collect())
}
