//! Migrations of PostgreSQL; those of SQLite are tested with their drivers.

use evt_runtime::outbox::{self, Dialect, LAYOUT};

use crate::server::Place;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_migrations_at_once_make_one_outbox() {
    let Some(place) = Place::empty().await else { return };
    let mut migrations = Vec::new();
    for _ in 0..4 {
        let (mut connection, table) = (place.connect().await, place.table.clone());
        migrations.push(tokio::spawn(async move { outbox::migrate(&mut connection, &table).await.unwrap() }));
    }
    let mut created = 0;
    for migration in migrations {
        let migrated = migration.await.unwrap();
        assert_eq!(migrated.now, LAYOUT);
        created += usize::from(migrated.before.is_none());
    }
    assert_eq!(created, 1);
    assert_eq!(place.texts("SELECT count(*)::text FROM {T}_lane").await, ["128"]);
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone_or_refused() {
    let Some(place) = Place::new().await else { return };
    let mut connection = place.connect().await;
    place.run(&format!("INSERT INTO {}_layout VALUES (7, 1)", place.table)).await;
    assert_eq!(outbox::migrate(&mut connection, &place.table).await.unwrap().now, 7);
    place.run(&format!("UPDATE {}_layout SET compatible_from = 6 WHERE version = 7", place.table)).await;
    let refused = outbox::migrate(&mut connection, &place.table).await.unwrap_err();
    assert!(
        refused.to_string().ends_with("has layout 7, this program knows layout 1: use a newer version of it")
    );
}

#[tokio::test]
async fn the_printed_statements_do_the_same() {
    let (Some(migrated), Some(printed)) = (Place::new().await, Place::empty().await) else { return };
    for statement in outbox::migration_sql(Dialect::Postgres, &printed.table).unwrap() {
        printed.run(&statement).await;
    }
    let columns = |place: &Place| {
        format!(
            "SELECT concat_ws(' ', table_name, column_name, data_type, column_default) \
             FROM information_schema.columns WHERE table_schema = '{}' ORDER BY 1",
            place.schema
        )
    };
    let (one, other) = (migrated.texts(&columns(&migrated)).await, printed.texts(&columns(&printed)).await);
    assert!(one.len() > 60);
    assert_eq!(one, other);
}

#[tokio::test]
async fn names_of_all_kinds_are_quoted_and_the_longest_fits() {
    let Some(place) = Place::empty().await else { return };
    let mut connection = place.connect().await;
    for name in ["Out\"box's", &"x".repeat(40), &"y".repeat(40)] {
        let table = format!("{}.{name}", place.schema);
        outbox::migrate(&mut connection, &table).await.unwrap();
        assert_eq!(outbox::migrate(&mut connection, &table).await.unwrap().before, Some(LAYOUT));
        crate::event::milked("7").table(&table).emit(&mut connection).await.unwrap();
    }
}
