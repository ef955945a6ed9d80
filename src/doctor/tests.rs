use std::time::Duration;

use evt_runtime::outbox::operator::{
    Breaker, Durability, Fact, Flaw, FlawKind, Health, KeyCounts, RelayHealth, RowGroup, Transaction,
    Transactions, Unfinished,
};
use evt_runtime::outbox::{LAYOUT, Part};
use evt_runtime::types::{Timestamp, Uuid};

use super::{Patient, examine, reasoned};
use crate::example;
use crate::finding::Finding;
use crate::project::DoctorSettings;
use crate::rule::{self, Rule};
use crate::schema::Schema;

const NOW: i64 = 1_800_000_000;

fn ago(seconds: i64) -> Timestamp {
    Timestamp::from_second(NOW - seconds).unwrap()
}

/// An outbox that is well.
fn well() -> Health {
    Health { now: ago(0), layout: Some(LAYOUT), ..Health::default() }
}

fn rows(route: &str, event: &str, waiting: u64, age: i64) -> RowGroup {
    RowGroup {
        route: route.to_owned(),
        event_name: event.to_owned(),
        event_version: 1,
        fingerprint: String::new(),
        waiting,
        dead: 0,
        oldest: (waiting > 0).then(|| ago(age)),
    }
}

fn unfinished(groups: Vec<RowGroup>) -> Fact<Unfinished> {
    Fact::Known(Unfinished { groups, is_cut: false })
}

fn relay(route: &str, age: i64) -> RelayHealth {
    RelayHealth {
        id: Uuid::nil(),
        route: route.to_owned(),
        name: "barn-1".to_owned(),
        events: None,
        version: "0.1.0".to_owned(),
        destination: None,
        started_at: ago(age + 60),
        seen_at: ago(age),
        stopped_at: None,
        lanes: 0,
        breakers: Vec::new(),
    }
}

fn findings(health: &Health, schema: Option<&Schema>) -> Vec<Finding> {
    examine(&Patient { table: "evt_outbox", health, settings: DoctorSettings::default(), schema })
}

fn told(health: &Health) -> Vec<String> {
    findings(health, None).iter().map(|it| format!("{}: {}", it.rule.id, it.message)).collect()
}

fn rules(health: &Health) -> Vec<&'static str> {
    findings(health, None).iter().map(|finding| finding.rule.id).collect()
}

#[test]
fn nothing_is_found_where_all_is_well() {
    assert_eq!(rules(&well()), [""; 0]);
}

#[test]
fn every_finding_says_what_to_do() {
    let mut health = well();
    health.layout = Some(0);
    health.unfinished = unfinished(vec![rows("broker", "cow_fed", 2, 4_000)]);
    health.new_dead = Fact::Known(vec![("cow_fed".to_owned(), 2)]);
    health.keys = Fact::Known(KeyCounts { blocked: 2, halted: 1 });
    health.paused = Fact::Known(vec![(None, ago(60))]);
    health.journal_mode = Fact::Known(Some("delete".to_owned()));
    health.flaws = Fact::Skipped("the database does not permit it".to_owned());
    let findings = findings(&health, None);
    assert_eq!(findings.len(), 8, "{findings:?}");
    assert!(findings.iter().all(|finding| finding.help.is_some()), "{findings:?}");
}

#[test]
fn tables_that_are_not_there_or_old_are_told() {
    let none = Health { layout: None, ..well() };
    assert_eq!(told(&none), ["outbox-not-migrated: there is no outbox table `evt_outbox`"]);
    let old = Health { layout: Some(0), ..well() };
    assert_eq!(told(&old), ["outbox-not-migrated: `evt_outbox` has layout 0, this evt brings it to 1"]);
    assert_eq!(rules(&Health { layout: Some(LAYOUT + 1), ..well() }), [""; 0]);
}

#[test]
fn parts_that_are_gone_or_of_no_use_are_named() {
    let flaw = |part, name: &str, kind, statement: Option<&str>| Flaw {
        part,
        name: name.to_owned(),
        kind,
        statement: statement.map(str::to_owned),
    };
    let flaws = vec![
        flaw(Part::Index, "evt_outbox_id", FlawKind::Missing, Some("CREATE UNIQUE INDEX x")),
        flaw(Part::View, "evt_outbox_rows", FlawKind::Missing, Some("CREATE VIEW y")),
        flaw(Part::Index, "evt_outbox_event", FlawKind::Invalid, Some("CREATE INDEX z")),
        flaw(Part::Index, "mine", FlawKind::Invalid, None),
    ];
    let health = Health { flaws: Fact::Known(flaws), ..well() };
    let settings = DoctorSettings::default();
    let of = |table| examine(&Patient { table, health: &health, settings, schema: None });
    assert_eq!(
        of("te\"nant.evt_outbox")[3].help,
        of("evt_outbox")[3].help.as_ref().map(|help| { help.replace("\"mine\"", "\"te\"\"nant\".\"mine\"") })
    );
    let findings = of("evt_outbox");
    let told: Vec<_> =
        findings.iter().map(|it| format!("{}\n{}", it.message, it.help.as_deref().unwrap())).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    the index `evt_outbox_id` is missing
    make it again: `CREATE UNIQUE INDEX x`
    the view `evt_outbox_rows` is missing
    run what `evt outbox migrate --print` prints for it
    the index `evt_outbox_event` is invalid: nothing is found by it
    make it again: `REINDEX INDEX CONCURRENTLY "evt_outbox_event"`
    the index `mine` is invalid: each writer maintains it, and nothing is found by it
    it is none of evt's; drop it: `DROP INDEX CONCURRENTLY "mine"`
    "#);
}

#[test]
fn a_row_may_wait_as_long_as_the_settings_say_and_no_longer() {
    let of = |age| {
        let rows = vec![rows("broker", "cow_fed", 1, age), rows("broker", "cow_sold", 1, 10)];
        told(&Health {
            unfinished: unfinished(rows),
            relays: Fact::Known(vec![relay("broker", 0)]),
            ..well()
        })
    };
    assert_eq!(of(300), [""; 0]);
    assert_eq!(
        of(301),
        ["outbox-lag: the oldest row of the route `broker`, a `cow_fed`, waits for 5m 1s, longer than 5m"]
    );
}

#[test]
fn each_route_has_its_own_lag() {
    let rows = vec![
        rows("broker", "cow_fed", 1, 400),
        rows("durable", "cow_milked", 1, 500),
        rows("durable", "cow_sold", 1, 10),
    ];
    let relays = Fact::Known(vec![relay("broker", 0), relay("durable", 0)]);
    let health = Health { unfinished: unfinished(rows), relays, ..well() };
    assert_eq!(rules(&health), ["outbox-lag"; 2]);
    assert!(told(&health)[1].contains("`durable`, a `cow_milked`"));
}

#[test]
fn an_hour_may_bring_as_many_dead_letters_as_the_settings_say_and_no_more() {
    let of = |dead: &[(&str, u64)]| {
        let dead = dead.iter().map(|(event, count)| ((*event).to_owned(), *count)).collect();
        told(&Health { new_dead: Fact::Known(dead), ..well() })
    };
    assert_eq!(of(&[("cow_fed", 1)]), [""; 0]);
    assert_eq!(
        of(&[("cow_fed", 2)]),
        ["outbox-new-dead-letters: the last hour brought 2 dead letters, more than 1: 2 of `cow_fed`"]
    );
    assert_eq!(of(&[("cow_fed", 1), ("cow_sold", 1)]).len(), 1);
    let many: Vec<_> = ["a", "b", "c", "d", "e", "f"].map(|event| (event, 1)).into();
    assert!(of(&many)[0].ends_with("1 of `e`, others"));
}

#[test]
fn so_many_keys_may_be_blocked_as_the_settings_say() {
    let health = |blocked, halted| Health { keys: Fact::Known(KeyCounts { blocked, halted }), ..well() };
    assert_eq!(rules(&health(0, 0)), [""; 0]);
    let of_one = "outbox-blocked-keys: 1 key is blocked, more than 0; none of them waits for an operator";
    assert_eq!(told(&health(1, 0)), [of_one]);
    let settings = DoctorSettings { max_blocked_keys: 3, ..DoctorSettings::default() };
    let patient = |health| examine(&Patient { table: "t", health, settings, schema: None }).len();
    assert_eq!((patient(&health(3, 3)), patient(&health(4, 0))), (0, 1));
}

#[test]
fn rows_that_the_schema_file_does_not_know_are_counted() {
    let schema = example::farm();
    let fingerprint = schema.latest("cow_fed").unwrap().fingerprint.to_string();
    let row = |event: &str, version, fingerprint: &str, waiting, dead| RowGroup {
        event_version: version,
        fingerprint: fingerprint.to_owned(),
        dead,
        ..rows("broker", event, waiting, 0)
    };
    let latest = schema.latest("cow_fed").unwrap().number;
    let groups = vec![
        row("cow_fed", latest, &fingerprint, 5, 5),
        row("cow_fed", latest, "00", 1, 2),
        row("cow_fed", latest + 1, "00", 0, 1),
        row("cow_eaten", 1, "00", 1, 0),
        row("cow_eaten", 2, "00", 2, 0),
    ];
    let health = Health { unfinished: unfinished(groups), ..well() };
    assert_eq!(rules(&health), [""; 0]);
    let told: Vec<_> = findings(&health, Some(&schema)).iter().map(|it| it.message.clone()).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    the schema file knows no event `cow_eaten`: 3 rows (3 waiting, 0 dead)
    version 2 of `cow_fed` has another fingerprint in the schema file: 3 rows (1 waiting, 2 dead)
    the schema file knows no version 3 of `cow_fed`, its latest is 2: 1 row (0 waiting, 1 dead)
    ");
}

#[test]
fn rows_that_wait_a_minute_miss_a_relay_that_lives() {
    let of = |age, relays: Vec<RelayHealth>| {
        let unfinished = unfinished(vec![rows("broker", "cow_fed", 3, age)]);
        told(&Health { unfinished, relays: Fact::Known(relays), ..well() })
    };
    assert_eq!(of(60, vec![]), [""; 0]);
    let never =
        "outbox-no-relay: 3 rows wait on the route `broker`, and no relay is there: there never was one";
    assert_eq!(of(61, vec![]), [never]);
    assert_eq!(of(61, vec![relay("durable", 0)]), [never]);
    assert_eq!(of(61, vec![relay("broker", 60)]), [""; 0]);
    let gone = "outbox-no-relay: 3 rows wait on the route `broker`, and no relay is there: the last one, `barn-1`, \
                was seen 1m 1s ago";
    assert_eq!(of(61, vec![relay("broker", 61), relay("broker", 900)]), [gone]);
    let ended = RelayHealth { stopped_at: Some(ago(1)), ..relay("broker", 1) };
    assert!(of(61, vec![ended])[0].starts_with("outbox-no-relay"));
    let at_work = RelayHealth { lanes: 1, ..relay("broker", 200) };
    assert_eq!(of(61, vec![at_work]), [""; 0]);
    let unseen = Health { relays: Fact::Skipped("no".to_owned()), ..well() };
    let unfinished = unfinished(vec![rows("broker", "cow_fed", 3, 70)]);
    assert_eq!(rules(&Health { unfinished, ..unseen }), ["outbox-not-seen"]);
}

#[test]
fn breakers_of_relays_that_live_are_told() {
    let open = Breaker {
        connection: "nats://broker.farm".to_owned(),
        since: Some(ago(90)),
        error: Some("refused".to_owned()),
    };
    let of = |age| {
        let relay = RelayHealth { breakers: vec![open.clone()], ..relay("broker", age) };
        told(&Health { relays: Fact::Known(vec![relay]), ..well() })
    };
    assert_eq!(
        of(10),
        [
            "outbox-breaker-open: the relay `barn-1` hands nothing over to nats://broker.farm for 1m 30s: refused"
        ]
    );
    assert_eq!(of(1_000), [""; 0]);
}

#[test]
fn a_durable_event_that_no_relay_serves_is_told_once_it_is_late() {
    let serving = |event: &str| RelayHealth { events: Some(vec![event.to_owned()]), ..relay("durable", 0) };
    let of = |age, relays: Vec<RelayHealth>| {
        let unfinished = unfinished(vec![rows("durable", "cow_fed", 1, age)]);
        told(&Health { unfinished, relays: Fact::Known(relays), ..well() })
    };
    let told = "outbox-no-subscriber: 1 row of the durable event `cow_fed` waits, and no relay that lives has a subscriber for it";
    assert_eq!(of(301, vec![serving("cow_sold")]), [told]);
    assert_eq!(of(300, vec![serving("cow_sold")]), [""; 0]);
    // Where somebody serves it, it is late; where nobody lives, that is what is wrong.
    assert!(of(301, vec![serving("cow_sold"), serving("cow_fed")])[0].starts_with("outbox-lag"));
    assert!(of(301, vec![relay("durable", 0)])[0].starts_with("outbox-lag"));
    assert!(of(301, vec![])[0].starts_with("outbox-no-relay"));
}

#[test]
fn what_is_paused_is_told_while_rows_wait() {
    let paused =
        vec![(None, ago(60)), (Some("cow_fed".to_owned()), ago(120)), (Some("cow_sold".to_owned()), ago(5))];
    let groups = vec![rows("broker", "cow_fed", 2, 5), rows("broker", "cow_milked", 1, 5)];
    let health = Health { paused: Fact::Known(paused), unfinished: unfinished(groups), ..well() };
    assert_eq!(
        told(&health),
        [
            "outbox-paused: publishing has been paused for 1m, and 3 rows wait",
            "outbox-paused: `cow_fed` has been paused for 2m, and 2 rows wait"
        ]
    );
    assert!(findings(&health, None).iter().all(|finding| !finding.is_error()));
    let just_now = Health { paused: Fact::Known(vec![(None, ago(0))]), ..health };
    assert_eq!(told(&just_now), ["outbox-paused: publishing was paused just now, and 3 rows wait"]);
}

#[test]
fn no_help_names_a_command_that_is_not_there() {
    let unfinished = unfinished(vec![rows("broker", "cow_fed", 3, 70)]);
    let findings = findings(&Health { unfinished, ..well() }, None);
    assert_eq!(findings[0].help.as_deref(), Some("start one of its relays, and see that it stays up"));
}

#[test]
fn the_first_finding_of_a_rule_says_why() {
    let keys = Fact::Skipped("no".to_owned());
    let relays = Fact::Skipped("no".to_owned());
    let health = Health { layout: Some(0), keys, relays, ..well() };
    let told: Vec<_> = reasoned(findings(&health, None)).into_iter().map(|it| it.why).collect();
    let why = |rule: &Rule| Some(rule.why.to_owned());
    assert_eq!(told, [why(&rule::OUTBOX_NOT_MIGRATED), why(&rule::OUTBOX_NOT_SEEN), None]);
}

#[test]
fn a_transaction_may_be_open_as_long_as_the_settings_say() {
    let transaction = |age| Transaction {
        pid: 4711,
        user: "anna".to_owned(),
        application: "psql".to_owned(),
        state: "idle in transaction".to_owned(),
        since: ago(age),
    };
    let of = |oldest, hidden| {
        told(&Health { transactions: Fact::Known(Transactions { oldest, hidden }), ..well() })
    };
    assert_eq!(of(vec![transaction(600)], 0), [""; 0]);
    assert_eq!(
        of(vec![transaction(601)], 0),
        [
            "outbox-vacuum-held-back: the transaction of pid 4711 (role `anna`, application `psql`, idle in transaction) \
          is open for 10m 1s and holds back vacuum"
        ]
    );
    assert_eq!(of(vec![], 1), ["outbox-check-skipped: not seen: the age of 1 transaction of other roles"]);
}

#[test]
fn commits_that_do_not_wait_are_told_with_the_way_back() {
    let of = |role: Option<&str>, database: Option<&str>| Durability {
        role: role.map(str::to_owned),
        database: database.map(str::to_owned),
    };
    let all =
        vec![of(Some("a\"b"), None), of(Some("a"), Some("farm")), of(None, Some("farm")), of(None, None)];
    let findings = findings(&Health { durability: Fact::Known(all), ..well() }, None);
    let told: Vec<_> =
        findings.iter().map(|it| format!("{}\n{}", it.message, it.help.as_deref().unwrap())).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    `synchronous_commit` is off as a setting of the role `a"b`
    `ALTER ROLE "a""b" RESET synchronous_commit`
    `synchronous_commit` is off as a setting of the role `a` in the database `farm`
    `ALTER ROLE "a" IN DATABASE "farm" RESET synchronous_commit`
    `synchronous_commit` is off as a setting of the database `farm`
    `ALTER DATABASE "farm" RESET synchronous_commit`
    `synchronous_commit` is off as a setting of the server, or of this connection
    `ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf()`
    "#);
}

#[test]
fn a_file_without_a_write_ahead_log_is_told() {
    let of = |mode: &str| rules(&Health { journal_mode: Fact::Known(Some(mode.to_owned())), ..well() });
    assert_eq!(of("wal"), [""; 0]);
    assert_eq!(of("memory"), [""; 0]);
    assert_eq!(of("delete"), ["outbox-journal-mode"]);
}

#[test]
fn rows_and_relays_that_were_not_seen_are_an_error() {
    let no = || "no".to_owned();
    for health in [
        Health { unfinished: Fact::Skipped(no()), ..well() },
        Health { new_dead: Fact::Skipped(no()), ..well() },
        Health { keys: Fact::Skipped(no()), ..well() },
        Health { relays: Fact::Skipped(no()), ..well() },
    ] {
        assert_eq!(rules(&health), ["outbox-not-seen"]);
        assert!(findings(&health, None).iter().all(Finding::is_error));
    }
}

#[test]
fn other_things_that_were_not_seen_are_no_error_and_not_well() {
    let no = || "no".to_owned();
    let health = Health {
        flaws: Fact::Skipped(no()),
        paused: Fact::Skipped(no()),
        transactions: Fact::Skipped(no()),
        durability: Fact::Skipped(no()),
        journal_mode: Fact::Skipped(no()),
        ..well()
    };
    assert_eq!(rules(&health), ["outbox-check-skipped"; 5]);
    assert!(findings(&health, None).iter().all(|finding| !finding.is_error()));
    let cut = Fact::Known(Unfinished { groups: Vec::new(), is_cut: true });
    assert_eq!(rules(&Health { unfinished: cut, ..well() }), ["outbox-check-skipped"]);
}

#[test]
fn an_instant_that_is_yet_to_come_was_just_now() {
    let unfinished = unfinished(vec![rows("broker", "cow_fed", 1, -100_000)]);
    assert_eq!(rules(&Health { unfinished, ..well() }), [""; 0]);
    assert_eq!(Duration::try_from(ago(5).duration_since(ago(0))).unwrap_or_default(), Duration::ZERO);
}
