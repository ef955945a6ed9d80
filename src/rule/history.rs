//! Rules about the schema file: its integrity, its history, and drift from it.

rules! {
    SCHEMA_FILE_SYNTAX = "schema-file-syntax", History, Error, Fixed,
        "A schema file that was cut or mangled cannot be trusted, and nothing is written over it.",
        bad: "",
        good: "";
    SCHEMA_FILE_CONFLICT = "schema-file-conflict", History, Error, Fixed,
        "A merge left its conflict markers in the schema file.",
        bad: "",
        good: "";
    SCHEMA_FILE_NEWER = "schema-file-newer", History, Error, Fixed,
        "The file was written by a newer evt, which may mean things that this one does not know.",
        bad: "",
        good: "";
    SCHEMA_FILE_ORDER = "schema-file-order", History, Error, Fixed,
        "Entries are sorted by name and version, so that the same content has the same bytes.",
        bad: "",
        good: "";
    HISTORY_VERSION_GAP = "history-version-gap", History, Error, Fixed,
        "Versions are 1 to N without a gap; a missing one was lost.",
        bad: "",
        good: "";
    HISTORY_VERSION_DUPLICATED = "history-version-duplicated", History, Error, Fixed,
        "A version has one contract.",
        bad: "",
        good: "";
    HISTORY_FINGERPRINT_MISMATCH = "history-fingerprint-mismatch", History, Error, Fixed,
        "The entry was edited by hand: its contract is not the one that was fingerprinted.",
        bad: "",
        good: "";
    HISTORY_CHAIN_BROKEN = "history-chain-broken", History, Error, Fixed,
        "`previous` of each version is the fingerprint of the version before.",
        bad: "",
        good: "";
    HISTORY_VERSION_REMOVED = "history-version-removed", History, Error, Fixed,
        "Rows of that version may still be stored or in flight; committed versions stay.",
        bad: "",
        good: "";
    HISTORY_VERSION_REWRITTEN = "history-version-rewritten", History, Error, Fixed,
        "Consumers rely on the contract that they read under that number.",
        bad: "",
        good: "";
    HISTORY_ACCEPTS_REMOVED = "history-accepts-removed", History, Error, Fixed,
        "An accepted break is sealed with its version, so that it stays known who accepted what, and why.",
        bad: "",
        good: "";
    HISTORY_UNREADABLE = "history-unreadable", History, Error, Fixed,
        "The schema file of the base cannot be read, so nothing can be proven against it.",
        bad: "",
        good: "";
    DRIFT_SCHEMA_MISSING = "drift-schema-missing", Drift, Error, Fixed,
        "The schema file is committed, so that everybody reads the same contracts.",
        bad: "",
        good: "";
    DRIFT_EVENT_ADDED = "drift-event-added", Drift, Error, Fixed,
        "The event is defined, but the schema file does not hold it.",
        bad: "",
        good: "";
    DRIFT_EVENT_CHANGED = "drift-event-changed", Drift, Error, Fixed,
        "The contract of the definition is not that of the latest version in the schema file.",
        bad: "",
        good: "";
    DRIFT_EVENT_RETIRED = "drift-event-retired", Drift, Error, Fixed,
        "The event is no longer defined, but the schema file holds it as live.",
        bad: "",
        good: "";
    DRIFT_METADATA = "drift-metadata", Drift, Error, Fixed,
        "What the definition says besides the contract is not what the schema file holds.",
        bad: "",
        good: "";
    DRIFT_LAYOUT = "drift-layout", Drift, Error, Fixed,
        "Same content, same bytes: the file is not laid out as `evt dump` writes it.",
        bad: "",
        good: "";
}
