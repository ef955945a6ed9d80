CREATE TABLE {T_layout} (
  version integer PRIMARY KEY,
  compatible_from integer NOT NULL,
  migrated_at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT

INSERT INTO {T_layout} (version, compatible_from) VALUES (1, 1)

CREATE TABLE {T} (
  seq integer PRIMARY KEY AUTOINCREMENT,
  id text NOT NULL,
  event_name text NOT NULL,
  event_version integer NOT NULL,
  fingerprint text NOT NULL,
  event_type text NOT NULL,
  process_type text NOT NULL,
  domain text,
  subject text,
  source text NOT NULL,
  route text NOT NULL,
  lane integer NOT NULL,
  partition_key text,
  payload text NOT NULL,
  metadata text NOT NULL DEFAULT '{}',
  occurred_at text NOT NULL,
  created_at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  idempotency_key text,
  aggregate_type text,
  aggregate_id text,
  aggregate_version integer,
  on_dead_letter text NOT NULL DEFAULT 'continue',
  replaces text
) STRICT

CREATE UNIQUE INDEX {I_id} ON {T} (id)

CREATE UNIQUE INDEX {I_idempotency} ON {T} (event_name, idempotency_key) WHERE idempotency_key IS NOT NULL

CREATE INDEX {I_aggregate} ON {T} (aggregate_type, aggregate_id, seq) WHERE aggregate_id IS NOT NULL

CREATE INDEX {I_event} ON {T} (event_name, created_at)

CREATE INDEX {I_created_at} ON {T} (created_at)

CREATE INDEX {I_replaces} ON {T} (replaces) WHERE replaces IS NOT NULL

CREATE TABLE {T_work} (
  seq integer PRIMARY KEY,
  content_seq integer NOT NULL,
  route text NOT NULL,
  lane integer NOT NULL,
  state text NOT NULL DEFAULT 'pending',
  attempts integer NOT NULL DEFAULT 0,
  crashes integer NOT NULL DEFAULT 0,
  available_at text,
  dead_lettered_at text,
  dead_reason text,
  discarded_at text,
  key_went_on integer NOT NULL DEFAULT 0,
  last_error_at text,
  last_error_code text,
  last_error_text text
) STRICT

CREATE INDEX {I_work_lane} ON {T_work} (route, lane, seq) WHERE state IN ('pending', 'retrying')

CREATE INDEX {I_work_retrying} ON {T_work} (seq) WHERE state = 'retrying'

CREATE INDEX {I_work_dead} ON {T_work} (seq) WHERE state = 'dead'

CREATE INDEX {I_work_discarded} ON {T_work} (seq) WHERE state = 'discarded'

CREATE INDEX {I_work_failed} ON {T_work} (seq) WHERE last_error_at IS NOT NULL

CREATE VIEW {T_enqueue} AS
  SELECT
    id, event_name, event_version, fingerprint, event_type, process_type, domain, subject, source, route, lane,
    partition_key, payload, metadata, occurred_at, idempotency_key, aggregate_type, aggregate_id, aggregate_version,
    on_dead_letter
  FROM {T}

CREATE TRIGGER {I_enqueue_row} INSTEAD OF INSERT ON {T_enqueue} BEGIN
  INSERT INTO {T} (
    id, event_name, event_version, fingerprint, event_type, process_type, domain, subject, source, route, lane,
    partition_key, payload, metadata, occurred_at, idempotency_key, aggregate_type, aggregate_id, aggregate_version,
    on_dead_letter
  ) VALUES (
    NEW.id, NEW.event_name, NEW.event_version, NEW.fingerprint, NEW.event_type, NEW.process_type, NEW.domain,
    NEW.subject, NEW.source, NEW.route, NEW.lane, NEW.partition_key, NEW.payload, NEW.metadata, NEW.occurred_at,
    NEW.idempotency_key, NEW.aggregate_type, NEW.aggregate_id, NEW.aggregate_version, NEW.on_dead_letter
  ) ON CONFLICT (event_name, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING;
  INSERT INTO {T_work} (seq, content_seq, route, lane)
  SELECT last_insert_rowid(), last_insert_rowid(), NEW.route, NEW.lane WHERE changes() = 1;
END

CREATE TABLE {T_published} (
  seq integer PRIMARY KEY,
  at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  attempts integer NOT NULL
) STRICT

CREATE TABLE {T_lane} (
  route text NOT NULL,
  lane integer NOT NULL,
  owner text,
  token integer NOT NULL DEFAULT 0,
  generation integer NOT NULL DEFAULT 0,
  leased_until text,
  in_hand text NOT NULL DEFAULT '[]',
  PRIMARY KEY (route, lane)
) STRICT

INSERT INTO {T_lane} (route, lane) VALUES ('durable', 0), ('broker', 0)

CREATE TABLE {T_key} (
  route text NOT NULL,
  partition_key text NOT NULL,
  lane integer NOT NULL,
  head_seq integer NOT NULL,
  halted integer NOT NULL DEFAULT 0,
  blocked_at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  PRIMARY KEY (route, partition_key)
) STRICT

CREATE INDEX {I_key_head} ON {T_key} (head_seq)

CREATE TABLE {T_attempt} (
  number integer PRIMARY KEY AUTOINCREMENT,
  seq integer NOT NULL,
  at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  attempt integer NOT NULL,
  relay text,
  error_code text,
  error_text text
) STRICT

CREATE INDEX {I_attempt_seq} ON {T_attempt} (seq)

CREATE TABLE {T_audit} (
  number integer PRIMARY KEY AUTOINCREMENT,
  at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  actor text NOT NULL,
  role text,
  action text NOT NULL,
  reason text,
  filter text NOT NULL,
  changed integer NOT NULL DEFAULT 0,
  refused integer NOT NULL DEFAULT 0,
  ended_at text
) STRICT

CREATE TABLE {T_pause} (
  event_name text PRIMARY KEY,
  at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT

CREATE TABLE {T_relay} (
  id text PRIMARY KEY,
  route text NOT NULL,
  name text NOT NULL,
  version text NOT NULL,
  destination text,
  started_at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  seen_at text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  stopped_at text,
  breakers text NOT NULL DEFAULT '[]',
  events text
) STRICT

CREATE VIEW {T_rows} AS
  SELECT content.seq, content.id, content.event_name, sent.event_version, content.partition_key, content.route, content.lane,
    CASE
      WHEN published.seq IS NOT NULL THEN 'published'
      WHEN key.head_seq < work.seq AND work.state IN ('pending', 'retrying') THEN 'held'
      ELSE work.state
    END AS state,
    coalesce(published.attempts, work.attempts) AS attempts, work.available_at, published.at AS published_at,
    work.dead_lettered_at, work.dead_reason, work.last_error_at, work.last_error_code, work.last_error_text,
    content.aggregate_type, content.aggregate_id, content.aggregate_version, content.idempotency_key, content.occurred_at,
    content.created_at, sent.id AS sent_id, sent.payload, sent.metadata
  FROM {T} AS content
  LEFT JOIN {T_work} AS work ON work.seq = content.seq
  LEFT JOIN {T_published} AS published ON published.seq = content.seq
  LEFT JOIN {T_key} AS key ON key.route = content.route AND key.partition_key = content.partition_key
  LEFT JOIN {T} AS sent ON sent.seq = coalesce(
    work.content_seq, (SELECT max(newer.seq) FROM {T} AS newer WHERE newer.replaces = content.id), content.seq)
  WHERE content.replaces IS NULL
