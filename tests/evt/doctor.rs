//! `evt outbox doctor` on both databases: each check fires once, and keeps silent where all is well.

use crate::database::{Farm, wait};
use crate::newcomer::{evt, newcomer};
use crate::project::Project;
use crate::stored::store_one;

use sqlx::{Connection as _, PgConnection};

/// Makes a test of a case for each database.
macro_rules! on_both {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[test]
            fn $case() {
                super::$case(&super::Farm::sqlite());
            })*
        }
        mod postgres {
            $(#[test]
            fn $case() {
                if let Some(farm) = super::Farm::postgres() {
                    super::$case(&farm);
                }
            })*
        }
    };
}

on_both! {
    all_is_well_with_a_row_that_was_just_stored
    an_outbox_that_is_not_there_or_old_is_told
    a_part_that_is_gone_is_told
    lag_and_a_missing_relay_are_told
    new_dead_letters_are_told_from_one_more_than_may_be
    blocked_keys_are_told
    events_that_the_schema_file_does_not_know_are_told
    a_durable_event_without_a_subscriber_is_told
    an_open_breaker_is_told
    what_is_paused_is_a_hint
    the_severity_of_a_check_is_that_of_evt_toml
}

/// Asserts that the doctor finds what breaks these rules, and gives the messages.
fn finds(farm: &Farm, rules: &[&str]) -> Vec<String> {
    let run = farm.evt("outbox doctor --format json");
    assert_eq!(run.rules(), rules, "{}", run.stdout);
    let report = run.json();
    let findings = report["findings"].as_array().expect("a report has findings").clone();
    let is_wrong = findings.iter().any(|finding| finding["severity"] == "error");
    assert_eq!(report["status"], if is_wrong { "findings" } else { "ok" });
    assert_eq!(run.code, i32::from(is_wrong));
    assert_eq!(report["command"], "outbox doctor");
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().expect(key).to_owned();
    assert!(findings.iter().all(|finding| !text(finding, "help").is_empty()));
    findings.iter().map(|finding| text(finding, "message")).collect()
}

/// A statement that makes a relay live.
fn relay(route: &str, breakers: &str, events: &str) -> String {
    format!(
        "INSERT INTO evt_outbox_relay (id, route, name, version, breakers, events) VALUES \
         ('00000000-0000-7000-8000-000000000001', '{route}', 'barn-1', '1', '{breakers}', {events})"
    )
}

/// Lets all rows be as old as that.
fn age(farm: &Farm, span: &str) {
    let at = farm
        .either("strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-{}')", "now() - interval '{}'")
        .replace("{}", span);
    farm.run(&format!("UPDATE evt_outbox SET created_at = {at}"));
}

const DEAD: &str =
    "UPDATE evt_outbox_work SET state = 'dead', dead_lettered_at = {now}, last_error_code = '413'";

fn die(farm: &Farm, which: &str) {
    let now = farm.either("strftime('%Y-%m-%dT%H:%M:%fZ', 'now')", "now()");
    farm.run(&format!("{} WHERE {which}", DEAD.replace("{now}", now)));
}

fn all_is_well_with_a_row_that_was_just_stored(farm: &Farm) {
    farm.store();
    let run = farm.evt("outbox doctor").exits(0).prints("all is well with `evt_outbox` in ");
    assert_eq!((run.stdout.lines().count(), run.stderr.as_str()), (1, ""));
    assert_eq!(finds(farm, &[]), [""; 0]);
}

fn an_outbox_that_is_not_there_or_old_is_told(farm: &Farm) {
    farm.run("UPDATE evt_outbox_layout SET version = 0");
    assert_eq!(finds(farm, &["outbox-not-migrated"]), ["`evt_outbox` has layout 0, this evt brings it to 1"]);
    let run = farm.evt("outbox doctor --table barn").exits(1);
    run.prints("outbox-not-migrated").prints("there is no outbox table `barn`").prints("evt outbox migrate");
    farm.run("UPDATE evt_outbox_layout SET version = 9, compatible_from = 9");
    farm.evt("outbox doctor").exits(4).tells("install a newer evt");
}

fn a_part_that_is_gone_is_told(farm: &Farm) {
    farm.run("DROP INDEX evt_outbox_event");
    farm.run("DROP VIEW evt_outbox_rows");
    let told = finds(farm, &["outbox-incomplete"; 2]);
    assert_eq!(told, ["the index `evt_outbox_event` is missing", "the view `evt_outbox_rows` is missing"]);
    let mends = farm.either("CREATE INDEX", "CREATE INDEX CONCURRENTLY");
    farm.evt("outbox doctor").exits(1).prints(&format!(r#"`{mends} "evt_outbox_event" ON "evt_outbox" ("#));
}

fn lag_and_a_missing_relay_are_told(farm: &Farm) {
    farm.store();
    age(farm, "90 seconds");
    let text = farm.evt("outbox doctor").exits(1);
    text.prints("Rows are published by relays alone.").prints("start one of its relays");
    let told = finds(farm, &["outbox-no-relay"]);
    assert_eq!(told, ["1 row waits on the route `broker`, and no relay is there: there never was one"]);
    farm.run(&relay("broker", "[]", "NULL"));
    finds(farm, &[]);
    age(farm, "10 minutes");
    let told = finds(farm, &["outbox-lag"]);
    assert!(
        told[0].starts_with("the oldest row of the route `broker`, a `something_happened`, waits for 10m")
    );
    farm.project.write("evt.toml", "[doctor]\nmax_lag = \"1h\"\n");
    finds(farm, &[]);
}

fn new_dead_letters_are_told_from_one_more_than_may_be(farm: &Farm) {
    for _ in 0..3 {
        farm.store();
    }
    die(farm, "seq = 1");
    finds(farm, &[]);
    die(farm, "seq = 2");
    let told = finds(farm, &["outbox-new-dead-letters"]);
    assert_eq!(told, ["the last hour brought 2 dead letters, more than 1: 2 of `something_happened`"]);
    farm.project.write("evt.toml", "[doctor]\nmax_new_dead = 2\n");
    finds(farm, &[]);
}

fn blocked_keys_are_told(farm: &Farm) {
    let key = "INSERT INTO evt_outbox_key (route, partition_key, lane, head_seq, halted) VALUES ('broker', 'Cow/7', 0, 1, true)";
    farm.run(key);
    let told = finds(farm, &["outbox-blocked-keys"]);
    assert_eq!(told, ["1 key is blocked, more than 0; 1 of them waits for an operator"]);
    farm.project.write("evt.toml", "[doctor]\nmax_blocked_keys = 1\n");
    finds(farm, &[]);
}

fn events_that_the_schema_file_does_not_know_are_told(farm: &Farm) {
    for _ in 0..4 {
        farm.store();
    }
    farm.run("UPDATE evt_outbox SET event_name = 'nobody_knows' WHERE seq = 1");
    farm.run("UPDATE evt_outbox SET event_version = 2 WHERE seq = 2");
    farm.run("UPDATE evt_outbox SET fingerprint = '00' WHERE seq = 3");
    die(farm, "seq = 2");
    let told = finds(farm, &["outbox-unknown-event"; 3]);
    assert_eq!(
        told,
        [
            "the schema file knows no event `nobody_knows`: 1 row (1 waiting, 0 dead)",
            "version 1 of `something_happened` has another fingerprint in the schema file: 1 row (1 waiting, 0 dead)",
            "the schema file knows no version 2 of `something_happened`, its latest is 1: 1 row (0 waiting, 1 dead)",
        ]
    );
    // Elsewhere nobody knows what may be stored.
    let nowhere = evt(&Project::empty(), &format!("outbox doctor --database {}", farm.url));
    nowhere.exits(0).prints("all is well").tells("rows were not compared with a schema file");
    farm.project.write("schemas/events.json", "{");
    let run = farm.evt("outbox doctor").exits(0);
    run.prints("outbox-check-skipped").prints("rows were not compared with the schema file");
}

fn a_durable_event_without_a_subscriber_is_told(farm: &Farm) {
    farm.store();
    farm.run("UPDATE evt_outbox SET route = 'durable'");
    farm.run("UPDATE evt_outbox_work SET route = 'durable'");
    age(farm, "10 minutes");
    farm.run(&relay("durable", "[]", r#"'["cow_fed"]'"#));
    let told = finds(farm, &["outbox-no-subscriber"]);
    assert_eq!(
        told,
        [
            "1 row of the durable event `something_happened` waits, and no relay that lives has a subscriber for it"
        ]
    );
    farm.run(r#"UPDATE evt_outbox_relay SET events = '["cow_fed", "something_happened"]'"#);
    finds(farm, &["outbox-lag"]);
}

fn an_open_breaker_is_told(farm: &Farm) {
    farm.run(&relay("broker", r#"[{"connection": "nats://broker.farm", "error": "refused"}]"#, "NULL"));
    let told = finds(farm, &["outbox-breaker-open"]);
    assert_eq!(told, ["the relay `barn-1` hands nothing over to nats://broker.farm: refused"]);
}

fn what_is_paused_is_a_hint(farm: &Farm) {
    farm.evt("outbox pause --event something_happened").exits(0);
    finds(farm, &[]);
    farm.store();
    let told = finds(farm, &["outbox-paused"]);
    let since = ["was paused just now", "has been paused for "];
    let is_told = |since: &&str| told[0].starts_with(&format!("`something_happened` {since}"));
    assert!(since.iter().any(is_told), "{told:?}");
    farm.evt("outbox doctor")
        .exits(0)
        .prints("evt outbox resume --event something_happened")
        .prints("1 hint");
}

fn the_severity_of_a_check_is_that_of_evt_toml(farm: &Farm) {
    farm.run("DROP VIEW evt_outbox_rows");
    farm.project.write("evt.toml", "[rules]\noutbox-incomplete = \"warn\"\n");
    finds(farm, &["outbox-incomplete"]);
    farm.evt("outbox doctor").exits(0).prints("1 warning");
    farm.project.write("evt.toml", "[rules]\noutbox-incomplete = \"off\"\n");
    farm.evt("outbox doctor").exits(0).prints("all is well");
    farm.project.write("evt.toml", "[rules]\noutbox-not-migrated = \"off\"\n");
    farm.evt("outbox doctor").exits(3);
}

#[test]
fn a_journal_that_is_not_written_ahead_is_told() {
    let farm = Farm::sqlite();
    farm.run("PRAGMA journal_mode = DELETE");
    assert_eq!(
        finds(&farm, &["outbox-journal-mode"]),
        ["the journal of the SQLite file is `delete`, not `wal`"]
    );
    farm.evt("outbox migrate").exits(0);
    finds(&farm, &[]);
}

#[test]
fn a_database_that_is_not_there_is_no_finding() {
    let project = newcomer();
    evt(&project, "outbox doctor").exits(4).tells("evt outbox migrate");
    evt(&project, "outbox migrate").exits(0);
    store_one(&project);
    evt(&project, "outbox doctor").exits(0);
}

#[test]
fn an_index_of_no_use_is_told() {
    let Some(farm) = Farm::postgres() else { return };
    farm.run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'evt_outbox_event'::regclass");
    assert_eq!(
        finds(&farm, &["outbox-incomplete"]),
        ["the index `evt_outbox_event` is invalid: nothing is found by it"]
    );
    farm.run(r#"REINDEX INDEX CONCURRENTLY "evt_outbox_event""#);
    finds(&farm, &[]);
}

#[test]
fn a_transaction_that_holds_back_vacuum_is_told() {
    let Some(farm) = Farm::postgres() else { return };
    farm.project.write("evt.toml", "[doctor]\nmax_transaction = \"0s\"\n");
    wait(async {
        let mut holder = PgConnection::connect(&farm.url).await.expect("the server is there");
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM evt_outbox";
        sqlx::raw_sql(begin).execute(&mut holder).await.expect("a transaction can be begun");
        let pid: i32 =
            sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut holder).await.expect("it has a pid");
        let told = finds(&farm, &["outbox-vacuum-held-back"]);
        assert!(told[0].starts_with(&format!("the transaction of pid {pid} (role `")), "{told:?}");
        assert!(told[0].contains("idle in transaction) is open for "), "{told:?}");
        farm.project.write("evt.toml", "");
        finds(&farm, &[]);
    });
}

#[test]
fn commits_that_do_not_wait_for_the_disk_are_told() {
    let Some(farm) = Farm::postgres() else { return };
    let database = farm.database();
    farm.run(&format!("ALTER DATABASE {database} SET synchronous_commit = off"));
    let told = finds(&farm, &["outbox-commit-not-durable"]);
    assert_eq!(told, [format!("`synchronous_commit` is off as a setting of the database `{database}`")]);
    farm.run(&format!("ALTER DATABASE {database} RESET synchronous_commit"));
    finds(&farm, &[]);
}

#[test]
fn a_role_that_may_see_nothing_is_no_monitor() {
    let Some(farm) = Farm::postgres() else { return };
    let role = format!("{}_writer", farm.database());
    farm.run(&format!("CREATE ROLE {role} LOGIN"));
    let url = farm.url.replace("user=postgres", &format!("user={role}"));
    if url != farm.url {
        let doctor = |more: &str| evt(&farm.project, &format!("outbox doctor{more} --database {url}"));
        doctor("").exits(4);
        farm.run(&format!("GRANT SELECT ON evt_outbox_layout TO {role}"));
        let run = doctor(" --format json").exits(1);
        let mut rules = vec!["outbox-not-seen"; 4];
        rules.push("outbox-check-skipped");
        assert_eq!(run.rules(), rules, "{}", run.stdout);
        let text = doctor("").exits(1);
        text.prints("not seen: which rows wait: the database does not permit it")
            .prints("4 errors, 1 warning");
        // What is left is a hint at most.
        farm.run(&format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}; REVOKE SELECT ON evt_outbox_pause FROM {role}"));
        let run = doctor(" --format json").exits(0);
        assert_eq!(run.rules(), ["outbox-check-skipped"], "{}", run.stdout);
    }
    farm.run(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn a_table_that_is_locked_is_not_well() {
    let Some(farm) = Farm::postgres() else { return };
    wait(async {
        let mut holder = PgConnection::connect(&farm.url).await.expect("the server is there");
        let lock = "BEGIN; LOCK TABLE evt_outbox_relay IN ACCESS EXCLUSIVE MODE";
        sqlx::raw_sql(lock).execute(&mut holder).await.expect("a table can be locked");
        let told = finds(&farm, &["outbox-not-seen"]);
        assert!(told[0].starts_with("not seen: which relays live: "), "{told:?}");
    });
    finds(&farm, &[]);
}

#[test]
fn the_page_of_the_doctor_tells_of_every_check() {
    let page = include_str!("../../docs/doctor.md");
    let rules = evt(&Project::empty(), "rules --format json").exits(0).stdout;
    let rules = rules.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect(line));
    let of_outbox: Vec<_> = rules.filter(|rule| rule["category"] == "outbox").collect();
    assert_eq!(page.matches("\n| `outbox-").count(), of_outbox.len());
    for rule in of_outbox {
        let id = rule["id"].as_str().expect("a rule has an id");
        assert!(page.contains(&format!("\n| `{id}` | ")), "{id}");
    }
}
