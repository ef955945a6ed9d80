//! What is told about how an outbox fares.

use evt_runtime::outbox::operator::{
    Durability, Fact, FlawKind, Health, KeyCounts, NewContent, Operator, Outbox, Reorder, RowGroup, Settled,
    Unfinished,
};
use evt_runtime::outbox::{self, Part};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Connection as _, PgPool, SqlitePool};

use crate::both::{anna, dead, emit};
use crate::event::{fed, milked};
use crate::filled::now;
use crate::operator::retrying;
use crate::relay::broker::Broker;
use crate::relay::quick;
use crate::server::Place;

/// An outbox, and statements beside it.
struct Barn {
    outbox: Outbox,
    pool: Pool,
}

enum Pool {
    Postgres(PgPool, String),
    Sqlite(SqlitePool),
}

impl Barn {
    async fn sqlite() -> Self {
        let options = SqliteConnectOptions::new().in_memory(true);
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None);
        let pool = pool.connect_with(options).await.unwrap();
        let outbox = Outbox::sqlite(pool.clone(), "evt_outbox").unwrap();
        outbox.migrate().await.unwrap();
        Self { outbox, pool: Pool::Sqlite(pool) }
    }

    async fn postgres() -> Option<Self> {
        let place = Place::new().await?;
        let pool = PgPoolOptions::new().max_connections(2).connect(&place.url).await.unwrap();
        let outbox = Outbox::postgres(pool.clone(), &place.table).unwrap();
        Some(Self { outbox, pool: Pool::Postgres(pool, place.schema) })
    }

    /// Runs a statement, in which `{T}` stands for the table, `{S}` for what stands before the name of an index.
    async fn run(&self, sql: &str) {
        let sql = sql.replace("{T}", self.outbox.table_name());
        match &self.pool {
            Pool::Postgres(pool, schema) => {
                let sql = AssertSqlSafe(sql.replace("{S}", &format!("{schema}.")));
                sqlx::raw_sql(sql).execute(pool).await.map(drop).unwrap();
            }
            Pool::Sqlite(pool) => {
                sqlx::raw_sql(AssertSqlSafe(sql.replace("{S}", ""))).execute(pool).await.map(drop).unwrap();
            }
        }
    }

    async fn health(&self) -> Health {
        self.outbox.health().await.unwrap()
    }
}

/// Makes a test of a case for each database.
macro_rules! in_each_barn {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $case() {
                super::$case(super::Barn::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $case() {
                let Some(barn) = super::Barn::postgres().await else { return };
                super::$case(barn).await;
            })*
        }
    };
}

in_each_barn! {
    nothing_is_wrong_with_a_new_outbox
    rows_are_grouped_by_route_event_and_version
    dead_letters_of_the_last_hour_are_counted_by_event
    blocked_and_halted_keys_are_counted
    relays_tell_of_themselves
    what_a_relay_tells_in_other_words_is_skipped
    parts_that_are_gone_are_named
}

fn known<T>(fact: &Fact<T>) -> &T {
    match fact {
        Fact::Known(fact) => fact,
        Fact::Skipped(reason) => panic!("{reason}"),
    }
}

async fn nothing_is_wrong_with_a_new_outbox(barn: Barn) {
    let health = barn.health().await;
    assert_eq!(health.layout, Some(outbox::LAYOUT));
    assert_eq!(known(&health.flaws), &[]);
    assert_eq!(known(&health.unfinished), &Unfinished::default());
    assert_eq!(known(&health.new_dead), &[]);
    assert_eq!(known(&health.keys), &KeyCounts::default());
    assert_eq!(known(&health.relays), &[]);
    assert_eq!(known(&health.paused), &[]);
    assert_eq!(known(&health.transactions).hidden, 0);
    assert_eq!(known(&health.durability), &[]);
    let is_sqlite = matches!(barn.pool, Pool::Sqlite(_));
    assert_eq!(known(&health.journal_mode).as_deref(), is_sqlite.then_some("memory"));
    assert!((now() - health.now).total(jiff::Unit::Second).unwrap().abs() < 60.0);
}

async fn rows_are_grouped_by_route_event_and_version(barn: Barn) {
    let lost = emit(&barn.outbox, fed("lost")).await;
    barn.outbox.settle(lost, &dead("413")).await.unwrap();
    let done = emit(&barn.outbox, fed("done")).await;
    barn.outbox.settle(done, &Settled::Published).await.unwrap();
    emit(&barn.outbox, fed("waits")).await;
    let again = emit(&barn.outbox, fed("again")).await;
    barn.outbox.settle(again, &retrying()).await.unwrap();
    // The second of the key is held, the first has new content.
    let head = emit(&barn.outbox, milked("7")).await;
    emit(&barn.outbox, milked("7")).await;
    barn.outbox.settle(head, &dead("422")).await.unwrap();
    let content = NewContent { event_version: 3, fingerprint: "ab".into(), payload: r#"{"note":""}"#.into() };
    barn.outbox.replace(head, &content, Reorder::Refused, &Operator::new("anna")).await.unwrap();

    barn.run("UPDATE {T} SET created_at = '2026-01-02T03:04:05.000Z' WHERE event_name = 'cow_fed'").await;
    let health = barn.health().await;
    let rows = known(&health.unfinished);
    assert!(!rows.is_cut);
    let group = |group: &RowGroup| {
        (group.route.clone(), group.event_name.clone(), group.event_version, group.waiting, group.dead)
    };
    let groups: Vec<_> = rows.groups.iter().map(group).collect();
    let of = |route: &str, event: &str, version, waiting, dead| {
        (route.to_owned(), event.to_owned(), version, waiting, dead)
    };
    let expected = [
        of("broker", "cow_fed", 2, 2, 1),
        of("durable", "cow_milked", 2, 1, 0),
        of("durable", "cow_milked", 3, 1, 0),
    ];
    assert_eq!(groups, expected);
    assert_eq!(rows.groups[0].oldest, Some("2026-01-02T03:04:05Z".parse().unwrap()));
    assert_eq!((rows.groups[0].fingerprint.as_str(), rows.groups[2].fingerprint.as_str()), ("0f3a", "ab"));
    assert!(
        rows.groups[1].oldest.is_some_and(|oldest| oldest > health.now - jiff::SignedDuration::from_mins(1))
    );
}

async fn dead_letters_of_the_last_hour_are_counted_by_event(barn: Barn) {
    for letter in [fed("a"), fed("b"), fed("long ago")] {
        let id = emit(&barn.outbox, letter).await;
        barn.outbox.settle(id, &dead("413")).await.unwrap();
    }
    let id = emit(&barn.outbox, milked("7")).await;
    barn.outbox.settle(id, &dead("413")).await.unwrap();
    let at = |minutes| format!("{:.3}", now() - jiff::SignedDuration::from_mins(minutes));
    for (seq, minutes) in [(2, 58), (3, 62)] {
        barn.run(&format!("UPDATE {{T}}_work SET dead_lettered_at = '{}' WHERE seq = {seq}", at(minutes)))
            .await;
    }
    let health = barn.health().await;
    assert_eq!(known(&health.new_dead), &[("cow_fed".to_owned(), 2), ("cow_milked".to_owned(), 1)]);
}

async fn blocked_and_halted_keys_are_counted(barn: Barn) {
    let halted = emit(&barn.outbox, milked("7")).await;
    barn.outbox.settle(halted, &dead("422")).await.unwrap();
    let waits = emit(&barn.outbox, milked("8")).await;
    barn.outbox.settle(waits, &retrying()).await.unwrap();
    // Behind an event that is paused a key is as it should be.
    barn.outbox.pause(Some("cow_fed"), &anna()).await.unwrap();
    emit(&barn.outbox, fed("paused").aggregate("Cow", "9")).await;
    quick(&barn.outbox, &Broker::default()).drain().await.unwrap();
    assert_eq!(barn.outbox.blocked(9).await.unwrap().len(), 3);
    let health = barn.health().await;
    assert_eq!((known(&health.keys).blocked, known(&health.keys).halted), (2, 1));
}

const RELAY: &str = "00000000-0000-7000-8000-000000000001";

async fn relays_tell_of_themselves(barn: Barn) {
    let breakers =
        r#"[{"connection":"nats://b","since":"2026-01-02T03:04:05Z","error":"refused"},{"connection":"c"}]"#;
    barn.run(&format!(
        "INSERT INTO {{T}}_relay (id, route, name, version, seen_at, breakers, events) VALUES \
         ('{RELAY}', 'durable', 'barn-1', '1', '2026-01-02T03:04:05.000Z', '{breakers}', '[\"cow_fed\"]'), \
         ('{}', 'broker', 'barn-2', '1', '2026-01-02T03:04:06.000Z', '[]', NULL)",
        RELAY.replace("01", "02")
    ))
    .await;
    barn.run(&format!(
        "UPDATE {{T}}_lane SET owner = '{RELAY}', leased_until = '2999-01-01T00:00:00.000Z' \
         WHERE route = 'durable' AND lane = 0"
    ))
    .await;
    barn.run(&format!(
        "UPDATE {{T}}_lane SET owner = '{}', leased_until = '2026-01-01T00:00:00.000Z' \
         WHERE route = 'broker' AND lane = 0",
        RELAY.replace("01", "02")
    ))
    .await;
    let health = barn.health().await;
    let [last, first] = &known(&health.relays)[..] else { panic!("{health:?}") };
    assert_eq!(
        (last.name.as_str(), last.route.as_str(), last.lanes, &last.events),
        ("barn-2", "broker", 0, &None)
    );
    assert_eq!((first.name.as_str(), first.lanes), ("barn-1", 1));
    assert_eq!(first.events.as_deref(), Some(&["cow_fed".to_owned()][..]));
    assert_eq!(first.seen_at, "2026-01-02T03:04:05Z".parse().unwrap());
    let [one, other] = &first.breakers[..] else { panic!("{first:?}") };
    assert_eq!((one.connection.as_str(), one.error.as_deref()), ("nats://b", Some("refused")));
    assert_eq!(one.since, Some("2026-01-02T03:04:05Z".parse().unwrap()));
    assert_eq!((other.connection.as_str(), other.since, &other.error), ("c", None, &None));
}

async fn what_a_relay_tells_in_other_words_is_skipped(barn: Barn) {
    barn.run(&format!(
        "INSERT INTO {{T}}_relay (id, route, name, version, breakers) VALUES ('{RELAY}', 'broker', 'b', '1', '[7]')"
    ))
    .await;
    let health = barn.health().await;
    assert_eq!(health.relays, Fact::Skipped("the outbox holds `[7]` as the breakers of a relay".to_owned()));
}

async fn parts_that_are_gone_are_named(barn: Barn) {
    barn.run("DROP INDEX {S}evt_outbox_work_lane").await;
    barn.run("DROP VIEW {T}_rows").await;
    let health = barn.health().await;
    let flaws: Vec<_> =
        known(&health.flaws).iter().map(|flaw| (flaw.part, flaw.name.as_str(), flaw.kind)).collect();
    let missing = FlawKind::Missing;
    assert_eq!(
        flaws,
        [(Part::Index, "evt_outbox_work_lane", missing), (Part::View, "evt_outbox_rows", missing)]
    );
    // The statement that is told mends it.
    for flaw in known(&health.flaws) {
        barn.run(flaw.statement.as_ref().unwrap()).await;
    }
    assert_eq!(known(&barn.health().await.flaws), &[]);
    barn.run("DROP TABLE {T}_pause").await;
    let health = barn.health().await;
    assert_eq!(known(&health.flaws)[0].name, "evt_outbox_pause");
    assert!(
        matches!(&health.paused, Fact::Skipped(reason) if reason.contains("no outbox table")),
        "{health:?}"
    );
    assert!(health.keys.known().is_some());
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the test cleans up behind itself")]
async fn the_journal_of_a_file_is_told() {
    let path = std::env::temp_dir().join(format!("evt-health-{}.db", std::process::id()));
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    for (pragma, told) in [("PRAGMA user_version", "wal"), ("PRAGMA journal_mode = DELETE", "delete")] {
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.unwrap();
        let outbox = Outbox::sqlite(pool.clone(), "evt_outbox").unwrap();
        outbox.migrate().await.unwrap();
        sqlx::raw_sql(pragma).execute(&pool).await.unwrap();
        assert_eq!(known(&outbox.health().await.unwrap().journal_mode).as_deref(), Some(told));
        pool.close().await;
    }
    std::fs::remove_file(path).unwrap();
}

#[tokio::test]
async fn what_takes_too_long_is_skipped() {
    let Some(barn) = Barn::postgres().await else { return };
    let Pool::Postgres(pool, _) = &barn.pool else { unreachable!() };
    let mut locked = pool.begin().await.unwrap();
    let lock = format!("LOCK TABLE {}_key", barn.outbox.table_name());
    sqlx::raw_sql(AssertSqlSafe(lock)).execute(&mut *locked).await.unwrap();
    let outbox = barn.outbox.clone().statement_timeout(std::time::Duration::from_secs(1));
    let health = outbox.health().await.unwrap();
    let said = "a statement took longer than 1 s, and was ended";
    assert_eq!(health.keys, Fact::Skipped(said.to_owned()));
    assert!(health.unfinished.known().is_some());
}

#[tokio::test]
async fn an_index_of_no_use_is_named_on_postgres() {
    let Some(barn) = Barn::postgres().await else { return };
    for _ in 0..2 {
        emit(&barn.outbox, fed("twice")).await;
    }
    let Pool::Postgres(pool, _) = &barn.pool else { unreachable!() };
    let table = barn.outbox.table_name();
    let unique = format!("CREATE UNIQUE INDEX CONCURRENTLY evt_outbox_mine ON {table} (event_name)");
    assert!(sqlx::raw_sql(AssertSqlSafe(unique)).execute(pool).await.is_err());
    barn.run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = '{S}evt_outbox_event'::regclass")
        .await;
    let health = barn.health().await;
    let flaws: Vec<_> =
        known(&health.flaws).iter().map(|it| (it.name.as_str(), it.kind, it.statement.is_some())).collect();
    assert_eq!(
        flaws,
        [("evt_outbox_event", FlawKind::Invalid, true), ("evt_outbox_mine", FlawKind::Invalid, false)]
    );
}

/// The same outbox, as somebody else.
async fn as_role(place: &Place, role: &str) -> Outbox {
    let options: PgConnectOptions = place.url.parse().unwrap();
    let set = format!("SET ROLE \"{role}\"");
    let pool = PgPoolOptions::new().max_connections(1).after_connect(move |connection, _| {
        let set = set.clone();
        Box::pin(async move { sqlx::raw_sql(AssertSqlSafe(set)).execute(connection).await.map(drop) })
    });
    Outbox::postgres(pool.connect_with(options).await.unwrap(), &place.table).unwrap()
}

#[tokio::test]
async fn what_a_role_may_not_see_is_skipped() {
    let Some(place) = Place::new().await else { return };
    let role = format!("looks at {}", place.schema);
    place.run(&format!("CREATE ROLE \"{role}\"")).await;
    for grant in outbox::grants_sql(&place.table, &role).unwrap() {
        place.run(&grant).await;
    }
    let mut holder = place.connect().await;
    sqlx::raw_sql("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class")
        .execute(&mut holder)
        .await
        .unwrap();

    let health = as_role(&place, &role).await.health().await.unwrap();
    assert_eq!((known(&health.flaws), known(&health.durability)), (&vec![], &vec![]));
    assert!(known(&health.transactions).hidden >= 1, "{health:?}");
    let denied = |said: &str| said.starts_with("the database does not permit it: permission denied");
    assert!(matches!(&health.unfinished, Fact::Skipped(said) if denied(said)), "{health:?}");
    assert!(matches!(&health.new_dead, Fact::Skipped(said) if denied(said)), "{health:?}");
    assert!(matches!(&health.keys, Fact::Skipped(said) if denied(said)), "{health:?}");
    assert!(matches!(&health.relays, Fact::Skipped(said) if denied(said)), "{health:?}");
    assert!(matches!(&health.paused, Fact::Skipped(said) if denied(said)), "{health:?}");

    let schema = &place.schema;
    place.run(&format!("GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO \"{role}\"; GRANT pg_read_all_stats TO \"{role}\"")).await;
    let health = as_role(&place, &role).await.health().await.unwrap();
    assert_eq!(known(&health.unfinished), &Unfinished::default());
    assert_eq!(known(&health.transactions).hidden, 0);
    place.run(&format!("DROP OWNED BY \"{role}\"; DROP ROLE \"{role}\"")).await;
}

#[tokio::test]
async fn a_transaction_that_holds_back_vacuum_is_named() {
    let Some(place) = Place::new().await else { return };
    let options: PgConnectOptions = place.url.parse().unwrap();
    let mut holders = Vec::new();
    // One with a snapshot, one that wrote, one that holds nothing.
    let held = [
        "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1",
        "BEGIN; SELECT pg_current_xact_id()",
        "BEGIN; SELECT 1",
    ];
    for (number, sql) in held.into_iter().enumerate() {
        let named = options.clone().application_name(&format!("{} {number}", place.schema));
        let mut holder = sqlx::PgConnection::connect_with(&named).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut holder).await.unwrap();
        holders.push(holder);
    }
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let mut pids = Vec::new();
    for holder in &mut holders[..2] {
        let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *holder).await.unwrap();
        pids.push(i64::from(pid));
    }
    // Others' transactions come and go; ten are told.
    for _ in 0..50 {
        let health = outbox.health().await.unwrap();
        let ours = known(&health.transactions).oldest.iter();
        let ours: Vec<_> = ours.filter(|it| it.application.starts_with(&place.schema)).collect();
        if ours.len() == 2 {
            assert_eq!(ours.iter().map(|it| it.pid).collect::<Vec<_>>(), pids);
            assert!(ours.iter().all(|it| it.state == "idle in transaction" && !it.user.is_empty()));
            assert!(ours.iter().all(|it| it.since <= health.now));
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the transactions were not told");
}

#[tokio::test]
async fn commits_that_do_not_wait_are_told() {
    let Some(place) = Place::new().await else { return };
    let (reader, writer) = (format!("reader_{}", place.schema), format!("writer_{}", place.schema));
    for role in [&reader, &writer] {
        place.run(&format!("CREATE ROLE {role}; ALTER ROLE {role} SET synchronous_commit = off")).await;
    }
    for grant in outbox::grants_sql(&place.table, &writer).unwrap() {
        place.run(&grant).await;
    }
    let outbox = Outbox::open(&place.url, &place.table).unwrap();
    let told = known(&outbox.health().await.unwrap().durability).clone();
    assert_eq!(told, [Durability { role: Some(writer.clone()), database: None }]);

    let options: PgConnectOptions = place.url.parse().unwrap();
    let options = options.options([("synchronous_commit", "off")]);
    let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    let careless = Outbox::postgres(pool, &place.table).unwrap();
    let told = known(&careless.health().await.unwrap().durability).clone();
    assert_eq!(told[1..], [Durability { role: None, database: None }]);
    place.run(&format!("DROP OWNED BY {writer}; DROP ROLE {writer}; DROP ROLE {reader}")).await;
}

#[tokio::test]
async fn a_database_whose_commits_do_not_wait_is_told_once() {
    let Some(place) = Place::empty().await else { return };
    let database = place.schema.clone();
    place.run(&format!("CREATE DATABASE {database}")).await;
    place.run(&format!("ALTER DATABASE {database} SET synchronous_commit = FALSE")).await;
    let options: PgConnectOptions = place.url.parse().unwrap();
    let pool =
        PgPoolOptions::new().max_connections(1).connect_with(options.database(&database)).await.unwrap();
    let outbox = Outbox::postgres(pool.clone(), "evt_outbox").unwrap();
    outbox.migrate().await.unwrap();
    let told = known(&outbox.health().await.unwrap().durability).clone();
    assert_eq!(told, [Durability { role: None, database: Some(database.clone()) }]);
    pool.close().await;
    place.run(&format!("DROP DATABASE {database}")).await;
}
